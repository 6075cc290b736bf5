"""Addresses of buying, in both languages; Indonesian stands in locale/id."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from orders.views import order, paying

urlpatterns = [
    path(_("orders/<slug:number>/<slug:token>/"), order.order, name="order"),
    path(_("orders/<slug:number>/<slug:token>/pay/"), paying.order_pay, name="order_pay"),
    path(_("orders/<slug:number>/<slug:token>/proof/"), paying.order_proof, name="order_proof"),
    path(
        _("orders/<slug:number>/<slug:token>/proof/<int:pk>/"),
        paying.proof_file,
        name="proof_file",
    ),
]
