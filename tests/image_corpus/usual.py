"""Photos as phones and old programs send them."""

import io
import struct
import zlib

import pillow_heif
from PIL import Image, PngImagePlugin

from tests.image_corpus.drawing import (
    MARKER,
    TALL,
    WIDE,
    XMP,
    case,
    chunk,
    exif,
    grey_rows,
    icc,
    photo,
    saved,
    segment,
)


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
