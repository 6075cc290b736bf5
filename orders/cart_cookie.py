"""The one cookie of buying: which cart this browser holds, and how many pieces lie in it.

The header's number is read from it without a query. It is believed only when we
signed it. An act notes the change on the request, the middleware writes it on the
answer: so signing in and out, which answer elsewhere, can change it too.
"""

import datetime
from collections.abc import Callable
from dataclasses import astuple, dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

SALT = "orders.cart"
AGE = datetime.timedelta(days=30)
NOTE = "lumajang_crafts.cart"  # in request.META

Handler = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Held:
    """The key of a cart, the number of pieces in it, and whose account it belongs to (0: none)."""

    key: str = ""
    count: int = 0
    owner: int = 0


NOTHING = Held()


def read(request: HttpRequest) -> Held:
    """What the browser holds; a cookie that is forged, broken or too old holds nothing."""
    text = request.COOKIES.get(settings.CART_COOKIE_NAME)
    if not text:
        return NOTHING
    try:
        return Held(*signing.loads(text, salt=SALT, max_age=AGE))
    except signing.BadSignature:
        return NOTHING


def keep(request: HttpRequest, held: Held) -> None:
    """Have the answer carry this cart; an empty one is forgotten."""
    if not held.count:
        forget(request)
    elif held != read(request):
        request.META[NOTE] = held


def forget(request: HttpRequest) -> None:
    """Have the answer take the cookie from the browser, if there is one."""
    if settings.CART_COOKIE_NAME in request.COOKIES:
        request.META[NOTE] = NOTHING


def cart_count(request: HttpRequest) -> dict[str, Any]:
    """For templates: the number beside the header's cart, as this request leaves it.

    Where a session ended without a sign-out, the next person is told nothing.
    """
    held: Held = request.META.get(NOTE) or read(request)
    is_theirs = held.owner in {0, request.user.pk}
    return {"cart_count": held.count if is_theirs else 0}


def middleware(get_response: Handler) -> Handler:
    """Write on the answer what the request's acts noted."""

    def write(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        held = request.META.get(NOTE)
        if held == NOTHING:
            response.delete_cookie(settings.CART_COOKIE_NAME, samesite="Lax")
        elif held is not None:
            response.set_cookie(
                settings.CART_COOKIE_NAME,
                signing.dumps(astuple(held), salt=SALT),
                max_age=AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    return write
