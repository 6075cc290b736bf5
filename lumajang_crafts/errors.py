"""Error pages, in the language of the address, drawn without the database."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def too_many_requests(request: HttpRequest, seconds: int) -> HttpResponse:
    """For views that count tries; `seconds` is how long they count."""
    response = _page(request, 429)
    response.headers["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403)


def _page(request: HttpRequest, status: int) -> HttpResponse:
    """Render without a request, so that nothing looks for a session or a user."""
    code = "en" if request.path_info.startswith("/en/") else "id"
    request_id = request.META.get("HTTP_X_REQUEST_ID", "")
    with translation.override(code):
        body = render_to_string(f"errors/{status}.html", {"request_id": request_id})
    return HttpResponse(body, status=status, headers={"Content-Language": code})
