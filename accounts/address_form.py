"""Writing an address, with or without scripts.

Which fields there are depends on the country, which districts on the regency.
Where scripts do not run, the button `refresh` draws the form anew from what is
chosen so far; nothing is checked then and nothing is lost.
"""

import re
from collections.abc import Container, Mapping
from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField
from phonenumbers import SUPPORTED_REGIONS

from accounts import countries
from accounts.models import Address, PostalAddress, Region
from accounts.region_field import RegionField

Level = Region.Level
REFRESH = "refresh"
AT_HOME = ("province", "regency", "district", "village", "rt", "rw", "landmark")
ABROAD = ("city", "state")
LEVELS = ("province", "regency", "district")
KEPT = ("recipient", "phone", "street", "postcode", "country")  # the same everywhere
LENIENT_POSTCODE = r"[A-Z0-9][A-Z0-9 -]{1,11}"


class PostalAddressForm(forms.Form):
    """An address without its owner. `snapshot` is what it says, `fill` writes that on a row."""

    recipient = forms.CharField(
        label=_("Recipient"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField()  # drawn for the country
    country = forms.ChoiceField(
        label=_("Country"), widget=forms.Select(attrs={"autocomplete": "country"})
    )
    province = RegionField(Level.PROVINCE, label=_("Province"))
    regency = RegionField(Level.REGENCY, label=_("Regency or city"))
    district = RegionField(Level.DISTRICT, label=_("District"))
    village = forms.CharField(label=_("Village (desa or kelurahan)"), max_length=80)
    street = forms.CharField(
        label=_("Street and number"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    rt = forms.RegexField(
        "^[0-9]{1,3}$",
        label="RT",
        required=False,
        error_messages={"invalid": _("Write up to three digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    rw = forms.RegexField(
        "^[0-9]{1,3}$",
        label="RW",
        required=False,
        error_messages={"invalid": _("Write up to three digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    city = forms.CharField(
        label=_("City"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    state = forms.CharField(
        label=_("State or province"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level1"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    landmark = forms.CharField(
        label=_("Landmark"),
        help_text=_("What the courier can look for, such as “opposite the mosque”."),
        max_length=120,
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.is_refreshed = data is not None and REFRESH in data
        super().__init__(None if self.is_refreshed else data, **kwargs)
        if self.is_refreshed:
            sent = {name: (data or {}).get(self.add_prefix(name)) for name in self.fields}
            self.initial = {name: value for name, value in sent.items() if value is not None}
        known = countries.choices(get_language() or "id")
        cast("forms.ChoiceField", self.fields["country"]).choices = known
        self.initial.setdefault("country", countries.HOME)
        self.at = self._chosen("country", dict(known)) or countries.HOME
        self.fields["phone"] = _phone_field(self.at)
        if self.at == countries.HOME:
            self._draw_indonesia()
        else:
            self._draw_abroad(countries.habit(self.at))
        if self.is_refreshed:
            self.fields[self._next_question()].widget.attrs["autofocus"] = True

    @property
    def place_fields(self) -> list[forms.BoundField]:
        """What decides which other fields and choices there are, and what stands before it."""
        last = "district" if "district" in self.fields else "country"
        names = list(self.fields)
        return [self[name] for name in names[: names.index(last) + 1] if name in self._own]

    @property
    def detail_fields(self) -> list[forms.BoundField]:
        before = {field.name for field in self.place_fields}
        return [self[name] for name in self.fields if name in self._own and name not in before]

    @property
    def _own(self) -> Mapping[str, Any]:
        """The fields of the address itself, not those that a form built on this one adds."""
        return PostalAddressForm.base_fields

    def clean_rt(self) -> str:
        return _three_digits(self.cleaned_data["rt"])

    def clean_rw(self) -> str:
        return _three_digits(self.cleaned_data["rw"])

    def clean_postcode(self) -> str:
        """In Indonesia what was left empty is the district's usual postcode."""
        written: str = self.cleaned_data["postcode"].upper()
        return written or self._usual_postcode()

    def snapshot(self) -> dict[str, Any]:
        """The checked address as the fields of a PostalAddress; what does not apply is empty."""
        told = {name: self.cleaned_data[name] for name in KEPT if name in self.cleaned_data}
        optional = ("village", "rt", "rw", "landmark", *ABROAD, "postcode")
        told |= {name: self.cleaned_data.get(name, "") for name in optional}
        return told | {"region_id": self.cleaned_data.get("district")}

    def fill(self, address: PostalAddress) -> None:
        """Write the checked address on a row; the caller saves it."""
        for name, value in self.snapshot().items():
            setattr(address, name, value)

    fill.alters_data = True  # type: ignore[attr-defined]

    def _chosen(self, name: str, allowed: Container[str]) -> str:
        """What was chosen, sent or stored, if it is one of the choices."""
        value = str(self[name].value() or "")
        return value if value in allowed else ""

    def _draw_indonesia(self) -> None:
        for name in ABROAD:
            del self.fields[name]
        parent: str | None = None  # provinces have none
        for name in LEVELS:
            field = cast("RegionField", self.fields[name])
            field.offer([] if parent == "" else Region.objects.filter(parent=parent))
            parent = self._chosen(name, field.postcodes)
        postcode = self.fields["postcode"]
        postcode.validators.append(RegexValidator("^[0-9]{5}$", _("Write five digits.")))
        postcode.widget.attrs["inputmode"] = "numeric"
        postcode.help_text = _("If you do not know it, leave it empty.")
        self.initial["postcode"] = self.initial.get("postcode") or self._usual_postcode()

    def _draw_abroad(self, habit: countries.Habit) -> None:
        for name in AT_HOME:
            del self.fields[name]
        if not habit.has_state:
            del self.fields["state"]
        elif habit.needs_state:
            self.fields["state"].required = True
        if habit.postcode == "":
            del self.fields["postcode"]
            return
        postcode = self.fields["postcode"]
        postcode.required = habit.postcode is not None
        pattern = f"^({habit.postcode or LENIENT_POSTCODE})$"
        wrong = _("This is no postcode of the chosen country.")
        flags = re.ASCII | re.IGNORECASE
        postcode.validators.append(RegexValidator(pattern, wrong, flags=flags))

    def _next_question(self) -> str:
        """Where the reader goes on after the form was drawn anew."""
        if self.at != countries.HOME:
            return "street"
        return next((name for name in LEVELS if not self[name].value()), "village")

    def _usual_postcode(self) -> str:
        field = self.fields.get("district")
        if not isinstance(field, RegionField):
            return ""
        return field.postcodes.get(self._chosen("district", field.postcodes), "")


class AddressForm(PostalAddressForm):
    """An address of one's own book."""

    label = forms.CharField(
        label=_("Name of the address"),
        help_text=_("For yourself, such as “Home” or “Office”."),
        max_length=30,
        required=False,
    )
    is_default = forms.BooleanField(label=_("This is my usual address"), required=False)
    field_order = ["label"]

    def fill(self, address: PostalAddress) -> None:
        super().fill(address)
        if isinstance(address, Address):
            address.label = self.cleaned_data["label"]

    fill.alters_data = True  # type: ignore[attr-defined]


def initial_of(address: PostalAddress) -> dict[str, Any]:
    """What an AddressForm shows of a row; `with_region()` saves queries."""
    fields = ("village", "rt", "rw", "landmark", *ABROAD, *KEPT)
    told = {name: getattr(address, name) for name in fields}
    code = address.region_id or ""
    return told | {"province": code[:2], "regency": code[:5], "district": code}


def _phone_field(country: str) -> PhoneNumberField:
    """A number of that country, or any other with its country code."""
    hint = "" if country == countries.HOME else _("With its country code, such as +31 6 12345678.")
    return PhoneNumberField(
        label=_("Phone number"),
        region=country if country in SUPPORTED_REGIONS else None,
        help_text=hint or _("For the courier, such as 0812-3456-7890."),
        error_messages={"invalid": _("This phone number is incomplete or does not exist.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )


def _three_digits(number: str) -> str:
    return number.zfill(3) if number else ""
