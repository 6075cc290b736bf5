"""Where the cart leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from orders import basket, carts


@require_safe
def checkout(request: HttpRequest) -> HttpResponse:
    held = basket.read(carts.of(request))
    if not held.is_orderable:
        return redirect("cart")
    return render(request, "orders/checkout.html", {"basket": held, "robots": "noindex"})
