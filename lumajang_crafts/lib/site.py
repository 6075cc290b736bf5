"""What every template knows: the site, the page's address, its twin in the other language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "house": settings.SITE,  # allauth passes a "site" of its own
        "demo": settings.DEMO,
        "canonical_url": settings.SITE["url"] + request.path,
        "languages": [_twin(request, code, label) for code, label in settings.LANGUAGES],
    }


def _twin(request: HttpRequest, code: str, label: str) -> dict[str, Any]:
    return {
        "code": code,
        "label": label,
        "url": translate_url(request.get_full_path(), code),
        "absolute_url": settings.SITE["url"] + translate_url(request.path, code),
        "is_current": code == get_language(),
    }
