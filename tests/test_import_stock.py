"""Pieces of many variants at once: the counter and its ledger still move together."""

import pytest
from django.db.models import Sum

from catalogue import stock
from catalogue.models import Product, StockMovement, Variant
from tests.factories import DraftFactory, VariantFactory
from tests.spreadsheets import good, imported, row, stock_the_shelves, workbook

pytestmark = pytest.mark.django_db


def fresh(**fields) -> Variant:
    return VariantFactory.build(product=DraftFactory(), **fields)


class TestCreating:
    def test_new_variants_begin_with_their_pieces_in_the_ledger(self):
        stock.create([fresh(on_hand=4), fresh(on_hand=0)], note="daftar.xlsx")

        movement = StockMovement.objects.get()
        assert (movement.reason, movement.quantity, movement.note) == ("received", 4, "daftar.xlsx")
        assert list(Variant.objects.order_by("pk").values_list("on_hand", flat=True)) == [4, 0]

    def test_a_one_of_a_kind_that_began_is_never_received_again(self):
        unique = fresh(on_hand=1, supply="one_of_a_kind")
        stock.create([unique])
        stock.move(unique.pk, -1, StockMovement.Reason.SOLD)

        with pytest.raises(stock.StockRefused):
            stock.move(unique.pk, 1, StockMovement.Reason.RECEIVED)

    @pytest.mark.parametrize(
        "fields",
        [
            {"supply": "made_to_order", "max_order": 2, "on_hand": 1},
            {"supply": "one_of_a_kind", "on_hand": 2},
        ],
    )
    def test_impossible_beginnings_are_refused_before_anything_is_written(self, fields):
        with pytest.raises(stock.StockRefused):
            stock.create([fresh(on_hand=1), fresh(**fields)])

        assert (Variant.objects.count(), StockMovement.objects.count()) == (0, 0)


class TestRecounting:
    def test_differences_are_recorded_and_equal_numbers_are_not(self):
        up, down, same = (VariantFactory(on_hand=3) for _ in range(3))

        movements, refused = stock.recount({up.pk: 5, down.pk: 0, same.pk: 3}, note="hitung")

        assert [(movement.quantity, movement.reason) for movement in movements] == [
            (2, "corrected"),
            (-3, "corrected"),
        ]
        assert refused == {}
        assert StockMovement.objects.aggregate(n=Sum("quantity"))["n"] == -1
        assert list(Variant.objects.order_by("pk").values_list("on_hand", flat=True)) == [5, 0, 3]

    def test_what_is_refused_stays_and_the_others_change(self):
        promised = VariantFactory(on_hand=3, reserved=2)
        free = VariantFactory(on_hand=3)

        movements, refused = stock.recount({promised.pk: 1, free.pk: 1})

        assert list(refused) == [promised.pk]
        assert [movement.variant_id for movement in movements] == [free.pk]
        promised.refresh_from_db()
        assert promised.on_hand == 3

    def test_the_second_piece_of_a_one_of_a_kind_is_refused(self):
        unique = VariantFactory(on_hand=1, supply="one_of_a_kind")

        assert list(stock.recount({unique.pk: 2})[1]) == [unique.pk]


def test_a_refused_count_takes_back_only_its_own_product(tmp_path):
    maker = stock_the_shelves()
    promised = VariantFactory(on_hand=3, reserved=2, product__artisan=maker)
    path = tmp_path / "produk.xlsx"
    imported(workbook(path, [good()]))
    rows = [
        row(SKU=promised.sku, Stok=1, Harga=99_000),
        row(SKU="KL-1", Stok=2, Harga=99_000, Opsi_1="Merah", Nama_opsi_1="Warna"),
        row(SKU="KL-2", Stok=7, Harga=88_000, Opsi_1="Biru"),
    ]

    said, code = imported(workbook(path, rows), "--partial", language="en")

    promised.refresh_from_db()
    assert (code, promised.price, promised.on_hand) == (2, 150_000, 3)
    assert list(Variant.objects.order_by("pk").values_list("sku", "price", "on_hand")[1:]) == [
        ("KL-1", 99_000, 2),
        ("KL-2", 88_000, 7),
    ]
    assert Product.objects.get(name="Keranjang bambu").price_min == 88_000
    assert "Products: 0 new, 1 changed, 0 unchanged. New variants: 1. Counted again: 1." in said
