"""A shop that sells, and a visitor with a cart at the till."""

import pytest

from tests.checkout_forms import carry, cart_of, shop

PATH = "/checkout/"


@pytest.fixture(autouse=True)
def selling():
    shop()


@pytest.fixture
def cart(client):
    cart = cart_of()
    carry(client, cart)
    return cart
