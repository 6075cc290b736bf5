"""The page of an order, as far as paying needs it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from orders import pay_panels, polling
from orders.views.loading import order_by_link


@require_safe
def order(request: HttpRequest, number: str, token: str) -> HttpResponse:
    order = order_by_link(number, token)
    polling.catch_up(order)
    order.refresh_from_db()
    payment = order.payments.last()
    panel = pay_panels.of(payment) if payment and order.is_unpaid else None
    context = {"order": order, "panel": panel, "token": token, "robots": "noindex"}
    return render(request, "orders/order.html", context | {"canonical_url": ""})
