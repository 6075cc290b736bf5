"""What every template knows: the site, the page's address, its twin in the other language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import translate_url
from django.utils.translation import get_language

SOURCE = "id"  # the language for readers of neither


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "house": settings.SITE,  # allauth passes a "site" of its own
        "demo": settings.DEMO,
        **page_address(request, page_query(request.GET)),
    }


def page_address(request: HttpRequest, query: QueryDict, robots: str = "") -> dict[str, Any]:
    """The page's one address, its twins and what robots may do.

    `query` is what the address must keep to show the same page. A view that
    knows better than `site` adds this to its context.
    """
    return {
        "canonical_url": absolute(_with(request.path, query)),
        "x_default_url": absolute(_with(translate_url(request.path, SOURCE), query)),
        "languages": [_twin(request, query, code, label) for code, label in settings.LANGUAGES],
        "robots": robots,
    }


def page_query(asked: QueryDict) -> QueryDict:
    """Keep the page number, unless it is the first or none."""
    query, number = QueryDict(mutable=True), asked.get("page", "")
    if number.isdecimal() and int(number) > 1:
        query["page"] = str(int(number))
    return query


def absolute(url: str) -> str:
    """The whole address on this site; what has a host already, like a picture's, keeps it."""
    return url if url.startswith(("http://", "https://")) else settings.SITE["url"] + url


def _twin(request: HttpRequest, query: QueryDict, code: str, label: str) -> dict[str, Any]:
    return {
        "code": code,
        "label": label,
        "url": translate_url(request.get_full_path(), code),
        "absolute_url": absolute(_with(translate_url(request.path, code), query)),
        "is_current": code == get_language(),
    }


def _with(path: str, query: QueryDict) -> str:
    return f"{path}?{query.urlencode()}" if query else path
