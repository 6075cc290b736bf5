"""Carts for tests, each as small as the constraints allow."""

import factory
from factory.django import DjangoModelFactory

from catalogue.models import PriceTier
from orders.models import Cart, CartLine
from tests.factories import ProductFactory


class CartFactory(DjangoModelFactory):
    """A guest's cart; give `user` for that of an account holder."""

    class Meta:
        model = Cart


class CartLineFactory(DjangoModelFactory):
    """One piece of a published work at today's price; `work__…` goes to the product."""

    class Meta:
        model = CartLine
        exclude = ["work"]

    class Params:
        price = None

    cart = factory.SubFactory(CartFactory)
    work = factory.SubFactory(ProductFactory)
    variant = factory.LazyAttribute(lambda line: line.work.variants.get())
    quantity = 1
    price_seen = factory.LazyAttribute(lambda line: line.price or line.variant.price)


class PriceTierFactory(DjangoModelFactory):
    class Meta:
        model = PriceTier

    min_quantity = 10
    price = 120_000
