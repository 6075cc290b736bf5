"""What the checkout refuses: each time with a sentence, with everything typed, with nothing done."""

import pytest
from django.db import OperationalError
from django.test import Client

from catalogue.models import Variant
from orders import checkout, paying
from orders.models import BankAccount, CourierService, Order, QrisCode, SalesPolicy
from tests.checkout_forms import carry, cart_of, filled
from tests.checkout_visits import PATH, cart, selling
from tests.factories import UserFactory
from tests.order_factories import CartLineFactory

__all__ = ["cart", "selling"]  # fixtures
pytestmark = pytest.mark.django_db


def refused(client, sent) -> str:
    """The page that answers; no order and no promise came of it."""
    response = client.post(PATH, sent)

    assert response.status_code == 200
    assert "<title>Galat: " in response.text
    assert Order.objects.exists() is False
    assert Variant.objects.exclude(reserved=0).exists() is False
    return response.text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Nama Anda: Bidang ini tidak boleh kosong."),
        ("mobile", "0812", "Nomor ini belum lengkap. Tulis seperti 0812-3456-7890."),
        ("email", "retno@", "Surel: Masukkan alamat email yang valid."),
        ("district", "", "Pilih kecamatan"),
        ("street", "", "Bidang ini tidak boleh kosong."),
        ("method", "", "Pilih cara bayar."),
        ("method", "gold", "Pilih cara bayar."),
        ("consent", None, "Centang persetujuan ini; tanpa itu kami tidak boleh menjual."),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_it_and_on_top(
    client, cart, field, value, sentence
):
    html = refused(client, filled(cart, **{field: value}))

    assert sentence in html
    assert html.count("form-field--error") == 1
    assert f'href="#id_{field}"' in html
    assert 'class="error-summary"' in html
    assert 'value="Tempeh Lor"' in html  # what was typed is kept


def test_a_total_that_was_not_shown_is_never_charged(client, cart):
    html = refused(client, filled(cart, shown_total=150_000))

    assert "Totalnya kini Rp163.000, bukan Rp150.000. Periksa, lalu buat pesanan." in html
    assert 'name="shown_total" value="163000"' in html
    assert client.post(PATH, filled(cart)).status_code == 303


def test_a_way_that_was_not_chosen_is_never_taken(client, cart):
    maker = cart.lines.get().variant.product.artisan_id

    refused(client, filled(cart, **{f"way_{maker}": "gone-courier"}))


def test_a_price_that_changed_is_shown_and_can_be_accepted(client, cart):
    sent = filled(cart)
    Variant.objects.update(price=160_000)
    response = client.post(PATH, sent)

    assert Order.objects.exists() is False
    assert "Harga satuan berubah dari Rp150.000 menjadi Rp160.000." in response.text
    assert "Setujui harga baru" in response.text
    line = cart.lines.get()
    accepted = client.post(PATH, sent | {"intent": "accept", f"price_{line.pk}": 160_000})
    assert "Buat pesanan, Rp173.000" in accepted.text
    assert client.post(PATH, sent | {"shown_total": 173_000}).status_code == 303


class TestSoldMeanwhile:
    @pytest.fixture
    def two(self, client):
        """A cart of two workshops; the second work is sold while the buyer types."""
        cart = cart_of(2)
        carry(client, cart)
        self.sent = filled(cart)
        self.gone = cart.lines.order_by("pk").last()
        Variant.objects.filter(pk=self.gone.variant_id).update(on_hand=0)
        return cart

    def test_the_page_says_which_and_keeps_the_cart(self, client, two):
        response = client.post(PATH, self.sent)

        html = response.text
        assert f"{self.gone.variant.product.name}</b>: Habis." in html
        assert "Lanjutkan tanpa karya itu" in html
        assert 'value="Tempeh Lor"' in html
        assert 'value="place"' not in html
        assert two.lines.count() == 2
        assert Order.objects.exists() is False

    def test_going_on_leaves_out_exactly_that(self, client, two):
        sent = self.sent | {"intent": "without", "without": [self.gone.pk]}
        response = client.post(PATH, sent)

        assert "Buat pesanan, Rp163.000" in response.text
        assert 'value="Tempeh Lor"' in response.text
        assert self.gone.pk not in two.lines.values_list("pk", flat=True)
        assert two.lines.count() == 1

    def test_lines_of_another_cart_stay(self, client, two):
        foreign = CartLineFactory()
        client.post(PATH, self.sent | {"intent": "without", "without": [foreign.pk]})

        assert type(foreign).objects.filter(pk=foreign.pk).exists()
        assert two.lines.count() == 2

    def test_it_is_said_also_when_the_race_is_lost_at_the_last_moment(
        self, client, cart, monkeypatch
    ):
        real = checkout.place

        def place(*args):
            Variant.objects.update(on_hand=0)
            return real(*args)

        CartLineFactory(cart=cart)
        monkeypatch.setattr(checkout, "place", place)
        response = client.post(PATH, filled(cart))

        assert response.text.count("</b>: Habis.") == 2
        assert Order.objects.exists() is False


def test_too_many_unpaid_orders_are_said(client, cart):
    SalesPolicy.objects.create(max_unpaid_orders=1)
    client.post(PATH, filled(cart))
    second = cart_of()
    carry(client, second)
    response = client.post(PATH, filled(second))

    assert "Anda punya 1 pesanan yang menunggu pembayaran." in response.text
    assert Order.objects.count() == 1
    assert second.lines.count() == 1


def test_a_parcel_that_nobody_takes_is_said_beside_it(client, cart):
    CourierService.objects.update(max_side_cm=10)
    html = refused(client, filled(cart, shown_total=150_000))

    assert "Tidak ada kurir yang membawa paket ini ke sana. Pilih ambil di tempat." in html
    assert "Paket terlalu panjang untuk kurir ini." in html


def test_a_way_to_pay_that_ended_meanwhile_is_said_beside_it(client, cart, monkeypatch):
    def refuse(*args):
        raise paying.MethodRefused("Kodenya habis.")

    monkeypatch.setattr(paying, "open_attempt", refuse)
    html = refused(client, filled(cart))

    assert "Kodenya habis." in html


def test_without_an_account_of_the_council_nothing_is_offered(client, cart):
    BankAccount.objects.all().delete()
    QrisCode.objects.all().delete()

    assert "Saat ini belum ada cara bayar." in client.get(PATH).text


def test_locks_that_are_held_too_long_keep_everything_typed(client, cart, monkeypatch):
    def wait(*args):
        raise OperationalError("canceling statement due to lock timeout")

    monkeypatch.setattr(checkout, "place", wait)
    response = client.post(PATH, filled(cart))

    assert response.status_code == 503
    assert "Sedang ramai. Belum ada yang dipesan; coba lagi." in response.text
    assert 'value="Tempeh Lor"' in response.text
    assert cart.lines.count() == 1


@pytest.mark.parametrize("key", ["", "no-uuid", "7a0f4f4e-2f6c-4f0e-9c1d-0123456789ab"])
def test_a_page_of_yesterday_orders_nothing(client, cart, key):
    html = refused(client, filled(cart, key=key))

    assert "Halaman ini sudah usang. Periksa lagi, lalu buat pesanan." in html
    assert f'value="{cart.checkout_key}"' in html


@pytest.mark.parametrize("field", ["shown_total", "intent", "way_x", "without", "saved", "receive"])
@pytest.mark.parametrize("nonsense", ["\0", "-1", "9" * 40, "<script>"])
def test_nonsense_is_no_fault_of_ours(client, cart, field, nonsense):
    response = client.post(PATH, filled(cart, **{field: nonsense}))

    assert response.status_code in {200, 303}
    assert "<script>" not in response.text.partition("<main")[2]


def test_the_twenty_first_order_of_an_hour_waits(client, cart, monkeypatch):
    SalesPolicy.objects.create(max_unpaid_orders=100)
    for number in range(20):
        cart = cart_of()
        carry(client, cart)
        placed = client.post(PATH, filled(cart, mobile=f"0812-3456-78{number:02}", email=""))
        assert placed.status_code == 303
    cart = cart_of()
    carry(client, cart)
    response = client.post(PATH, filled(cart))

    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert "Terlalu banyak pesanan dari jaringan Anda." in response.text
    assert 'value="Tempeh Lor"' in response.text
    assert Order.objects.count() == 20


def test_a_stranger_reaches_no_other_cart(client):
    foreign = cart_of(user=UserFactory())
    response = client.post(PATH, filled(foreign))

    assert response.url == "/keranjang/"
    assert foreign.lines.count() == 1
    assert Order.objects.exists() is False


def test_a_form_without_its_token_is_refused(cart):
    client = Client(enforce_csrf_checks=True)

    assert client.post(PATH, filled(cart)).status_code == 403
