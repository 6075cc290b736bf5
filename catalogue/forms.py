"""Forms of the catalogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue import stock, truth
from catalogue.models import ListingReport, PriceTier, Product, StockMovement, Variant


class StyleForm(forms.Form):
    """Shows the form components on the style page, one of them in error."""

    name = forms.CharField(label=_("Name"), help_text=_("As it should stand on the parcel."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea)
    craft = forms.ChoiceField(
        label=_("Craft"), choices=[("batik", "Batik"), ("kayu", _("Wood"))], required=False
    )
    agree = forms.BooleanField(label=_("I agree"), required=False)


class ProductForm(forms.ModelForm[Product]):
    """A listing as staff write it; it must not call itself batik without being it."""

    class Meta:
        model = Product
        exclude = ["price_min", "price_max"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        names = {field: cleaned.get(field) or "" for field in ("name", "name_en")}
        truth.check_batik(names, cleaned.get("category"), cleaned.get("techniques") or [])
        return cleaned


class VariantForm(forms.ModelForm[Variant]):
    class Meta:
        model = Variant
        exclude = ["on_hand", "reserved"]

    def clean_supply(self) -> str:
        """A kind of supply that has a stock history stays what it is."""
        supply: str = self.cleaned_data["supply"]
        if "supply" in self.changed_data and self.instance.pk and self.instance.movements.exists():
            raise forms.ValidationError(
                _("This variant has a stock history. Add a new variant instead.")
            )
        return supply

    def clean_price(self) -> int:
        """One piece never costs less than many do."""
        price: int = self.cleaned_data["price"]
        is_changed = "price" in self.changed_data and self.instance.pk
        if is_changed and self.instance.tiers.filter(price__gte=price).exists():
            raise forms.ValidationError(
                _("The price must stay above the wholesale prices of this variant.")
            )
        return price


class VariantFormSet(forms.BaseInlineFormSet[Variant, Product, VariantForm]):
    def clean(self) -> None:
        """A work that visitors see always offers something."""
        super().clean()
        is_published = self.instance.status == Product.Status.PUBLISHED
        kept = [form for form in self.forms if form not in self.deleted_forms]
        offered = any(form.cleaned_data.get("is_active") for form in kept if form.is_valid())
        if is_published and not offered:
            raise forms.ValidationError(
                _("A published work offers at least one variant. Withdraw the work instead.")
            )


class PriceTierFormSet(
    forms.BaseInlineFormSet[PriceTier, Variant, forms.ModelForm[PriceTier]],
):
    def clean(self) -> None:
        """Prices begin below that of one piece and fall as the number grows."""
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms and form.is_valid()]
        rows = [form.cleaned_data for form in kept if "price" in form.cleaned_data]
        steps = sorted((row["min_quantity"], row["price"]) for row in rows)
        prices = [price for _quantity, price in steps]
        if prices and prices[0] >= self.instance.price:
            raise forms.ValidationError(
                _("A wholesale price must be below the price of one piece.")
            )
        if prices != sorted(set(prices), reverse=True):
            raise forms.ValidationError(_("The more pieces, the lower the price of one."))


class StockMovementForm(forms.ModelForm[StockMovement]):
    class Meta:
        model = StockMovement
        fields = ["variant", "reason", "quantity", "note"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        variant, quantity = cleaned.get("variant"), cleaned.get("quantity")
        reason = cleaned.get("reason")
        if variant is not None and quantity is not None and reason:
            try:
                stock.check(variant, quantity, StockMovement.Reason(reason))
            except stock.StockRefused as refusal:
                self.add_error("quantity", str(refusal))
        return cleaned


class ListingReportForm(forms.Form):
    """What a visitor doubts about a work. `website` is bait: people do not see it."""

    reason = forms.ChoiceField(
        label=_("What is the matter?"),
        choices=[("", _("Choose a reason")), *ListingReport.Reason.choices],
    )
    text = forms.CharField(
        label=_("Tell us more"),
        help_text=_("What did you see, and how do you know? Up to 2,000 characters."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    contact = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only if you would like an answer. Curators alone can read it."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_baited(self) -> bool:
        return bool(self.cleaned_data["website"])
