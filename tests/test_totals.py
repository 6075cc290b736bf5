"""What may leave the country, and what stays, in one parcel or in several."""

import pytest

from orders import basket, totals
from orders.delivery import Place
from orders.models import CourierService, Rate, SalesPolicy, Zone
from orders.totals import Wishes
from tests.order_factories import CartFactory, CartLineFactory

pytestmark = pytest.mark.django_db
TEMPEH, SINGAPORE = Place("ID", "35.08.05"), Place("SG")


@pytest.fixture
def cart():
    """Two workshops; a work of the second may not be sent abroad."""
    for kind, area in (("domestic", "35"), ("foreign", "SG")):
        service = CourierService.objects.create(code=kind, carrier="Kurir", name=kind, kind=kind)
        zone = Zone.objects.create(code=kind, name=kind, areas=[area])
        price = {"first_price": 10_000, "next_price": 5_000}
        Rate.objects.create(service=service, zone=zone, days_min=1, days_max=2, **price)
    cart = CartFactory()
    CartLineFactory(cart=cart)
    CartLineFactory(cart=cart, work__is_exportable=False, work__name="Patung kayu")
    return cart


def reckon(cart, place, **wishes):
    return totals.reckon(basket.read(cart), place, Wishes(**wishes), SalesPolicy())


def test_at_home_one_parcel_takes_everything(cart):
    found = reckon(cart, TEMPEH, together=True, one="domestic")

    assert found.is_complete
    assert [option.refusal for option in found.options] == [""]
    assert found.shipping == 10_000


def test_abroad_one_parcel_names_what_stays(cart):
    found = reckon(cart, SINGAPORE, together=True, one="foreign")

    assert found.is_complete is False
    assert [option.refusal for option in found.options] == [
        "Patung kayu tidak dikirim ke luar negeri."
    ]


def test_abroad_only_the_workshop_concerned_is_refused(cart):
    found = reckon(cart, SINGAPORE)

    assert [part.chosen is not None for part in found.parts] == [True, False]
    assert found.is_complete is False
