from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from catalogue.models import SearchMiss, Synonym


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin[Synonym]):
    """Saving raises the catalogue's version, so the next search already knows the word."""

    list_display = ["word", "equals", "leads_here"]
    search_fields = ["word", "equals", "leads_here"]


@admin.register(SearchMiss)
class SearchMissAdmin(admin.ModelAdmin[SearchMiss]):
    """What buyers looked for in vain: read it, add a synonym or a work, then delete the row."""

    list_display = ["query", "count", "last_on"]
    date_hierarchy = "last_on"
    search_fields = ["query"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
