"""Photos as phones, old programs and attackers send them, built in code.

Each is (bytes, what must come of it): a size in px when it is taken, else the
reason of the refusal (a key of `uploaded_photo.REFUSALS`). Wherever a format can
carry a text, MARKER is in it, so that a test can look for what survived.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

MARKER = b"RAHASIA"
WIDE = (300, 200)
TALL = (200, 300)
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rahasia>" + MARKER + b"</rahasia></x:xmpmeta>"

pillow_heif.register_heif_opener()

Expected = tuple[int, int] | str
CASES: dict[str, tuple[Callable[[], bytes], Expected]] = {}


def case(expected: Expected, *names_and_arguments: object):
    """Add a case for each argument, or one if there is none."""

    def add(build):
        name = build.__name__
        for argument in names_and_arguments or [None]:
            label = name if argument is None else f"{name}-{argument}"
            arguments = () if argument is None else (argument,)
            CASES[label] = (lambda build=build, arguments=arguments: build(*arguments), expected)
        return build

    return add


@cache
def photo(size=WIDE) -> Image.Image:
    """Red and green above blue, with noise: its colours and its turns can be told."""
    width, height = size
    picture = Image.new("RGB", size, (220, 30, 30))
    picture.paste((30, 220, 30), (width // 2, 0, width, height // 2))
    picture.paste((30, 30, 220), (0, height // 2, width, height))
    return Image.blend(picture, Image.effect_noise(size, 20).convert("RGB"), 0.1)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def exif(orientation: int = 1) -> bytes:
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010E] = MARKER.decode()
    data.get_ifd(0x8825)[29] = MARKER.decode()  # GPS date
    return data.tobytes()


def icc(name: str = "sRGB") -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()
    return profile + MARKER


def segment(marker: int, payload: bytes) -> bytes:
    """One JPEG segment."""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(payload) + 2) + payload


def chunk(kind: bytes, payload: bytes) -> bytes:
    """One PNG chunk."""
    crc = zlib.crc32(kind + payload)
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", crc)


def png(width: int, height: int, rows: bytes = b"", before: bytes = b"") -> bytes:
    """A grey PNG from its parts, with no more pixels than `rows` holds."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(rows, 9))
    return b"\x89PNG\r\n\x1a\n" + head + before + body + chunk(b"IEND", b"")


def grey_rows(width: int, height: int) -> bytes:
    return (b"\0" + b"\x80" * width) * height


# Sound photos of every kind


@case(WIDE, "JPEG", "PNG", "WEBP", "HEIF")
def plain(kind):
    return saved(photo(), kind)


@case(WIDE)
def progressive_jpeg():
    return saved(photo(), "JPEG", progressive=True)


@case(WIDE)
def grey_jpeg():
    return saved(photo().convert("L"), "JPEG")


@case(WIDE)
def cmyk_jpeg():
    """Pillow writes CMYK as Adobe does: inverted, and says so in APP14."""
    return saved(photo().convert("CMYK"), "JPEG")


@case(WIDE)
def cmyk_jpeg_without_adobe_mark():
    whole = cmyk_jpeg()
    start = whole.index(b"\xff\xee")
    length = struct.unpack(">H", whole[start + 2 : start + 4])[0]
    return whole[:start] + whole[start + 2 + length :]


@case(WIDE)
def phone_jpeg_with_a_second_image():
    return saved(photo(), "MPO", save_all=True, append_images=[photo().rotate(180)])


@case(WIDE)
def jpeg_with_a_broken_second_image():
    return segment(0xE2, b"MPF\0" + b"\xff" * 40).join([b"\xff\xd8", plain("JPEG")[2:]])


@case(WIDE, "1", "L", "LA", "P", "RGBA")
def png_mode(mode):
    return saved(photo().convert(mode), "PNG")


@case(WIDE)
def png_of_16_bits_grey():
    return saved(Image.new("I;16", WIDE, 40_000), "PNG")


@case(WIDE)
def png_of_16_bits_colour():
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", *WIDE, 16, 2, 0, 0, 0))
    row = b"\0" + struct.pack(">HHH", 50_000, 10_000, 10_000) * WIDE[0]
    body = chunk(b"IDAT", zlib.compress(row * WIDE[1]))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


@case(WIDE)
def png_palette_with_transparency():
    return saved(photo().quantize(16), "PNG", transparency=bytes(range(16)))


@case(WIDE)
def png_one_colour_transparent():
    return saved(photo(), "PNG", transparency=(1, 2, 3))


@case(WIDE)
def interlaced_png():
    """Adam7, every pass in one block of rows."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", *WIDE, 8, 0, 0, 0, 1))
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2)]
    rows = b"".join(
        grey_rows(len(range(x, WIDE[0], dx)), len(range(y, WIDE[1], dy)))
        for x, y, dx, dy in [*passes, (0, 1, 1, 2)]
    )
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@case(WIDE, "WEBP", "PNG")
def animated(kind):
    return saved(photo(), kind, save_all=True, append_images=[photo().rotate(180)])


@case(WIDE)
def webp_with_transparency():
    return saved(photo().convert("RGBA"), "WEBP", lossless=True)


@case(WIDE)
def heic_of_10_bits():
    frame = pillow_heif.from_bytes("RGB;16", WIDE, b"\x50\xc3\x10\x27\x10\x27" * (300 * 200))
    file = io.BytesIO()
    frame.save(file)
    return file.getvalue()


@case(WIDE)
def heic_with_several_images():
    other = Image.new("RGB", (40, 30), "lime")
    return saved(other, "HEIF", save_all=True, append_images=[photo()], primary_index=1)


@case(WIDE)
def heic_with_transparency():
    return saved(photo().convert("RGBA"), "HEIF")


# Turned


@case(WIDE, 1, 2, 3, 4)
def jpeg_turned(orientation):
    return saved(photo(), "JPEG", exif=exif(orientation))


@case(TALL, 5, 6, 7, 8)
def jpeg_turned_aside(orientation):
    return saved(photo(), "JPEG", exif=exif(orientation))


@case(WIDE, 1, 2, 3, 4)
def heic_turned(orientation):
    return saved(photo(), "HEIF", exif=exif(orientation))


@case(TALL, 5, 6, 7, 8)
def heic_turned_aside(orientation):
    return saved(photo(), "HEIF", exif=exif(orientation))


@case(WIDE)
def jpeg_with_an_orientation_that_does_not_exist():
    return saved(photo(), "JPEG", exif=exif(99))


@case(WIDE)
def jpeg_with_broken_exif():
    return saved(photo(), "JPEG", exif=b"Exif\0\0MM\0\x2a" + b"\xff" * 60)


# Full of what must not survive


@case(WIDE, "JPEG", "PNG", "WEBP", "HEIF")
def told_everything(kind):
    return saved(photo(), kind, exif=exif(), xmp=XMP, icc_profile=icc())


@case(WIDE)
def jpeg_comment_and_iptc():
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0c\x1c\x02\x78\0\x07" + MARKER
    return b"\xff\xd8" + segment(0xED, iptc) + saved(photo(), "JPEG", comment=MARKER)[2:]


@case(WIDE)
def png_texts():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", MARKER.decode())
    notes.add_text("Author", MARKER.decode(), zip=True)
    notes.add_itxt("Title", MARKER.decode())
    return saved(photo(), "PNG", pnginfo=notes)


@case(WIDE)
def jpeg_with_an_oversized_profile():
    return saved(photo(), "JPEG", icc_profile=icc() + b"\0" * 2_000_000 + MARKER)


@case(WIDE, "JPEG", "PNG", "WEBP", "HEIF")
def broken_profile(kind):
    return saved(photo(), kind, icc_profile=MARKER * 40)


@case(WIDE)
def profile_of_another_colour_space():
    return saved(photo(), "JPEG", icc_profile=icc("LAB"))


@case(WIDE)
def jpeg_and_a_script():
    return plain("JPEG") + b"<script>" + MARKER + b"</script>"


@case(WIDE)
def jpeg_that_is_a_zip_too():
    archive = io.BytesIO(plain("JPEG"))
    with zipfile.ZipFile(archive, "a") as inside:
        inside.writestr("index.html", b"<script>" + MARKER + b"</script>")
    return archive.getvalue()


@case(WIDE)
def heic_and_a_script():
    return plain("HEIF") + b"<script>" + MARKER + b"</script>"


# Too much, too little, out of shape


@case("bytes")
def file_of_21_mb():
    return plain("JPEG") + b"\0" * 21 * 1024 * 1024


@case("pixels")
def png_of_64_megapixels():
    return png(8000, 8000, b"\0")


@case("pixels")
def png_of_169_megapixels():
    return png(13_000, 13_000, b"\0" * 13_001 * 500)


@case("pixels")
def png_of_900_megapixels():
    return png(30_000, 30_000, b"\0" * 30_001 * 100)


@case("pixels")
def jpeg_of_65000_a_side():
    whole = plain("JPEG")
    at = whole.index(b"\xff\xc0") + 5
    return whole[:at] + struct.pack(">HH", 65_000, 65_000) + whole[at + 4 :]


@case("pixels")
def webp_of_60_megapixels():
    whole = bytearray(saved(photo(), "WEBP"))
    struct.pack_into("<HH", whole, 26, 10_000, 6_000)
    return bytes(whole)


@case("pixels", "VP8", "VP8L")
def webp_of_16000_a_side(coding):
    whole = bytearray(saved(photo(), "WEBP", lossless=coding == "VP8L"))
    if coding == "VP8":
        struct.pack_into("<HH", whole, 26, 16_000, 16_000)
    else:
        struct.pack_into("<I", whole, 21, 15_999 | 15_999 << 14)
    return bytes(whole)


def resized_heic(width, height):
    """A small HEIC whose header claims another size."""
    was, claims = struct.pack(">II", *WIDE), struct.pack(">II", width, height)
    return plain("HEIF").replace(b"ispe\0\0\0\0" + was, b"ispe\0\0\0\0" + claims)


@case("pixels")
def heic_of_60_megapixels():
    return resized_heic(10_000, 6_000)


@case("damaged")
def heic_smaller_than_its_stream():
    big = saved(photo((900, 600)), "HEIF")
    was, claims = struct.pack(">II", 900, 600), struct.pack(">II", 220, 210)
    return big.replace(b"ispe\0\0\0\0" + was, b"ispe\0\0\0\0" + claims)


@case("small")
def one_pixel():
    return saved(Image.new("RGB", (1, 1)), "PNG")


@case("small")
def thumbnail_of_40_px():
    return saved(photo((40, 40)), "JPEG")


@case("small", "wide", "high")
def line_of_60000(way):
    size = (60_000, 1) if way == "wide" else (1, 60_000)
    return png(*size, grey_rows(*size))


@case("narrow")
def strip():
    return saved(Image.new("RGB", (2100, 200)), "JPEG")


# Broken


@case("format")
def nothing():
    return b""


@case("damaged", "JPEG", "PNG", "WEBP", "HEIF")
def truncated(kind):
    whole = plain(kind)
    return whole[: len(whole) // 2]


@case("damaged", "JPEG", "PNG", "WEBP", "HEIF")
def only_a_head(kind):
    return plain(kind)[:16]


@case("damaged")
def png_with_a_wrong_checksum():
    whole = plain("PNG")
    at = whole.index(b"IDAT") + 30
    return whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]


@case("damaged", "zTXt", "iTXt", "iCCP")
def png_text_bomb(kind):
    bomb = zlib.compress(b"a" * 50_000_000, 9)
    heads = {"zTXt": b"x\0\0", "iTXt": b"x\0\1\0\0\0", "iCCP": b"x\0\0"}
    return png(*WIDE, grey_rows(*WIDE), before=chunk(kind.encode(), heads[kind] + bomb))


@case("damaged")
def html_with_the_head_of_a_png():
    return b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script></html>"


# Something else, whatever its name says


@case("format", "GIF", "TIFF", "BMP", "AVIF", "JPEG2000", "ICO", "PPM", "TGA", "PDF", "EPS")
def foreign(kind):
    return saved(photo(), kind)


@case("format", "8BPS", "SIMPLE  =", "%PDF-1.7", "<svg xmlns='http://www.w3.org/2000/svg'>", "PK")
def head_of(start):
    return start.encode() + b"\0\1\0\0" * 400 + b"<script>alert(1)</script>"


@case("format")
def gif_that_is_a_script_too():
    return b"GIF89a=1;alert('" + MARKER + b"');//" + b"\0" * 400


@case("format")
def php():
    return b"<?php system($_GET['x']); ?>"
