"""The picture that a shared link shows: photo, name, maker and price on 1200 by 630 px.

It is drawn in Indonesian and by a job. The letters are those that Pillow brings
along (docs/decisions/017), which know Latin without accents.
"""

import hashlib
import io
import re
import unicodedata
from functools import cache

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageDraw, ImageFont, ImageOps

from artisans.models import Artisan
from catalogue.models import Product
from lumajang_crafts.lib import pictures
from lumajang_crafts.lib.money import rupiah

SIZE = WIDTH, HEIGHT = 1200, 630  # px, as Facebook and WhatsApp show it whole
PHOTO = 504  # px, 4:5 of the height
LEFT, RIGHT, TOP = PHOTO + 56, WIDTH - 56, 56
NAME_SIZES = (58, 50, 42)  # px, the largest in which the name fits
MOST_LINES = 4
EDITION = 1  # raise it when the drawing changes: every card is drawn anew
REPLACED = str.maketrans({"–": "-", "—": "-", "…": "...", "×": "x", "\u00a0": " "})


@transaction.atomic
def draw(product_id: int) -> None:
    """Draw the card if what it shows has changed; safe to repeat.

    A work that is not public or has no photo has no card.
    """
    works = Product.objects.select_for_update(of=["self"]).for_page()
    product = works.filter(pk=product_id).first()
    if product is None:
        return
    digest = _digest(product)
    if product.share_digest == digest:
        return
    product.drop_share_picture()
    if digest:
        name = pictures.random_name("share", "jpg")
        product.share_picture.save(name, ContentFile(_jpeg(product)), save=False)
        product.share_digest = digest
    product.save(update_fields=["share_picture", "share_digest"])


def _digest(product: Product) -> str:
    is_public = product.status == Product.Status.PUBLISHED
    is_public &= product.artisan.status == Artisan.Status.PUBLISHED
    if not is_public or product.cover is None:
        return ""
    shown = (EDITION, product.cover.picture.name, *_words(product), settings.SITE["name"])
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def _words(product: Product) -> tuple[str, str, str]:
    """Name, maker and price as the card says them."""
    price = rupiah(product.price_min or 0)
    maker = f"{product.artisan.name} · {product.artisan.district.name}"
    return (
        _drawable(product.name),
        _drawable(maker),
        f"mulai {price}" if product.has_price_range else price,
    )


def _jpeg(product: Product) -> bytes:
    card = Image.new("RGB", SIZE, _token("ground"))
    card.paste(_photo(product), (0, 0))
    _write(ImageDraw.Draw(card), *_words(product))
    buffer = io.BytesIO()
    card.save(buffer, "JPEG", quality=84, progressive=True, optimize=True)
    return buffer.getvalue()


def _photo(product: Product) -> Image.Image:
    cover = product.cover
    assert cover is not None  # noqa: S101  _digest() saw it
    with cover.picture.storage.open(cover.picture.name or "") as file, Image.open(file) as opened:
        return ImageOps.fit(opened.convert("RGB"), (PHOTO, HEIGHT), Image.Resampling.LANCZOS)


def _write(pen: ImageDraw.ImageDraw, name: str, maker: str, price: str) -> None:
    """A museum label: a thick rule, the name, who made it, the price; the house at its foot."""
    pen.rectangle((LEFT, TOP, RIGHT, TOP + 4), _token("ink"))
    size, lines = _fitted(name)
    y = TOP + 36
    for line in lines:
        pen.text((LEFT, y), line, _token("ink"), _font(size))
        y += round(size * 1.22)
    for line in _wrapped(maker, 28)[:2]:
        pen.text((LEFT, y + 18), line, _token("ink-soft"), _font(28))
        y += 36
    pen.text((LEFT, y + 38), price, _token("ink"), _font(46), stroke_width=1)
    house = _drawable(settings.SITE["name"])
    pen.text((LEFT, HEIGHT - 74), house, _token("ink"), _font(26), anchor="ls")
    _weave(pen, HEIGHT - 44)


def _weave(pen: ImageDraw.ImageDraw, top: int) -> None:
    """A row of woven chevrons, as under the site's header, to the picture's right edge."""
    for x in range(LEFT, WIDTH, 18):
        for shift in (0, 9):
            y = top + shift
            pen.line(((x, y + 8), (x + 9, y), (x + 18, y + 8)), _token("ornament"), 3)


def _fitted(name: str) -> tuple[int, list[str]]:
    """The largest size in which the name fits, and its lines; what is too long is cut."""
    for size in NAME_SIZES:
        lines = _wrapped(name, size)
        if len(lines) <= MOST_LINES:
            return size, lines
    return size, [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1] + " ..."]


def _wrapped(text: str, size: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _font(size).getlength(longer) <= RIGHT - LEFT:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _drawable(text: str) -> str:
    """The text in letters that the font has: é as e, – as -."""
    parts = unicodedata.normalize("NFKD", text.translate(REPLACED))
    return "".join(sign for sign in parts if sign.isascii() or sign in "“”‘’·")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101  Pillow is built with FreeType
    return font


@cache
def _token(name: str) -> str:
    """A colour of the light theme, from where the pages take it."""
    css = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    found = re.search(rf"--{name}: (#[0-9a-f]{{6}});", css)
    if found is None:
        raise KeyError(name)
    return found[1]
