"""Words, numbers, pictures and links in templates."""

import datetime
import re
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template.defaultfilters import stringfilter
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lumajang_crafts.lib import moments, money, pictures, prose, site
from lumajang_crafts.lib.pictured import Pictured
from lumajang_crafts.lib.translated import Translated

register = template.Library()
GRAMS_A_KILO = 1000
FALLBACK_WIDTH = 480  # px, where a browser knows no srcset
SENTENCE = re.compile(r"(?<=[.!?])\s")


@register.filter
def tr(thing: Translated, field: str) -> str:
    """The text in the reader's language, else in Indonesian."""
    return thing.tr(field)


@register.filter
def is_fallback(thing: Translated, field: str) -> bool:
    """Tell whether the reader gets Indonesian because no English text exists."""
    return bool(thing.tr(field)) and thing.speaks(field) != _language()


@register.simple_tag
def lang_of(thing: Translated, field: str) -> SafeString:
    """Mark a text that is not in the page's language (WCAG 2.2, 3.1.2)."""
    return (
        format_html(' lang="{}"', thing.speaks(field))
        if is_fallback(thing, field)
        else SafeString()
    )


@register.filter
def rupiah(amount: int | None) -> str:
    return "" if amount is None else money.rupiah(amount)


@register.filter
def wib(moment: datetime.datetime | None) -> str:
    return "" if moment is None else moments.wib(moment)


@register.filter
def weight(grams: Any) -> str:
    """Write grams as a person would: 310 g, 1,25 kg."""
    if grams is None:
        return ""
    if grams >= GRAMS_A_KILO:
        return f"{_plain(grams / GRAMS_A_KILO)} kg"
    return f"{_plain(grams)} g"


@register.filter
def size(number: Any) -> str:
    """Write a length without a useless decimal: 115, 22,5."""
    return "" if number is None else _plain(number)


@register.filter
@stringfilter
def paragraphs(text: str) -> SafeString:
    """Turn blank lines into paragraphs; everything is escaped."""
    blocks = ((block.strip(),) for block in text.replace("\r\n", "\n").split("\n\n"))
    return format_html_join("\n", "<p>{}</p>", (block for block in blocks if block[0]))


@register.filter
@stringfilter
def long_text(text: str) -> SafeString:
    """Paragraphs, "## " headings and "- " lists; everything is escaped."""
    return prose.to_html(text)


@register.filter
@stringfilter
def headings(text: str) -> list[tuple[str, str]]:
    """The (id, words) of the headings that `long_text` draws."""
    return prose.headings(text)


@register.filter
@stringfilter
def first_sentence(text: str) -> str:
    """What a card says of a longer text."""
    return SENTENCE.split(text.strip(), maxsplit=1)[0]


@register.filter
@stringfilter
def soft_hyphens(parts: str) -> SafeString:
    """Let a name break at its marks and nowhere else."""
    return SafeString(conditional_escape(parts).replace("-", "&shy;"))


@register.filter
def page_numbers(page: Page[Any]) -> list[int | str]:
    """The first, the last and the neighbours of this page, with "…" for what lies between."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else "…" for number in numbers]


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of the sprite; always beside a word, so hidden from screen readers."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {extra}" if extra else "",
        static("icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def url_with(context: template.Context, **changes: Any) -> str:
    """This page's query string with some parameters changed; None removes one."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else request.path


@register.simple_tag
def picture(
    thing: Pictured, *, sizes: str, alt: str | None = None, eager: bool = False, css: str = ""
) -> SafeString:
    """The picture at the width and in the format that this browser wants.

    While the variants are not made, the master stands in.
    """
    words = thing.tr("picture_alt") if alt is None else alt
    loading = 'fetchpriority="high"' if eager else 'loading="lazy" decoding="async"'
    urls = {} if not thing.picture_widths else _variant_urls(thing)
    image = format_html(
        '<img src="{}"{} width="{}" height="{}" alt="{}"{}{} {}>',
        thing.picture_url(FALLBACK_WIDTH),
        _srcset(urls, "jpg", sizes),
        thing.picture_width or "",
        thing.picture_height or "",
        words,
        lang_of(thing, "picture_alt") if alt is None else "",
        format_html(' class="{}"', css) if css else "",
        SafeString(loading),
    )
    if not urls:
        return image
    return format_html(
        '<picture><source type="image/avif"{}><source type="image/webp"{}>{}</picture>',
        _srcset(urls, "avif", sizes),
        _srcset(urls, "webp", sizes),
        image,
    )


@register.filter
def variant_url(thing: Pictured, width: int) -> str:
    """Address of the JPEG at that width, for links; else the master's."""
    return thing.picture_url(width)


@register.filter
def absolute(url: str) -> str:
    """The whole address, as other sites need it."""
    return site.absolute(url)


def _variant_urls(thing: Pictured) -> dict[str, dict[int, str]]:
    """Addresses by format and width; the storage is asked once, for the folder they lie in."""
    name = pictures.variant_name(thing.picture.name or "", 0, "")
    folder = thing.picture.storage.url(name).removesuffix("0.")
    return {
        suffix: {width: f"{folder}{width}.{suffix}" for width in thing.picture_widths}
        for suffix in pictures.FORMATS
    }


def _srcset(urls: dict[str, dict[int, str]], suffix: str, sizes: str) -> SafeString:
    if not urls:
        return SafeString()
    listed = ", ".join(f"{url} {width}w" for width, url in urls[suffix].items())
    return format_html(' srcset="{}" sizes="{}"', listed, sizes)


def _plain(number: Any) -> str:
    return (
        number_format(round(float(number), 2), use_l10n=True).rstrip("0").rstrip(",.")
        if number % 1
        else str(int(number))
    )


def _language() -> str:
    return get_language() or "id"
