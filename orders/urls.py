"""Addresses of buying, in both languages; Indonesian stands in locale/id."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from orders.views import order

urlpatterns = [
    path(_("track/"), order.track, name="track"),
    path(_("orders/<slug:number>/<slug:token>/"), order.order, name="order"),
    path(_("orders/<slug:number>/<slug:token>/cancel/"), order.order_cancel, name="order_cancel"),
]
