"""What a buyer holds: the page of an order, finding it again, the account's list."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from lumajang_crafts.errors import too_many_requests
from lumajang_crafts.lib.requests import client
from lumajang_crafts.lib.steps import IllegalTransition
from orders import attempts, cancelling, links, news, pay_panels, polling, tracking
from orders.forms import TrackForm
from orders.models import Order, OrderEvent
from orders.views.loading import opens_order

ORDERS_PER_PAGE = 20


@require_safe
@opens_order
def order(request: HttpRequest, order: Order, token: str) -> HttpResponse:
    polling.catch_up(order)
    order = tracking.whole(order)
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
@opens_order
def order_cancel(request: HttpRequest, order: Order, token: str) -> HttpResponse:
    try:
        cancelling.cancel(order.pk, source=OrderEvent.Source.BUYER)
    except IllegalTransition:
        messages.error(request, _("This order can no longer be cancelled."))
    return redirect(links.path(order))


@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not tracking.may_search(client(request)):
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
