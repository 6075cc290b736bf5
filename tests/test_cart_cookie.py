"""The cookie that names a guest's cart: what it may do, and what it leaves untouched."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client

from orders import cart_cookie
from orders.models import Cart
from tests.factories import ProductFactory, UserFactory
from tests.order_factories import CartFactory, CartLineFactory

pytestmark = pytest.mark.django_db
NAME = "__Host-cart"
COUNT = '<span class="cart-link__count" data-cart-count>3</span>'
NO_COUNT = '<span class="cart-link__count" data-cart-count hidden></span>'
START = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
PASSWORD = "kain-panjang-7"


def signed(cart, count=3) -> str:
    return signing.dumps((cart.key, count), salt=cart_cookie.SALT)


def holding(client, cart, count=3):
    client.cookies[NAME] = signed(cart, count)
    return client


class TestWithoutIt:
    def test_two_visitors_get_the_same_page_of_a_work_and_no_cookie(self):
        url = ProductFactory().get_absolute_url()

        first, second = Client().get(url), Client().get(url)

        assert first.content == second.content
        assert NO_COUNT in first.text
        assert "csrf" not in first.text
        for answer in (first, second):
            assert dict(answer.cookies) == {}
            assert answer.get("Cache-Control") is None

    def test_looking_at_the_empty_cart_makes_none(self, client):
        response = client.get("/keranjang/")

        assert dict(response.cookies) == {}
        assert Cart.objects.exists() is False


class TestWithIt:
    def test_the_header_shows_its_number_without_a_query(self, client, django_assert_num_queries):
        cart = CartFactory()
        client.get("/tentang/")

        with django_assert_num_queries(0):
            response = holding(client, cart).get("/tentang/")

        assert COUNT in response.text

    @pytest.mark.parametrize("path", ["/", "/katalog/", "/tentang/", "/akun/login/"])
    def test_pages_say_that_they_differ_by_cookie(self, client, path):
        assert "Cookie" in holding(client, CartFactory()).get(path)["Vary"]

    def test_it_opens_the_guest_s_cart(self, client):
        line = CartLineFactory()

        response = holding(client, line.cart, 1).get("/keranjang/")

        assert [seen.key for seen in response.context["basket"].lines] == [line.pk]
        assert NAME not in response.cookies

    def test_a_number_that_is_out_of_date_is_mended_by_the_cart(self, client):
        line = CartLineFactory(quantity=2)

        response = holding(client, line.cart, 9).get("/keranjang/")

        cookie = response.cookies[NAME]
        assert "data-cart-count>2</span>" in response.text
        assert signing.loads(cookie.value, salt=cart_cookie.SALT) == [line.cart.key, 2, 0]
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert cookie["max-age"] == 30 * 24 * 3600

    def test_a_cart_that_is_gone_takes_the_cookie_along(self, client):
        response = holding(client, CartFactory.build()).get("/keranjang/")

        assert response.cookies[NAME].value == ""
        assert response.cookies[NAME]["max-age"] == 0


class TestForged:
    @pytest.mark.parametrize(
        "forge",
        [
            lambda cart: cart.key,
            lambda cart: f"{cart.key}:3",
            lambda cart: signing.dumps((cart.key, 3)),
            lambda cart: signing.dumps((cart.key, 3), key="guessed", salt=cart_cookie.SALT),
            lambda cart: signed(cart)[:-1],
            lambda cart: "x" + signed(cart),
            lambda cart: "%00",
        ],
    )
    def test_it_counts_as_none(self, client, forge):
        line = CartLineFactory()
        client.cookies[NAME] = forge(line.cart)

        response = client.get("/keranjang/")

        assert response.context["basket"].count == 0
        assert NO_COUNT in client.get("/tentang/").text

    def test_it_counts_as_none_after_thirty_days(self, client, time_machine):
        time_machine.move_to(START, tick=False)
        holding(client, CartFactory())
        assert COUNT in client.get("/tentang/").text

        time_machine.shift(30 * 24 * 3600 + 1)

        assert NO_COUNT in client.get("/tentang/").text


class TestSigningIn:
    @pytest.fixture
    def buyer(self, settings):
        settings.ACCOUNT_EMAIL_VERIFICATION = "none"
        return UserFactory()

    def sign_in(self, client, user):
        return client.post("/akun/login/", {"login": user.email, "password": PASSWORD})

    def test_what_a_guest_chose_joins_what_the_account_holds(self, client, buyer):
        own = CartLineFactory(cart=CartFactory(user=buyer))
        chosen = CartLineFactory(quantity=2)
        holding(client, chosen.cart, 2)

        response = self.sign_in(client, buyer)

        assert response.status_code == 302
        mine = Cart.objects.get()
        assert mine.user == buyer
        assert [line.pk for line in mine.lines.all()] == [own.pk, chosen.pk]
        cookie = signing.loads(response.cookies[NAME].value, salt=cart_cookie.SALT)
        assert cookie == [mine.key, 3, buyer.pk]

    def test_an_account_without_a_cart_gets_the_guest_s(self, client, buyer):
        line = CartLineFactory()
        self.sign_in(holding(client, line.cart, 1), buyer)

        assert list(Cart.objects.get(user=buyer).lines.all()) == [line]

    def test_a_cart_of_the_account_shows_in_any_browser(self, client, buyer):
        line = CartLineFactory(cart=CartFactory(user=buyer), quantity=3)

        self.sign_in(client, buyer)

        assert COUNT in client.get("/tentang/").text
        assert client.get("/keranjang/").context["basket"].lines[0].key == line.pk

    def test_signing_in_without_a_cart_makes_none(self, client, buyer):
        response = self.sign_in(client, buyer)

        assert NAME not in response.cookies
        assert Cart.objects.exists() is False

    def test_after_signing_out_nobody_at_this_computer_sees_it(self, client, buyer):
        line = CartLineFactory(cart=CartFactory(user=buyer))
        self.sign_in(client, buyer)

        response = client.post("/akun/logout/")

        assert response.cookies[NAME].value == ""
        assert client.get("/keranjang/").context["basket"].count == 0
        line.refresh_from_db()
        assert line.cart.user == buyer

    def test_a_session_that_ended_by_itself_leaves_not_even_the_number(self, client, buyer):
        CartLineFactory(cart=CartFactory(user=buyer), quantity=3)
        self.sign_in(client, buyer)
        Session.objects.all().delete()

        assert NO_COUNT in client.get("/tentang/").text
        client.get("/keranjang/")
        assert client.cookies[NAME].value == ""

    def test_the_key_of_an_account_s_cart_opens_nothing_to_a_guest(self, client, buyer):
        line = CartLineFactory(cart=CartFactory(user=buyer))

        response = holding(client, line.cart).get("/keranjang/")

        assert response.context["basket"].count == 0

    def test_an_account_holder_s_cookie_opens_no_other_cart(self, client, buyer):
        foreign = CartLineFactory(cart=CartFactory(user=UserFactory()))
        client.force_login(buyer)

        response = holding(client, foreign.cart).get("/keranjang/")

        assert response.context["basket"].count == 0
