from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalogue import listing
from catalogue.forms import PriceTierFormSet, ProductForm, VariantForm, VariantFormSet
from catalogue.models import Photo, PriceTier, Product, ProductMaterial, Variant
from lumajang_crafts.lib.pictured_admin import PicturedForm, thumbnail


class VariantInline(admin.TabularInline[Variant, Product]):
    model = Variant
    form = VariantForm
    formset = VariantFormSet  # type: ignore[assignment]  # the stubs fix the form's type
    extra = 0
    min_num = 1
    show_change_link = True
    readonly_fields = ["on_hand", "reserved"]
    fields = [
        "sku",
        "option1",
        "option1_en",
        "option2",
        "option2_en",
        "price",
        "supply",
        "max_order",
        "is_active",
        "on_hand",
        "reserved",
        "position",
    ]


class MaterialInline(admin.TabularInline[ProductMaterial, Product]):
    model = ProductMaterial
    extra = 0
    autocomplete_fields = ["material"]


class PhotoInline(admin.StackedInline[Photo, Product]):
    model = Photo
    form = PicturedForm[Photo]
    extra = 0
    readonly_fields = ["preview"]
    fields = ["preview", "upload", ("picture_alt", "picture_alt_en"), ("variant", "position")]

    @admin.display(description=_("picture"))
    def preview(self, photo: Photo) -> str:
        return thumbnail(photo)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        """Offer the work's own variants; a new work has none to offer yet."""
        match = request.resolver_match
        if db_field.name == "variant" and match is not None:
            product = match.kwargs.get("object_id")
            options["queryset"] = Variant.objects.filter(product=product).select_related("product")
        return super().formfield_for_foreignkey(db_field, request, **options)


class PriceTierInline(admin.TabularInline[PriceTier, Variant]):
    model = PriceTier
    formset = PriceTierFormSet
    extra = 0


@admin.register(Variant)
class VariantAdmin(admin.ModelAdmin[Variant]):
    """For looking up and for wholesale prices; all else is edited on the product's page."""

    list_display = ["sku", "product", "price", "supply", "on_hand", "reserved", "is_active"]
    list_filter = ["supply", "is_active"]
    list_select_related = ["product"]
    search_fields = ["sku", "product__name"]
    readonly_fields = ["product", "sku", "label", "price", "supply", "on_hand", "reserved"]
    fields = ["product", "sku", "label", "price", "supply", "on_hand", "reserved"]
    inlines = [PriceTierInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Variant, form: Any, change: bool) -> None:
        """Save nothing of the variant: its counters may have moved since the page was drawn."""

    def has_delete_permission(self, request: HttpRequest, obj: Variant | None = None) -> bool:
        return False


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin[Product]):
    form = ProductForm
    list_display = ["name", "artisan", "category", "price_min", "status", "published_at"]
    list_filter = ["status", "category__parent", "artisan__district"]
    list_select_related = ["artisan", "category"]
    search_fields = ["name", "name_en", "artisan__name", "variants__sku"]
    autocomplete_fields = ["artisan", "category"]
    filter_horizontal = ["techniques", "motifs"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["status", "published_at"]
    inlines = [VariantInline, PhotoInline, MaterialInline]
    actions = ["publish", "withdraw"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("artisan", "category"),
                    ("name", "name_en"),
                    "slug",
                    ("description", "description_en"),
                    ("status", "published_at"),
                ]
            },
        ),
        (
            _("How it is made"),
            {
                "fields": [
                    "techniques",
                    "motifs",
                    ("dye", "dye_note", "dye_note_en"),
                    ("made_by", "making_days"),
                    ("care", "care_en"),
                ]
            },
        ),
        (
            _("Options"),
            {
                "fields": [
                    ("option1_name", "option1_name_en"),
                    ("option2_name", "option2_name_en"),
                    ("lead_days", "min_order", "max_order"),
                ]
            },
        ),
        (
            _("Size and parcel"),
            {
                "fields": [
                    ("length_cm", "width_cm", "height_cm", "net_weight_g"),
                    ("packed_length_cm", "packed_width_cm", "packed_height_cm"),
                    "packed_weight_g",
                    ("hs_code", "is_exportable"),
                ]
            },
        ),
    ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        listing.refresh(form.instance)

    @admin.action(description=_("Publish selected products"), permissions=["change"])
    def publish(self, request: HttpRequest, products: QuerySet[Product]) -> None:
        count = 0
        for product in products:
            try:
                listing.publish(product.pk)
                count += 1
            except ValidationError as refusal:
                reasons = " ".join(refusal.messages)
                self.message_user(request, f"{product}: {reasons}", messages.ERROR)
        message = ngettext("%d product published.", "%d products published.", count)
        self.message_user(request, message % count)

    @admin.action(description=_("Withdraw selected products"), permissions=["change"])
    def withdraw(self, request: HttpRequest, products: QuerySet[Product]) -> None:
        published = products.filter(status=Product.Status.PUBLISHED)
        count = len([listing.withdraw(product.pk) for product in published])
        message = ngettext("%d product withdrawn.", "%d products withdrawn.", count)
        self.message_user(request, message % count)
