"""Pictures: made safe when they arrive, made small in a job.

A master is stored once (`photos/ab/<random>.webp`); its variants lie beside it
(`photos/ab/<random>/400.avif`). All of it goes through the storage API.
"""

import io
import secrets
import warnings
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

WIDTHS = (240, 480, 800, 1200)  # px; a card, a card on a sharp screen, a page, a zoom
FORMATS = {  # best first; effort chosen by measuring, docs/decisions/003
    "avif": {"quality": 58, "speed": 8},
    "webp": {"quality": 78, "method": 4},
    "jpg": {"quality": 80, "progressive": True, "optimize": True},
}
PILLOW_NAMES = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}
ACCEPTED = ["JPEG", "PNG", "WEBP"]
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
MASTER_SIDE = 2400  # px, the longer side of what is kept


def normalise(upload: BinaryIO) -> ContentFile[bytes]:
    """Return a fresh WebP of the upload: upright, sRGB, no metadata.

    Raises ValidationError for anything that is not a whole JPEG, PNG or WebP of
    at most 20 MiB and 50 megapixels. The pixels are pasted into a new image,
    because saving the opened one would keep comments and colour profiles.
    """
    upload.seek(0, io.SEEK_END)
    if upload.tell() > MAX_BYTES:
        raise ValidationError(_("The photo is larger than 20 MB. Choose a smaller one."))
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(upload, formats=ACCEPTED)
        _refuse_large(opened)
        opened.draft("RGB", (MASTER_SIDE, MASTER_SIDE))
        picture = _srgb(ImageOps.exif_transpose(opened))
    except ValidationError:
        raise
    except Exception as error:  # decoders fail with many types; each means "refused"
        raise ValidationError(
            _("This file is not a JPEG, PNG or WebP photo that can be read.")
        ) from error
    picture.thumbnail((MASTER_SIDE, MASTER_SIDE))
    fresh = Image.new("RGB", picture.size, "white")
    fresh.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    return ContentFile(_encoded(fresh, "webp", quality=90))


def random_name(folder: str, suffix: str = "webp") -> str:
    """Return an address that nobody can guess from another one."""
    token = secrets.token_hex(16)
    return f"{folder}/{token[:2]}/{token}.{suffix}"


def variant_name(master: str, width: int, suffix: str) -> str:
    return f"{master.rsplit('.', 1)[0]}/{width}.{suffix}"


def variant_widths(master_width: int) -> list[int]:
    """Return the widths to make: never larger than the master, at least one."""
    return [width for width in WIDTHS if width < master_width] + [min(master_width, WIDTHS[-1])]


def make_variants(storage: Storage, master: str) -> list[int]:
    """Write every width in every format; return the widths. Safe to repeat."""
    with storage.open(master) as file, Image.open(file) as opened:
        picture = opened.convert("RGB")
    widths = sorted(set(variant_widths(picture.width)))
    for width in widths:
        height = round(picture.height * width / picture.width)
        small = picture.resize((width, height), Image.Resampling.LANCZOS)
        for suffix, options in FORMATS.items():
            name = variant_name(master, width, suffix)
            storage.delete(name)  # else the storage would pick another name
            storage.save(name, ContentFile(_encoded(small, suffix, **options)))
    return widths


def delete(storage: Storage, master: str, widths: list[int]) -> None:
    """Remove a master and its variants."""
    for width in widths:
        for suffix in FORMATS:
            storage.delete(variant_name(master, width, suffix))
    storage.delete(master)


def _refuse_large(picture: Image.Image) -> None:
    """Look at the header only: nothing is decoded yet."""
    if picture.width * picture.height > MAX_PIXELS:
        raise ValidationError(_("The photo has more than 50 megapixels. Choose a smaller one."))


def _srgb(picture: Image.Image) -> Image.Image:
    """Return the picture in sRGB, as RGB or RGBA."""
    mode = (
        "RGBA" if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info else "RGB"
    )
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "RGBA", "CMYK"}:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(picture, source, target, outputMode=mode)
        assert converted is not None  # noqa: S101  only None when it works in place
        return converted
    return picture.convert(mode)


def _encoded(picture: Image.Image, suffix: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, PILLOW_NAMES[suffix], **options)
    return buffer.getvalue()
