"""What a buyer holds: the page of an order, finding it again, the account's list."""

from typing import cast

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from lumajang_crafts.errors import too_many_requests
from orders import attempts, links, news, pay_panels, polling, releasing, tracking
from orders.forms import TrackForm
from orders.models import IllegalTransition, Order, OrderEvent

ORDERS_PER_PAGE = 20


@require_safe
def order(request: HttpRequest, number: str, token: str) -> HttpResponse:
    if not tracking.may_look(_client(request)):
        return too_many_requests(request, tracking.LOOKS_PERIOD)
    found = _opened(number, token)
    polling.catch_up(found)
    order = tracking.whole(found)
    payment = attempts.last(order)
    context = {
        "order": order,
        "news": news.of(order),
        "panel": pay_panels.of(payment) if payment and order.is_unpaid else None,
        "sums": tracking.sums(order),
        "total": attempts.total(order),
        "address_lines": tracking.address_lines(order),
        "keeping": tracking.keeping(order),
        "token": token,
        "robots": "noindex",
        "canonical_url": "",  # the address is the key
    }
    return render(request, "orders/order.html", context)


@require_POST
def order_cancel(request: HttpRequest, number: str, token: str) -> HttpResponse:
    if not tracking.may_look(_client(request)):
        return too_many_requests(request, tracking.LOOKS_PERIOD)
    order = _opened(number, token)
    try:
        releasing.cancel(order.pk, source=OrderEvent.Source.BUYER)
    except IllegalTransition:
        messages.error(request, _("This order can no longer be cancelled."))
    return redirect(links.path(order))


@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not tracking.may_search(_client(request)):
            return too_many_requests(request, tracking.SEARCHES_PERIOD)
        found = tracking.by_contact(**form.cleaned_data)
        if found is not None:
            return redirect(links.path(found))
        form.add_error(None, _("We know no order with this number and this contact."))
    context = {"form": form, "robots": "noindex, follow"}
    return render(request, "orders/track.html", context)


@require_safe
@login_required
def order_list(request: HttpRequest) -> HttpResponse:
    """The orders placed while signed in; a guest's order stays with its link."""
    orders = Order.objects.for_user(cast(User, request.user)).with_pieces()
    page = Paginator(orders, ORDERS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [(order, links.path(order)) for order in page]}
    return render(request, "orders/order_list.html", context)


def _opened(number: str, token: str) -> Order:
    """One answer for an unknown number, a wrong token and a revoked link."""
    order = tracking.by_link(number, token)
    if order is None:
        raise Http404
    return order


def _client(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))
