"""The catalogue's address: what may be asked, checked and turned into a query."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalogue import labels
from catalogue.labels import Label
from catalogue.models import Product
from catalogue.querysets import ProductQuerySet
from catalogue.search import finding
from catalogue.search.finding import Found
from catalogue.search.query import MAX_LENGTH
from catalogue.version import Version

SORTS = {
    "relevance": _("Best match"),
    "newest": _("Newest"),
    "cheapest": _("Lowest price"),
    "dearest": _("Highest price"),
}
FACET_OF = {
    "craft": "shelf",
    "category": "shelf",
}  # one tree of shelves: the other names are facets


class RupiahField(forms.IntegerField):
    """An amount as people write it: 150000, 150.000 or Rp 150.000."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").lower().removeprefix("rp").replace(".", "").replace(" ", "")
        return super().to_python(text)


class RupiahFilter(django_filters.NumberFilter):
    field_class = RupiahField


class SlugsField(forms.Field):
    """Any number of slugs; one that names nothing counts as not chosen."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return [str(slug) for slug in value or []]


class ShelfFilter(django_filters.Filter):
    field_class = SlugsField


class LabelFilter(django_filters.Filter):
    """Works with at least one of the chosen labels of a kind."""

    field_class = SlugsField

    def __init__(self, kind: str, field_name: str, **options: Any) -> None:
        super().__init__(field_name, **options)
        self.kind = kind

    def filter(self, products: ProductQuerySet, slugs: list[str]) -> ProductQuerySet:
        chosen = self.parent.labels.chosen(self.kind, slugs)
        return products.labelled(self.field_name, [label.pk for label in chosen])


class ProductFilter(django_filters.FilterSet):
    """Query parameters are the same in both languages (architecture, section 5)."""

    q = django_filters.CharFilter(
        method="search", max_length=MAX_LENGTH, label=_("Search works or makers")
    )
    craft = ShelfFilter(method="on_shelves", label=_("Craft"))
    category = ShelfFilter(method="on_shelves", label=_("Category"))
    technique = LabelFilter("technique", "techniques", label=_("Technique"))
    material = LabelFilter("material", "materials", label=_("Material"))
    motif = LabelFilter("motif", "motifs", label=_("Motif"))
    district = LabelFilter("district", "artisan__district", label=_("District"))
    artisan = LabelFilter("artisan", "artisan", label=_("Maker"))
    price_min = RupiahFilter(
        field_name="price_min", lookup_expr="gte", min_value=0, label=_("From (Rp)")
    )
    price_max = RupiahFilter(
        field_name="price_min", lookup_expr="lte", min_value=0, label=_("To (Rp)")
    )
    available = django_filters.BooleanFilter(method="only_available", label=_("Available now"))
    sort = django_filters.ChoiceFilter(
        method="leave", choices=list(SORTS.items()), label=_("Sort"), empty_label=None
    )

    class Meta:
        model = Product
        fields: list[str] = []

    def __init__(self, data: QueryDict | Mapping[str, Any], version: Version) -> None:
        """Read the choices against the labels of this version of the catalogue."""
        self.version = version
        self.labels = labels.load(version)
        super().__init__(data, Product.objects.published())

    @cached_property
    def values(self) -> dict[str, Any]:
        """Every choice that could be understood; what could not counts as not made."""
        self.form.full_clean()
        values = {name: self.form.cleaned_data.get(name) for name in self.filters}
        for kind in labels.KINDS:
            chosen = self.labels.chosen(kind, values[kind])
            values[kind] = [label.slug for label in chosen]
        return values

    @cached_property
    def query(self) -> str:
        """The choices in one spelling, page left out: equal queries give equal lists."""
        made = {name: value for name, value in self.values.items() if value not in (None, "", [])}
        return urlencode(sorted(made.items()), doseq=True)

    @cached_property
    def found(self) -> Found | None:
        """What the search made of the words, if there are any."""
        return finding.find(self.values["q"], self.version) if self.values["q"] else None

    @property
    def understood_district(self) -> str:
        """The name of the place that the words said, if they did."""
        slug = self.found.question.district if self.found else ""
        return self.labels.of("district")[slug].name if slug else ""

    @property
    def sorting(self) -> str:
        """The order in force: the reader's, the wording's ("murah"), else the best match or the newest."""
        wished = self.values["sort"] or (self.found.question.sort if self.found else "")
        has_rank = self.found is not None and bool(self.found.tsquery)
        if wished and (wished != "relevance" or has_rank):
            return str(wished)
        return "relevance" if has_rank else "newest"

    @property
    def products(self) -> ProductQuerySet:
        """The list: every choice applied, in order."""
        products = self.without()
        if self.sorting == "relevance" and self.found is not None:
            return products.best_matching(self.found.tsquery)
        order = {
            "cheapest": ProductQuerySet.cheapest,
            "dearest": ProductQuerySet.dearest,
        }.get(self.sorting, ProductQuerySet.newest)
        return order(products)

    @property
    def near(self) -> ProductQuerySet:
        """What to show beside an empty list: works with any of the words, else those of the shelves."""
        if self.found is not None and self.found.near:
            return Product.objects.published().best_matching(self.found.near)
        kept = {name: self.values[name] for name in ("craft", "category") if self.values[name]}
        return ProductFilter(QueryDict(urlencode(kept, doseq=True)), self.version).products

    def without(self, facet: str = "") -> ProductQuerySet:
        """The works that every choice but those of one facet leaves: what that facet counts."""
        products: ProductQuerySet = Product.objects.published()
        for name, value in self.values.items():
            if FACET_OF.get(name, name) != facet and value not in (None, "", []):
                products = self.filters[name].filter(products, value)
        return products

    def shelves(self) -> tuple[list[Label], list[Label]]:
        """Return the chosen categories, and the chosen crafts that no chosen category narrows."""
        categories = self.labels.chosen("category", self.values["category"])
        narrowed = {label.parent for label in categories}
        crafts = self.labels.chosen("craft", self.values["craft"])
        return categories, [label for label in crafts if label.pk not in narrowed]

    def on_shelves(self, products: ProductQuerySet, name: str, value: Any) -> ProductQuerySet:
        categories, crafts = self.shelves()
        return products.filter(
            Q(category__in=[label.pk for label in categories])
            | Q(category__parent__in=[label.pk for label in crafts])
        )

    def search(self, products: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        """Apply what the words say; a price chosen by hand outranks one that was written."""
        found = self.found
        if found is None or found.is_empty:
            return products.none()
        asked = found.question
        if found.tsquery:
            products = products.matching(found.tsquery)
        if asked.district:
            products = products.filter(artisan__district__slug=asked.district)
        if asked.price_min is not None and self.values["price_min"] is None:
            products = products.filter(price_min__gte=asked.price_min)
        if asked.price_max is not None and self.values["price_max"] is None:
            products = products.filter(price_min__lte=asked.price_max)
        return products

    def only_available(self, products: ProductQuerySet, name: str, value: bool) -> ProductQuerySet:
        return products.available() if value else products

    def leave(self, products: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        """An order narrows nothing."""
        return products
