"""A purchase as checkout hands it to the act, and what must hold afterwards."""

import dataclasses

import pytest

from catalogue.models import StockMovement, Variant
from orders import basket, invariants, totals
from orders.checkout import Purchase
from orders.delivery import Place
from orders.models import Cart, Destination, Payment, SalesPolicy
from orders.totals import Wishes
from tests.checkout_forms import shop

TEMPEH = Place("ID", "35.08.05")


@pytest.fixture(autouse=True)
def selling():
    shop()


def purchase(cart: Cart, **changes: object) -> Purchase:
    """What a guest wishes who saw the total; everything by courier."""
    makers = {line.variant.product.artisan_id for line in cart.lines.all()}
    wishes = changes.pop("wishes", Wishes(codes=dict.fromkeys(makers, "contoh")))
    found = totals.reckon(basket.read(cart), TEMPEH, wishes, SalesPolicy.objects.current())
    wanted = Purchase(
        key=cart.checkout_key,
        name="Retno Contoh",
        phone="+6281234567890",
        email="Retno@Contoh.example",
        language="id",
        method=Payment.Method.TRANSFER,
        shown_total=found.total,
        place=TEMPEH,
        destination=Destination(
            recipient="Retno Contoh",
            phone="+6281234567890",
            region_id="35.08.05",
            village="Tempeh Lor",
            street="Jalan Kenanga 14",
            postcode="67371",
        ),
        wishes=wishes,
    )
    return dataclasses.replace(wanted, **changes)


def agree() -> None:
    """Every rule that the whole database must obey; the factories' pieces were received."""
    for variant in Variant.objects.exclude(on_hand=0):
        StockMovement.objects.create(
            variant=variant, reason="received", quantity=variant.on_hand, note="contoh"
        )
    assert list(invariants.faults(at_rest=True)) == []
