from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from artisans.models import Artisan, Certificate, District, Membership
from lumajang_crafts.lib.pictured_admin import PicturedAdmin
from lumajang_crafts.lib.searched_admin import SearchedAdmin


class CertificateInline(admin.TabularInline[Certificate, Artisan]):
    model = Certificate
    extra = 0
    fields = ["kind", "colour", "number", "issuer", "valid_from", "valid_until"]


class MembershipInline(admin.TabularInline[Membership, Artisan]):
    model = Membership
    extra = 0
    autocomplete_fields = ["user"]


@admin.register(Artisan)
class ArtisanAdmin(SearchedAdmin, PicturedAdmin[Artisan]):
    search_paths = ("artisan",)
    list_display = ["name", "maker_name", "district", "status", "is_sample"]
    list_filter = ["status", "district", "kind", "is_sample"]
    list_select_related = ["district"]
    search_fields = ["name", "maker_name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [CertificateInline, MembershipInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "slug",
                    "kind",
                    "maker_name",
                    "status",
                    "joined_on",
                    "is_trusted",
                    "is_sample",
                ]
            },
        ),
        (_("Place"), {"fields": ["district", "village"]}),
        (
            _("Picture"),
            {"fields": ["preview", "upload", "picture_alt", "picture_alt_en"]},
        ),
        (
            _("Story"),
            {
                "fields": [
                    "since",
                    ("lead", "lead_en"),
                    ("quote", "quote_en"),
                    ("story", "story_en"),
                ]
            },
        ),
        (_("At work"), {"fields": ["monthly_capacity", "workers_female", "workers_male"]}),
        (
            _("Closed for a while"),
            {"fields": ["closed_from", "closed_until", "closed_note", "closed_note_en"]},
        ),
        (
            _("Contact"),
            {"fields": ["whatsapp", "contact_phone", "contact_email", "contact_address"]},
        ),
    ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"joined_on": timezone.localdate(), **super().get_changeform_initial_data(request)}


@admin.register(Certificate)
class CertificateAdmin(admin.ModelAdmin[Certificate]):
    list_display = ["__str__", "artisan", "colour", "valid_from", "valid_until", "verified_at"]
    list_filter = ["kind", ("verified_at", admin.EmptyFieldListFilter)]
    list_select_related = ["artisan"]
    search_fields = ["number", "artisan__name"]
    autocomplete_fields = ["artisan"]
    readonly_fields = ["verified_by", "verified_at"]
    actions = ["verify"]

    @admin.action(description=_("I have checked the selected certificates"), permissions=["change"])
    def verify(self, request: HttpRequest, certificates: QuerySet[Certificate]) -> None:
        """The first check stays: who and when are not overwritten."""
        count = certificates.filter(verified_at=None).update(
            verified_by=request.user, verified_at=timezone.now()
        )
        message = ngettext("%d certificate verified.", "%d certificates verified.", count)
        self.message_user(request, message % count)


@admin.register(District)
class DistrictAdmin(admin.ModelAdmin[District]):
    list_display = ["name", "code", "bps_code", "postcode", "disruption"]
    list_filter = ["disruption"]
    search_fields = ["name", "code"]
    fields = [
        "name",
        ("code", "bps_code", "postcode"),
        ("disruption", "disruption_note", "disruption_note_en"),
        ("about", "about_en"),
    ]
    readonly_fields = ["name", "code", "bps_code", "postcode"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: District | None = None) -> bool:
        return False
