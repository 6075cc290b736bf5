"""Account holders at the checkout, and what everybody agrees to."""

import datetime

import pytest

from accounts.models import Address
from orders.models import Order
from tests.checkout_forms import cart_of, filled
from tests.checkout_visits import PATH, cart, selling
from tests.factories import AddressFactory, DocumentFactory, UserFactory
from tests.order_factories import CartFactory, CartLineFactory

__all__ = ["cart", "selling"]  # fixtures


pytestmark = pytest.mark.django_db


class TestAccounts:
    @pytest.fixture
    def user(self, client):
        user = UserFactory(phone="+6281200000001")
        client.force_login(user)
        return user

    def test_what_is_known_stands_there_already(self, client, user):
        cart_of(user=user)
        AddressFactory(user=user, label="Rumah", street="Jl. Mawar 2")

        html = client.get(PATH).text

        assert f'value="{user.email}"' in html
        assert "Jl. Mawar 2" in html
        assert "Kurir Contoh Reguler" in html
        assert "Buat pesanan, Rp163.000" in html

    def test_a_saved_address_is_copied_to_the_order(self, client, user):
        address = AddressFactory(user=user, recipient="Ibu di rumah")
        cart = cart_of(user=user)
        client.post(PATH, filled(cart, saved=address.pk, district="", village=""))
        address.street = "Jl. Lain"
        address.save()

        order = Order.objects.get()
        assert order.user == user
        assert order.destination.recipient == "Ibu di rumah"
        assert order.destination.street == "Jl. Contoh No. 1"

    def test_an_address_of_somebody_else_cannot_be_chosen(self, client, user):
        foreign = AddressFactory(recipient="Rahasia")
        cart = cart_of(user=user)
        response = client.post(PATH, filled(cart, saved=foreign.pk))

        assert Order.objects.exists() is False
        assert "Rahasia" not in response.text

    @pytest.mark.parametrize(("keep", "kept"), [("on", 1), (None, 0)])
    def test_a_new_address_is_kept_only_if_wished(self, client, user, keep, kept):
        cart = cart_of(user=user)
        client.post(PATH, filled(cart, saved="other", keep=keep))

        assert Order.objects.count() == 1
        assert Address.objects.for_user(user).filter(village="Tempeh Lor").count() == kept

    def test_the_same_address_is_kept_once(self, client, user):
        for _round in range(2):
            cart = CartFactory._meta.model.objects.filter(user=user).first() or cart_of(user=user)
            if not cart.lines.exists():
                CartLineFactory(cart=cart)
            client.post(PATH, filled(cart, saved="other", keep="on"))

        assert Order.objects.count() == 2
        assert Address.objects.for_user(user).count() == 1


class TestConsent:
    def test_new_documents_must_be_read_first(self, client, cart):
        DocumentFactory(kind="terms", version="2026-02", valid_from=datetime.date(2026, 2, 1))

        response = client.post(PATH, filled(cart))

        assert "Dokumennya sudah berubah. Baca dulu versi yang baru." in response.text
        assert 'name="terms" value="2026-02"' in response.text
        assert Order.objects.exists() is False
