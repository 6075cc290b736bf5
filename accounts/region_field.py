"""Choosing one level of Indonesia's regions below what was chosen above it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Region

CHOOSE = {
    Region.Level.PROVINCE: _("Choose a province"),
    Region.Level.REGENCY: _("Choose a regency or city"),
    Region.Level.DISTRICT: _("Choose a district"),
}


class RegionSelect(forms.Select):
    """Tells the script which level it is, and each district's usual postcode."""

    def __init__(self, level: str) -> None:
        super().__init__(attrs={"data-region": level})
        self.postcodes: dict[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if postcode := self.postcodes.get(value):
            option["attrs"]["data-postcode"] = postcode
        return option


class RegionField(forms.ChoiceField):
    """Accepts what was offered and nothing else: no other level, no other parent's child."""

    widget: RegionSelect

    def __init__(self, level: Region.Level, *, label: Any) -> None:
        self.choose = CHOOSE[level]
        super().__init__(
            label=label,
            error_messages={"required": self.choose, "invalid_choice": self.choose},
            widget=RegionSelect(level.value),
        )

    @property
    def postcodes(self) -> dict[str, str]:
        """Each offered region's usual postcode; only districts have one."""
        return self.widget.postcodes

    def offer(self, regions: Iterable[Region]) -> None:
        offered = list(regions)
        self.widget.postcodes = {region.code: region.postcode for region in offered}
        self.choices = [("", self.choose), *((region.code, region.name) for region in offered)]


class ParentForm(forms.Form):
    """Which region's parts a script asks for: a province's or a regency's."""

    parent = forms.RegexField(r"^[0-9]{2}(\.[0-9]{2})?$")
