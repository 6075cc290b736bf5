"""A visitor with a cart, and what the page says to them."""

import pytest

from tests.factories import (
    UserFactory,
)
from tests.order_factories import CartFactory


@pytest.fixture
def cart(client):
    """An account holder's cart; guests' cookies are told in test_cart_cookie.py."""
    user = UserFactory()
    client.force_login(user)
    return CartFactory(user=user)


def said(response) -> list[str]:
    """The messages on the page that the answer leads to."""
    return [str(message) for message in response.context["messages"]]
