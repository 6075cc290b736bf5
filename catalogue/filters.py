"""The catalogue's address: what may be asked, checked and turned into a query."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from artisans.models import Artisan, District
from catalogue.models import Category, Product
from catalogue.querysets import ProductQuerySet

SORTS = {
    "newest": ProductQuerySet.newest,
    "cheapest": ProductQuerySet.cheapest,
    "dearest": ProductQuerySet.dearest,
}
MAX_WORDS = 8


class RupiahField(forms.IntegerField):
    """An amount as people write it: 150000, 150.000 or Rp 150.000."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").lower().removeprefix("rp").replace(".", "").replace(" ", "")
        return super().to_python(text)


class RupiahFilter(django_filters.NumberFilter):
    field_class = RupiahField


class ProductFilter(django_filters.FilterSet):
    """Query parameters are the same in both languages (architecture, section 5)."""

    q = django_filters.CharFilter(method="search", label=_("Search works or makers"))
    craft = django_filters.ModelMultipleChoiceFilter(
        field_name="category__parent__slug",
        queryset=Category.objects.crafts(),
        to_field_name="slug",
        label=_("Craft"),
    )
    category = django_filters.ModelMultipleChoiceFilter(
        field_name="category__slug",
        queryset=Category.objects.exclude(parent=None),
        to_field_name="slug",
        label=_("Category"),
    )
    district = django_filters.ModelMultipleChoiceFilter(
        field_name="artisan__district__slug",
        queryset=District.objects.all(),
        to_field_name="slug",
        label=_("District"),
    )
    artisan = django_filters.ModelMultipleChoiceFilter(
        field_name="artisan__slug",
        queryset=Artisan.objects.published(),
        to_field_name="slug",
        label=_("Maker"),
    )
    price_min = RupiahFilter(
        field_name="price_min", lookup_expr="gte", min_value=0, label=_("From (Rp)")
    )
    price_max = RupiahFilter(
        field_name="price_min", lookup_expr="lte", min_value=0, label=_("To (Rp)")
    )
    available = django_filters.BooleanFilter(method="only_available", label=_("Available now"))
    sort = django_filters.ChoiceFilter(
        method="order",
        choices=[
            ("newest", _("Newest")),
            ("cheapest", _("Lowest price")),
            ("dearest", _("Highest price")),
        ],
        label=_("Sort"),
        empty_label=None,
    )

    class Meta:
        model = Product
        fields: list[str] = []

    def search(self, products: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        """Keep works whose name, maker or place holds every word."""
        for word in value.split()[:MAX_WORDS]:
            products = products.filter(
                Q(name__unaccent__icontains=word)
                | Q(name_en__unaccent__icontains=word)
                | Q(artisan__name__unaccent__icontains=word)
                | Q(artisan__maker_name__unaccent__icontains=word)
                | Q(artisan__district__name__unaccent__icontains=word)
            )
        return products

    def only_available(self, products: ProductQuerySet, name: str, value: bool) -> ProductQuerySet:
        return products.available() if value else products

    def order(self, products: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        return SORTS[value](products)

    @property
    def values(self) -> dict[str, Any]:
        """Every choice that could be understood; what could not counts as not made."""
        return {name: self.form.cleaned_data.get(name) for name in self.filters}

    def without(self, *names: str) -> ProductQuerySet:
        """The published works that every other choice leaves: what a facet counts."""
        products: ProductQuerySet = Product.objects.published()
        for name, value in self.form.cleaned_data.items():
            if name not in {*names, "sort"}:
                products = self.filters[name].filter(products, value)
        return products
