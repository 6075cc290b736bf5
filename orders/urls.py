"""Addresses of buying, in both languages; Indonesian stands in locale/id."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from orders.views import cart, checkout, order, paying

urlpatterns = [
    path(_("cart/"), cart.cart, name="cart"),
    path(_("cart/add/"), cart.cart_add, name="cart_add"),
    path(_("cart/token/"), cart.cart_token, name="cart_token"),
    path(_("cart/update/"), cart.cart_update, name="cart_update"),
    path(_("cart/remove/"), cart.cart_remove, name="cart_remove"),
    path(_("cart/accept/"), cart.cart_accept, name="cart_accept"),
    path(_("checkout/"), checkout.checkout, name="checkout"),
    path(_("track/"), order.track, name="track"),
    path(_("orders/<slug:number>/<slug:token>/"), order.order, name="order"),
    path(_("orders/<slug:number>/<slug:token>/cancel/"), order.order_cancel, name="order_cancel"),
    path(_("orders/<slug:number>/<slug:token>/pay/"), paying.order_pay, name="order_pay"),
    path(_("orders/<slug:number>/<slug:token>/proof/"), paying.order_proof, name="order_proof"),
    path(
        _("orders/<slug:number>/<slug:token>/proof/<int:pk>/"),
        paying.proof_file,
        name="proof_file",
    ),
]
