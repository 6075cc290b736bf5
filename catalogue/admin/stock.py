from typing import Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from catalogue import stock
from catalogue.forms import StockMovementForm
from catalogue.models import StockMovement


@admin.register(StockMovement)
class StockMovementAdmin(admin.ModelAdmin[StockMovement]):
    """The ledger of stock: rows are added and never changed."""

    form = StockMovementForm
    list_display = ["at", "variant", "reason", "quantity", "actor", "note"]
    list_filter = ["reason"]
    list_select_related = ["variant__product", "actor"]
    search_fields = ["variant__sku", "variant__product__name"]
    autocomplete_fields = ["variant"]
    fields = ["variant", "reason", "quantity", "note"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A rival may take the piece between the form's check and the act."""
        try:
            return super().add_view(request, *args, **kwargs)
        except stock.StockRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: StockMovement, form: Any, change: bool) -> None:
        moved = stock.move(
            obj.variant_id,
            obj.quantity,
            StockMovement.Reason(obj.reason),
            actor=cast(User, request.user),
            note=obj.note,
        )
        obj.pk = moved.pk
