"""The checkout: one page, one form; every press of a button brings everything typed back."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from lumajang_crafts.lib import ratelimit
from lumajang_crafts.lib.requests import client
from orders import carts, checkout_page, links
from orders.checkout import CheckoutRefused
from orders.checkout_forms import CheckoutForm
from orders.checkout_page import Busy, Visit
from orders.models import Cart, Order
from orders.paying import MethodRefused


@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    cart = carts.of(request)
    visit = Visit(
        cart or Cart(), _user(request), request.POST if request.method == "POST" else None
    )
    made = checkout_page.made(visit.pressed.told("key"), visit.user)
    if made is not None:
        return _to_order(made)
    visit.settle()
    if not checkout_page.possible(visit.found).groups:
        return redirect("cart")
    if request.method != "POST" and not visit.found.is_orderable:
        return redirect("cart")  # which says what has changed
    form = visit.form()
    if visit.places and visit.found.is_orderable:
        return _place(request, visit, form)
    return _page(request, visit, form)


def _place(request: HttpRequest, visit: Visit, form: CheckoutForm) -> HttpResponse:
    if not visit.is_current:
        form.refuse(_("This page was out of date. Look at it again, then order."))
    if not form.is_valid(visit.pressed.told("shown_total")):
        return _page(request, visit, form)
    if _is_too_often(request):
        form.refuse(_("Too many orders came from your connection. Try again in an hour."))
        return _page(request, visit, form, HTTPStatus.TOO_MANY_REQUESTS)
    try:
        order = checkout_page.place(visit, form)
    except Busy as busy:
        return _page(request, visit, visit.after(busy), HTTPStatus.SERVICE_UNAVAILABLE)
    except (CheckoutRefused, MethodRefused) as refusal:
        return _page(request, visit, visit.after(refusal))
    carts.remember(request, visit.cart, 0)
    checkout_page.go_to_gateway(order)
    return _to_order(order)


def _page(
    request: HttpRequest,
    visit: Visit,
    form: CheckoutForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {"form": form, "found": visit.found, "cart": visit.cart, "robots": "noindex"}
    response = render(request, "orders/checkout.html", context, status=status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = str(checkout_page.PERIOD)
    return response


def _to_order(order: Order) -> HttpResponse:
    return HttpResponseRedirect(links.path(order), status=HTTPStatus.SEE_OTHER)


def _is_too_often(request: HttpRequest) -> bool:
    most, period = checkout_page.MOST, checkout_page.PERIOD
    return not ratelimit.is_allowed("checkout", client(request), most=most, seconds=period)


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
