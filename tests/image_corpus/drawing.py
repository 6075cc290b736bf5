"""How the cases are drawn, and the list that they stand in."""

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache

import pillow_heif
from PIL import Image, ImageCms

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
