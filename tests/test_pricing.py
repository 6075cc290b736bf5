"""What so many pieces cost, and how many one order may hold."""

import pytest

from orders import pricing
from tests.cart_rows import for_sale
from tests.factories import (
    ArtisanFactory,
    DraftFactory,
    ProductFactory,
    VariantFactory,
)
from tests.order_factories import PriceTierFactory


@pytest.mark.django_db
class TestPrice:
    @pytest.mark.parametrize(
        ("quantity", "price"), [(1, 150_000), (9, 150_000), (10, 120_000), (50, 99_000)]
    )
    def test_many_cost_less_each(self, quantity, price):
        variant = VariantFactory(price=150_000)
        PriceTierFactory(variant=variant, min_quantity=50, price=99_000)
        PriceTierFactory(variant=variant, min_quantity=10, price=120_000)

        assert pricing.unit_price(variant, quantity) == price

    def test_many_never_cost_more_each_than_one(self):
        variant = VariantFactory(price=100_000)
        PriceTierFactory(variant=variant, price=120_000)

        assert pricing.unit_price(variant, 10) == 100_000
        assert variant.wholesale == []

    @pytest.mark.parametrize(
        ("is_registered", "amount", "tax"),
        [(True, 100_000, 11_000), (True, 99, 10), (True, 0, 0), (False, 100_000, 0)],
    )
    def test_tax_is_due_from_the_registered_and_rounded_down(self, is_registered, amount, tax):
        artisan = ArtisanFactory.build(is_vat_registered=is_registered)

        assert pricing.vat(artisan, amount, 110) == tax


@pytest.mark.django_db
class TestBounds:
    @pytest.mark.parametrize(
        ("fields", "bounds"),
        [
            ({"on_hand": 5}, (1, 5)),
            ({"on_hand": 5, "reserved": 2}, (1, 3)),
            ({"on_hand": 5, "max_order": 2}, (1, 5)),
            ({"on_hand": 9, "order": {"max_order": 4, "min_order": 2}}, (2, 4)),
            ({"on_hand": 0, "supply": "made_to_order", "max_order": 7}, (1, 7)),
            (
                {
                    "on_hand": 0,
                    "supply": "made_to_order",
                    "max_order": 7,
                    "order": {"max_order": 4},
                },
                (1, 4),
            ),
            ({"on_hand": 1, "supply": "one_of_a_kind"}, (1, 1)),
            ({"on_hand": 0, "supply": "one_of_a_kind"}, (1, 0)),
        ],
    )
    def test_the_least_of_all_bounds_holds(self, fields, bounds):
        product = DraftFactory(**fields.pop("order", {}))

        assert pricing.bounds(VariantFactory(product=product, **fields)) == bounds

    @pytest.mark.parametrize(
        ("fields", "quantity", "reason"),
        [
            ({"on_hand": 3}, 3, ""),
            ({"on_hand": 3}, 4, "Sisa 3."),
            ({"on_hand": 0}, 1, "Habis."),
            ({"on_hand": 9, "min_order": 3}, 2, "Pembelian minimum 3 buah."),
            ({"on_hand": 2, "min_order": 3}, 3, "Habis."),
            ({"on_hand": 9, "max_order": 4}, 5, "Paling banyak 4 untuk satu pesanan."),
            ({"on_hand": 0, "supply": "one_of_a_kind"}, 1, "Terjual. Karya ini hanya ada satu."),
        ],
    )
    def test_why_not_is_said(self, fields, quantity, reason):
        product = ProductFactory(
            **{name: fields.pop(name) for name in ("min_order", "max_order") if name in fields},
            **{f"variant__{name}": value for name, value in fields.items()},
        )

        assert pricing.refusal(product.variants.get(), quantity) == reason

    @pytest.mark.parametrize("change", ["variant", "product", "artisan"])
    def test_what_is_withdrawn_cannot_be_ordered(self, change):
        variant = for_sale()
        if change == "variant":
            variant.is_active = False
        elif change == "product":
            variant.product.status = "archived"
        else:
            variant.product.artisan.status = "suspended"

        assert pricing.refusal(variant, 1) == "Tidak ditawarkan lagi."
