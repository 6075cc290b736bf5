from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from orders.models import SalesPolicy


@admin.register(SalesPolicy)
class SalesPolicyAdmin(admin.ModelAdmin[SalesPolicy]):
    """Rules are added and never changed: orders were placed under them."""

    list_display = ["valid_from", "transfer_minutes", "gateway_minutes", "qris_limit", "author"]
    list_select_related = ["author"]
    fields = [
        "valid_from",
        ("transfer_minutes", "gateway_minutes"),
        ("max_unpaid_orders", "max_unpaid_units"),
        "qris_limit",
        "vat_permille",
    ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: SalesPolicy, form: Any, change: bool) -> None:
        obj.author_id = request.user.pk
        super().save_model(request, obj, form, change)
