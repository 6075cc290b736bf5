"""Which order an address opens."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from lumajang_crafts.errors import too_many_requests
from lumajang_crafts.lib.requests import client
from orders import tracking

View = Callable[..., HttpResponseBase]


def opens_order(view: View) -> View:
    """Give the view the order itself in place of its number.

    An unknown number, a wrong token and a revoked link are one 404, after the same
    work; who tries too often learns nothing for a while.
    """

    @wraps(view)
    def opened(request: HttpRequest, number: str, token: str, **rest: int) -> HttpResponseBase:
        if not tracking.may_look(client(request)):
            return too_many_requests(request, tracking.LOOKS_PERIOD)
        order = tracking.by_link(number, token)
        if order is None:
            raise Http404
        return view(request, order, token, **rest)

    return opened
