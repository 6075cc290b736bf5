"""Files that are broken, far too large, or something else."""

import io
import struct
import zipfile
import zlib

from PIL import Image

from tests.image_corpus.drawing import MARKER, WIDE, case, chunk, grey_rows, photo, png, saved
from tests.image_corpus.usual import plain


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
