"""Renaming in the admin what works are found by."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from lumajang_crafts.lib import jobs


class SearchedAdmin(admin.ModelAdmin[Any]):
    """Writes anew, in jobs, the search documents of the products from which `search_paths` lead here."""

    search_paths: tuple[str, ...] = ()

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:
            for path in self.search_paths:
                jobs.defer("update_search_of", path=path, pk=obj.pk)
