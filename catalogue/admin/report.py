from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue import reports
from catalogue.models import ListingReport


class ReportForm(forms.ModelForm[ListingReport]):
    """Handling a report means writing what was done."""

    note = forms.CharField(label=_("what was done"), widget=forms.Textarea)

    class Meta:
        model = ListingReport
        fields = ["note"]


@admin.register(ListingReport)
class ListingReportAdmin(admin.ModelAdmin[ListingReport]):
    """What visitors doubt; curators answer each once, and nothing is deleted."""

    form = ReportForm
    list_display = ["created_at", "product", "reason", "language", "handled_at", "handled_by"]
    list_filter = [("handled_at", admin.EmptyFieldListFilter), "reason"]
    list_select_related = ["product", "handled_by"]
    search_fields = ["product__name", "text"]
    fields = [
        "product",
        "reason",
        "text",
        "contact",
        "language",
        "created_at",
        "note",
        ("handled_by", "handled_at"),
    ]
    readonly_fields = [name for name in fields[:-2] if isinstance(name, str)]
    readonly_fields += ["handled_by", "handled_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: ListingReport | None = None) -> Any:
        is_handled = obj is not None and obj.handled_at is not None
        return [*self.readonly_fields, "note"] if is_handled else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: ListingReport, form: Any, change: bool) -> None:
        reports.handle(obj.pk, by=cast(User, request.user), note=obj.note)
