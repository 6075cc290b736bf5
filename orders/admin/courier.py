"""Couriers as staff keep them: services with their rates, zones with their codes."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import countries
from accounts.models import Region
from orders.models import CourierService, Rate, Zone


class RateInline(admin.TabularInline[Rate, CourierService]):
    model = Rate
    extra = 0


@admin.register(CourierService)
class CourierServiceAdmin(admin.ModelAdmin[CourierService]):
    list_display = ["__str__", "kind", "is_active", "position"]
    list_filter = ["is_active", "kind"]
    search_fields = ["carrier", "name"]
    filter_horizontal = ["excluded"]
    inlines = [RateInline]

    def has_delete_permission(self, request: Any, obj: CourierService | None = None) -> bool:
        """Orders keep naming it: a service is switched off, not deleted."""
        return False


class ZoneForm(forms.ModelForm[Zone]):
    """Knows which codes exist: a zone of a wrong one would never be found."""

    def clean_areas(self) -> list[str]:
        areas = [area.strip().upper() for area in self.cleaned_data["areas"]]
        known = set(Region.objects.filter(code__in=areas).values_list("code", flat=True))
        known |= {code for code, _name in countries.choices(get_language() or "id")}
        unknown = [area for area in areas if area not in known - {countries.HOME}]
        if unknown:
            raise ValidationError(
                _("There is no region or country with the code %(codes)s."),
                params={"codes": ", ".join(unknown)},
            )
        return areas


@admin.register(Zone)
class ZoneAdmin(admin.ModelAdmin[Zone]):
    form = ZoneForm
    list_display = ["name", "code", "areas"]
    search_fields = ["name", "code"]
    prepopulated_fields = {"code": ["name"]}
