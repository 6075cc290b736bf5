"""Addresses of buying below the account's."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from orders.views import order

urlpatterns = [path(_("orders/"), order.order_list, name="order_list")]
