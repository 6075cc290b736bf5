"""The catalogue in schema.org's words: what pages tell machines, no more than they tell people."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from artisans.models import Artisan, District
from catalogue.models import Category, Product
from lumajang_crafts.lib.site import absolute
from lumajang_crafts.lib.structured import Node, known

PUBLISHER = "#organization"  # behind the address of the site


def organization() -> Node:
    """The council: it runs the site and stands for what is shown."""
    house = settings.SITE
    return known(
        **{"@type": "Organization", "@id": absolute("/" + PUBLISHER)},
        name=house["council"],
        url=absolute("/"),
        logo=absolute(static("icons/icon-512.png")),
        email=house["email"],
        telephone=f"+{house['whatsapp']}" if house["whatsapp"] else "",
        address=house["address"],
    )


def website() -> Node:
    search = absolute(reverse("product_list")) + "?q={search_term_string}"
    return {
        "@type": "WebSite",
        "@id": absolute("/#website"),
        "name": settings.SITE["name"],
        "url": absolute(reverse("home")),
        "inLanguage": get_language(),
        "publisher": {"@id": absolute("/" + PUBLISHER)},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }


def home(products: Iterable[Product]) -> list[Node]:
    return [organization(), website(), _item_list(products)]


def shelf(category: Category | None, page: Page[Any]) -> list[Node]:
    """The page of a craft or a category, or of the whole catalogue."""
    if category is None:
        return [_collection_page(_("Catalogue"), reverse("product_list"), page)]
    name, url = category.tr("name"), category.get_absolute_url()
    return [_collection_page(name, url, page, category.tr("intro"))]


def makers(page: Page[Any]) -> list[Node]:
    return [_collection_page(_("Makers"), reverse("artisan_list"), page)]


def place(district: District, page: Page[Any]) -> list[Node]:
    return [_collection_page(district.name, district.get_absolute_url(), page)]


def profile(artisan: Artisan, page: Page[Any]) -> list[Node]:
    """The page of a maker, and the works on it."""
    about = {
        "@type": "ProfilePage",
        "url": absolute(artisan.get_absolute_url()),
        "inLanguage": get_language(),
        "mainEntity": maker(artisan) | known(description=artisan.tr("lead")),
    }
    return [about, _item_list(page, page.start_index())]


def maker(artisan: Artisan) -> Node:
    """Who made the work and sells it: a person who works alone, or a workshop."""
    is_alone = artisan.kind == Artisan.Kind.INDIVIDUAL
    url = absolute(artisan.get_absolute_url())
    return known(
        **{"@type": "Person" if is_alone else "Organization", "@id": f"{url}#maker"},
        name=artisan.maker_name if is_alone else artisan.name,
        url=url,
        image=absolute(artisan.picture_url(1200)) if artisan.picture else "",
        address={
            "@type": "PostalAddress",
            "addressLocality": f"{artisan.village}, {artisan.district.name}, Lumajang",
            "addressRegion": pgettext("province", "East Java"),
            "addressCountry": "ID",
        },
    )


def _collection_page(name: str, url: str, page: Page[Any], about: str = "") -> Node:
    """A page that gathers works or makers: a craft, a place."""
    return known(
        **{"@type": "CollectionPage"},
        name=name,
        url=absolute(url),
        description=about,
        inLanguage=get_language(),
        isPartOf={"@id": absolute("/#website")},
        mainEntity=_item_list(page, page.start_index()),
    )


def _item_list(things: Iterable[Any], first: int = 1) -> Node:
    """Works or makers in the order of the page, counted from the first page on."""
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "url": absolute(thing.get_absolute_url()),
            "name": thing.tr("name") if isinstance(thing, Product) else str(thing),
        }
        for position, thing in enumerate(things, start=first)
    ]
    return {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}
