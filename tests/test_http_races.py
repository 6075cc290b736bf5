"""Races as buyers cause them: whole requests over HTTP, all at once."""

import threading
import time

import pytest
from django.db import connections

from catalogue import stock
from catalogue.models import Variant
from orders import invariants
from orders.models import Order
from tests import money_rows
from tests.factories import ProductFactory
from tests.races import at_once
from tests.scale import rounds
from tests.shoppers import Shopper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("http")]


@pytest.fixture
def site(settings, plain_http, live_server):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    money_rows.account()
    return live_server.url


@pytest.fixture
def last_cloth():
    variant = ProductFactory(variant__on_hand=0, variant__sku="KAIN").variants.get()
    stock.move(variant.pk, 1, "received")
    return variant


def shoppers(site, count):
    """Buyers with the last cloth in their carts, each before the button that orders it."""
    found = [Shopper(site, number) for number in range(count)]
    for shopper in found:
        shopper.add("KAIN")
    return [(shopper, shopper.reckon()) for shopper in found]


def press(crowd, **options):
    return at_once(len(crowd), lambda place: crowd[place][0].order(crowd[place][1]), **options)


def faults():
    return list(invariants.faults(at_rest=True))


def test_many_press_order_on_the_last_cloth_and_one_gets_it(site, last_cloth):
    crowd = shoppers(site, rounds(24, 200))

    answers = press(crowd, connections=12)

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    codes = [answer.status_code for answer in answers]
    assert codes.count(303) == 1
    assert set(codes) <= {200, 302, 303}
    assert Order.objects.count() == 1
    assert Variant.objects.get(pk=last_cloth.pk).reserved == 1
    assert faults() == []


def test_control_without_the_lock_the_last_cloth_is_sold_to_more_than_one(
    site, last_cloth, monkeypatch
):
    everyone_looked = threading.Barrier(4)

    def unlocked(variants):
        rows = list(Variant.objects.filter(pk__in=variants).order_by("pk"))
        try:
            everyone_looked.wait(timeout=3)
        except threading.BrokenBarrierError:
            time.sleep(0)
        return rows

    monkeypatch.setattr(stock, "lock", unlocked)
    crowd = shoppers(site, 4)

    answers = press(crowd)

    assert [answer.status_code for answer in answers].count(303) > 1
    assert faults() != []


def test_twenty_presses_of_one_button_make_one_order(site, last_cloth):
    stock.move(last_cloth.pk, 50, "received")

    answers = press(20 * shoppers(site, 1))

    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert Order.objects.count() == 1
    assert faults() == []


@pytest.fixture(autouse=True)
def _close(live_server):
    yield
    connections.close_all()
