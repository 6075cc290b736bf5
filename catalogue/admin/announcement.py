from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from catalogue import announcements
from catalogue.models import Announcement


@admin.register(Announcement)
class AnnouncementAdmin(admin.ModelAdmin[Announcement]):
    """The other processes of the site see a change within a minute."""

    list_display = ["text", "level", "starts_at", "ends_at", "position"]
    list_filter = ["level"]
    search_fields = ["text", "text_en"]
    fields = ["text", "text_en", "link", ("level", "position"), ("starts_at", "ends_at")]

    def save_model(self, request: HttpRequest, obj: Announcement, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        announcements.forget()

    def delete_model(self, request: HttpRequest, obj: Announcement) -> None:
        super().delete_model(request, obj)
        announcements.forget()
