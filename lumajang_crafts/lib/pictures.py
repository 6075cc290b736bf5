"""Pictures: made safe when they arrive, made small in a job.

A master is stored once (`photos/ab/<random>.webp`); its variants lie beside it
(`photos/ab/<random>/400.avif`). All of it goes through the storage API.
"""

import io
import secrets
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils.translation import gettext_lazy as _
from PIL import Image

from lumajang_crafts.lib import decoding, uploaded_photo

WIDTHS = (240, 480, 800, 1200)  # px; a card, a card on a sharp screen, a page, a zoom
FORMATS = {  # best first; effort chosen by measuring, docs/decisions/003
    "avif": {"quality": 58, "speed": 8},
    "webp": {"quality": 78, "method": 4},
    "jpg": {"quality": 80, "progressive": True, "optimize": True},
}
PILLOW_NAMES = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}
ACCEPT = "image/jpeg,image/png,image/webp,image/heic,image/heif"  # what a file field offers
PATIENCE = 10  # seconds that an upload waits for its turn; a photo takes one or two
MASTER_SIDE = 2400  # px, the longer side of what is kept


def normalise(upload: BinaryIO) -> ContentFile[bytes]:
    """Return a fresh WebP of the upload: upright, sRGB, no metadata.

    Raises ValidationError for anything that is not a whole JPEG, PNG, WebP or
    HEIC of at most 20 MiB and 50 megapixels, and when others kept this machine
    decoding for too long.
    """
    try:
        with decoding.turn(PATIENCE):
            picture = uploaded_photo.read(upload, MASTER_SIDE)
    except decoding.Busy as error:
        raise ValidationError(
            _("Many photos are being worked on. Send it again in a minute."), code="busy"
        ) from error
    return ContentFile(_encoded(picture, "webp", quality=90))


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
    sizes = _resized(storage, master)
    for width, small in sizes.items():
        for suffix, options in FORMATS.items():
            name = variant_name(master, width, suffix)
            storage.delete(name)  # else the storage would pick another name
            storage.save(name, ContentFile(_encoded(small, suffix, **options)))
    return list(sizes)


def delete(storage: Storage, master: str, widths: list[int]) -> None:
    """Remove a master and its variants."""
    for width in widths:
        for suffix in FORMATS:
            storage.delete(variant_name(master, width, suffix))
    storage.delete(master)


def _resized(storage: Storage, master: str) -> dict[int, Image.Image]:
    """Return width → picture; they are encoded after others have had their turn."""
    with decoding.turn(), storage.open(master) as file, Image.open(file) as opened:
        picture = opened.convert("RGB")
        return {
            width: picture.resize(
                (width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS
            )
            for width in sorted(set(variant_widths(picture.width)))
        }


def _encoded(picture: Image.Image, suffix: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, PILLOW_NAMES[suffix], **options)
    return buffer.getvalue()
