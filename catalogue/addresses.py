"""Which address of the catalogue speaks for which: one page, one address."""

from typing import Any

from django.http import HttpRequest, QueryDict

from catalogue.filters import ProductFilter
from catalogue.models import Category
from lumajang_crafts.lib.site import page_address, page_query

SHELVES = ("craft", "category")
CONTENT = frozenset(ProductFilter.base_filters) - {"sort"}


def of_list(request: HttpRequest, shelf: Category | None) -> dict[str, Any]:
    """Say what the list's address is; `shelf` is the one craft or category it is about.

    A shelf is a page of its own. Any other narrowing speaks for the plain list,
    and the endless combinations and searches stay out of indexes.
    """
    asked = request.GET
    chosen = [(name, value) for name in CONTENT for value in asked.getlist(name) if value.strip()]
    is_shelf = shelf is not None and len(chosen) == 1 and chosen[0][0] in SHELVES
    query = page_query(asked) if is_shelf or not chosen else QueryDict(mutable=True)
    if shelf is not None and is_shelf:
        query[chosen[0][0]] = shelf.slug
    is_endless = len(chosen) > 1 or any(name == "q" for name, _value in chosen)
    return page_address(request, query, "noindex, follow" if is_endless else "")
