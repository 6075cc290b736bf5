"""What every request gets: an id, a language, and headers on its answer."""

import re
import secrets
from collections.abc import Callable

import structlog
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Handler = Callable[[HttpRequest], HttpResponse]
REQUEST_ID = re.compile(r"[0-9a-f]{16,32}")


def client(request: HttpRequest) -> str:
    """The network address of who asks; a proxy in front is believed only if settings say so."""
    return str(get_adapter().get_client_ip(request))


def request_id(get_response: Handler) -> Handler:
    """Bind an id to every log line of the request and return it to the client.

    An id from the proxy in front is kept when it looks like one.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        identity = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        request.META["HTTP_X_REQUEST_ID"] = identity
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=identity)
        response = get_response(request)
        response["X-Request-ID"] = identity
        return response

    return middleware


def language(get_response: Handler) -> Handler:
    """Let the address decide the language: English below /en/, Indonesian elsewhere.

    Staff pages and the workspace have no English twin: they follow the user.
    Django's own middleware would also look at Accept-Language and cookies and
    so make every page differ by reader, which no cache could hold.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        code = "en" if request.path_info.startswith("/en/") else "id"
        if request.path_info.startswith(settings.USER_LANGUAGE_PATHS):
            user = getattr(request, "user", None)
            code = getattr(user, "language", code)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
            response.headers.setdefault("Content-Language", code)
            return response

    return middleware


def headers(get_response: Handler) -> Handler:
    """Add what Django's SecurityMiddleware does not know."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path_info.startswith(settings.PRIVATE_PATHS):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware
