"""The cart: seen, filled, changed. Each visitor reaches their own and no other."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalogue import answers, version
from catalogue.models import Variant
from lumajang_crafts.lib import ratelimit
from lumajang_crafts.lib.requests import client
from orders import basket, carts
from orders.cart_forms import AcceptForm, AddForm, LineForm, QuantityForm
from orders.models import CartLine

MOST, PERIOD = 60, 60  # additions, seconds: of one client
NEW_WORKS = 4  # beside an empty cart


@require_safe
def cart(request: HttpRequest) -> HttpResponse:
    held = carts.of(request)
    found = basket.read(held)
    carts.remember(request, held, found.count)
    context = {
        "basket": found,
        "products": [] if found.groups else answers.newest(version.now())[:NEW_WORKS],
        "robots": "noindex",
    }
    return render(request, "orders/cart.html", context)


@require_safe
def cart_token(request: HttpRequest) -> JsonResponse:
    """Hand the page's script a token, so that pages of works need none and stay alike for all."""
    return JsonResponse({"token": get_token(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def cart_add(request: HttpRequest) -> HttpResponse:
    """Ask whether to add (GET, where the page of a work leads without scripts) and add (POST)."""
    is_sent = request.method == "POST"
    form = AddForm(request.POST if is_sent else request.GET)
    status = HTTPStatus.OK
    if form.variant is None:
        messages.error(request, _("This work is no longer offered."))
        return redirect("cart")
    if is_sent and _is_too_often(request):
        form.add_error(None, _("That was too often. Please wait a minute and try again."))
        status = HTTPStatus.TOO_MANY_REQUESTS
    elif form.is_valid():
        try:
            if is_sent:
                return _added(request, form.variant, form.cleaned_data["quantity"])
            carts.check(carts.of(request), form.variant, form.cleaned_data["quantity"])
        except carts.Refused as refusal:
            form.add_error("quantity", str(refusal))
    if _wants_json(request):
        return JsonResponse(form.errors.get_json_data(), status=max(status, HTTPStatus.CONFLICT))
    context = {"form": form, "variant": form.variant, "robots": "noindex"}
    return render(request, "orders/cart_add.html", context, status=status)


@require_POST
def cart_update(request: HttpRequest) -> HttpResponse:
    form, held = QuantityForm(request.POST), carts.of(request)
    if form.is_valid() and held is not None:
        line, quantity = form.cleaned_data["line"], form.cleaned_data["quantity"]
        try:
            carts.set_quantity(held, line, quantity)
        except carts.Refused as refusal:
            messages.error(request, _("Nothing was changed. %s") % refusal)
        except CartLine.DoesNotExist:
            messages.error(request, _("That work is not in your cart any more."))
        return redirect(f"{reverse('cart')}#line-{line}")
    messages.error(request, _("Nothing was changed. Write a whole number, such as 2."))
    return redirect("cart")


@require_POST
def cart_remove(request: HttpRequest) -> HttpResponse:
    form, held = LineForm(request.POST), carts.of(request)
    if form.is_valid() and held is not None:
        try:
            line = carts.remove(held, form.cleaned_data["line"])
        except (carts.Refused, CartLine.DoesNotExist):
            messages.error(request, _("That work is not in your cart any more."))
        else:
            name = line.variant.product.tr("name")
            messages.success(request, _("“%s” was taken out of the cart.") % name)
    return redirect("cart")


@require_POST
def cart_accept(request: HttpRequest) -> HttpResponse:
    """Take the changes as the page showed them."""
    held = carts.of(request)
    if held is not None:
        form = AcceptForm(request.POST, basket.read(held))
        if form.is_valid():
            carts.accept_changes(held, form.prices)
    return redirect("cart")


def _added(request: HttpRequest, variant: Variant, quantity: int) -> HttpResponse:
    cart = carts.put_in(request, variant, quantity)
    pieces = carts.count(cart)
    carts.remember(request, cart, pieces)
    if _wants_json(request):
        return JsonResponse({"count": pieces})
    name = variant.product.tr("name")
    messages.success(request, _("“%s” is in the cart.") % name)
    return redirect("cart")


def _is_too_often(request: HttpRequest) -> bool:
    return not ratelimit.is_allowed("cart", client(request), most=MOST, seconds=PERIOD)


def _wants_json(request: HttpRequest) -> bool:
    kinds = ["text/html", "application/json"]
    return request.get_preferred_type(kinds) == "application/json"
