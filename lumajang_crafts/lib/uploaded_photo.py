"""Reading a photo that anybody may have made: a phone, an old camera, an attacker.

Pillow and libheif decode; this module bounds what they may cost and says why a
file is refused. Pixels leave it in a new image, so nothing else of the file does.
"""

import io
from collections.abc import Callable
from functools import cache, partial
from typing import BinaryIO

import pillow_heif
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise
from PIL import Image, ImageCms

FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]  # AVIF stays out, docs/decisions/010
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
MIN_SIDE = 200  # px; below that a card shows a smear
MAX_SHAPE = 10  # long side to short side
MAX_PROFILE_BYTES = 1024 * 1024  # those of cameras have some hundreds
BAND = 64  # rows of the shrunken picture that are converted at once
ORIENTATION = 0x0112
TURNS = {  # EXIF orientation → what makes the picture stand upright
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
REFUSALS: dict[str, StrPromise] = {
    "bytes": _("The photo is larger than 20 MB. Choose a smaller one."),
    "pixels": _("The photo has more than 50 megapixels. Choose a smaller one."),
    "format": _("This file is not a JPEG, PNG, WebP or HEIC photo."),
    "damaged": _("The photo is damaged or incomplete. Send it once more, or choose another."),
    "small": _("The photo is too small: each side needs at least 200 pixels."),
    "narrow": _("The photo is too narrow: crop it, one side may be ten times the other at most."),
}

Rows = Callable[[int, int], Image.Image]  # from row, up to row

Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow itself refuses twice that, unopened
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def refusal(reason: str) -> ValidationError:
    return ValidationError(REFUSALS[reason], code=reason)


def read(upload: BinaryIO, side: int) -> Image.Image:
    """Return the photo upright in sRGB on white, its longer side at most `side` px.

    Of a moving picture the first frame counts, of several the primary one.
    Raises ValidationError, its code a key of REFUSALS. Hold the machine's turn
    (`decoding.turn`): 50 megapixels cost some 240 MiB for a moment.
    """
    try:
        picture = _shrunk(upload, side)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refusal("pixels") from error
    except Exception as error:  # decoders fail with many types; each means "refused"
        raise refusal("damaged" if _is_ours(upload) else "format") from error
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    return picture


def _opened(upload: BinaryIO) -> Image.Image:
    """Look at size and header; nothing is decoded yet."""
    if upload.seek(0, io.SEEK_END) > MAX_BYTES:
        raise refusal("bytes")
    upload.seek(0)
    opened = Image.open(upload, formats=FORMATS)
    _check(opened.size)
    return opened


def _check(size: tuple[int, int]) -> None:
    short, long = sorted(size)
    if short * long > MAX_PIXELS:
        raise refusal("pixels")
    if short < MIN_SIDE:
        raise refusal("small")
    if long > MAX_SHAPE * short:
        raise refusal("narrow")


def _is_ours(upload: BinaryIO) -> bool:
    """Tell whether the file begins like one of ours: then it is broken, not foreign."""
    upload.seek(0)
    head = upload.read(12)
    return (
        head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        or (head[:4] == b"RIFF" and head[8:] == b"WEBP")
        or (head[4:8] == b"ftyp" and head[8:] in {b"heic", b"heix", b"mif1", b"msf1"})
    )


def _shrunk(upload: BinaryIO, side: int) -> Image.Image:
    """Decode, then convert and shrink band by band: no second copy in full size."""
    opened = _opened(upload)
    opened.draft("RGB", (side, side))  # JPEG only: decodes at half, a quarter or an eighth
    is_heic = opened.format == "HEIF"
    width, height, band_of = _decoded_heic(upload) if is_heic else _decoded(opened)
    convert = _converter(opened.info.get("icc_profile"))
    factor = max(1, max(width, height) // side)
    small = Image.new("RGB", (-(-width // factor), -(-height // factor)))
    for top in range(0, height, BAND * factor):
        band = band_of(top, min(top + BAND * factor, height))
        small.paste(convert(band).reduce(factor), (0, top // factor))
    turn = TURNS.get(_orientation(opened))
    return small if turn is None else small.transpose(turn)


def _decoded(opened: Image.Image) -> tuple[int, int, Rows]:
    """Return the size and a function that cuts out rows."""
    opened.load()
    return *opened.size, lambda top, bottom: opened.crop((0, top, opened.width, bottom))


def _decoded_heic(upload: BinaryIO) -> tuple[int, int, Rows]:
    """Cut rows from libheif's own memory: Pillow's copy would add 4 bytes a pixel."""
    heif = pillow_heif.open_heif(upload)
    pixels, stride, mode = memoryview(heif.data), heif.stride, heif.mode
    _check(heif.size)  # the container may have lied about its stream
    width, height = heif.size

    def rows(top: int, bottom: int) -> Image.Image:
        part = bytes(pixels[top * stride : bottom * stride])
        return Image.frombytes(mode, (width, bottom - top), part, "raw", mode, stride)

    return width, height, rows


def _converter(profile: bytes | None) -> Callable[[Image.Image], Image.Image]:
    """Return what turns a band into RGB on white."""
    transform = cache(partial(_transform, profile))

    def convert(band: Image.Image) -> Image.Image:
        band = _plain(band)
        to_srgb = transform(band.mode)
        if to_srgb is not None:
            band = to_srgb.apply(band)
        if band.mode != "RGBA":
            return band.convert("RGB")
        ground = Image.new("RGB", band.size, "white")
        ground.paste(band, mask=band.getchannel("A"))
        return ground

    return convert


def _plain(band: Image.Image) -> Image.Image:
    """Reduce the many modes of files to L, RGB, RGBA and CMYK."""
    if band.mode.startswith("I;16"):
        band = band.point(lambda value: value / 256).convert("L")
    if band.has_transparency_data:
        return band.convert("RGBA")
    return band if band.mode in {"L", "RGB", "CMYK"} else band.convert("RGB")


def _transform(profile: bytes | None, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return what the profile asks for. One that cannot be read counts as sRGB."""
    if not profile or len(profile) > MAX_PROFILE_BYTES or mode == "L":
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.buildTransform(source, target, mode, "RGB" if mode == "CMYK" else mode)
    except (ImageCms.PyCMSError, OSError):
        return None


def _orientation(opened: Image.Image) -> int:
    """What EXIF says; libheif turns by itself. Broken EXIF says nothing."""
    if opened.format == "HEIF":
        return 1
    try:
        return int(opened.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001  its parser fails with many types
        return 1
