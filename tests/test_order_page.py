"""The page that a buyer holds: the news, the parts, the sums, and nobody else's order."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from lumajang_crafts.lib import ratelimit
from orders import links, news, tracking
from orders.models import Order, Refund
from tests.order_pages import page_of
from tests.order_rows import PaymentFactory, place

pytestmark = pytest.mark.django_db


QUERIES = 12  # the panel asks what is offered and where the money goes


TITLES = {
    "pending": ("Kami menunggu pembayaran Anda", "We are waiting for your payment"),
    "awaiting_verification": (
        "Pembayaran Anda sedang kami periksa",
        "We are checking your payment",
    ),
    "paid": (
        "Terima kasih, pembayaran Anda sudah kami terima",
        "Thank you, your payment has arrived",
    ),
    "paid_late": ("Pembayaran Anda masuk setelah tenggat", "Your payment came after the deadline"),
    "on_hold": ("Pembayaran Anda ditarik kembali", "Your payment was taken back"),
    "expired": ("Pesanan ini berakhir tanpa pembayaran", "This order has ended without payment"),
    "cancelled": ("Pesanan ini dibatalkan", "This order is cancelled"),
    "refund_pending": ("Uang Anda sedang dikembalikan", "Your money is on its way back"),
    "refunded": ("Uang Anda sudah dikembalikan", "Your money has been given back"),
}


class TestNews:
    @pytest.mark.parametrize("status", Order.Status)
    def test_every_status_is_told_in_both_languages(self, client, status):
        order = place(status=status)
        PaymentFactory(order=order)

        for language, title in zip(("id", "en"), TITLES[status], strict=True):
            response = client.get(page_of(order, language))
            assert response.status_code == 200
            assert f"<h1>{title}</h1>" in response.text
            assert order.number in response.text

    @time_machine.travel("2026-11-24T05:02:00+00:00", tick=False)
    def test_the_deadline_is_told_in_wib(self, client):
        order = place()

        assert "sebelum 25 November 2026, 12.02 WIB" in client.get(page_of(order)).text
        assert "before 25 November 2026, 12.02 WIB" in client.get(page_of(order, "en")).text

    def test_after_the_deadline_nobody_is_asked_to_pay(self, client):
        order = place(placed_at=timezone.now() - datetime.timedelta(hours=25))

        response = client.get(page_of(order))

        assert "<h1>Waktu pembayaran telah berakhir</h1>" in response.text

    def test_what_goes_back_is_told_to_the_rupiah(self):
        order = place(status="refunded")
        payment = PaymentFactory(order=order, status="refunded", received=318_000)
        Refund.objects.create(payment=payment, key="a", amount=18_000, reason="Ongkir")
        Refund.objects.create(payment=payment, key="b", amount=300_000, reason="Karya")

        assert "Rp318.000" in news.of(tracking.whole(order)).text


class TestWhatItShows:
    def test_each_maker_has_a_part_with_lines_as_they_were_bought(self, client):
        order = place(parts=2, lines=2, gift_note="Selamat ulang tahun, Bu")
        line = order.suborders.first().lines.first()
        line.name, line.options = "Kain seperti dulu", "Ukuran besar"
        line.save()

        response = client.get(page_of(order))

        assert response.text.count('<section class="order-part"') == 2
        assert response.text.count('<li class="order-line"') == 4
        assert "Kain seperti dulu" in response.text
        assert line.variant.product.name not in response.text
        assert "Ukuran besar" in response.text
        assert "2 × Rp150.000" in response.text
        assert "Kurir Contoh Reguler, 800 g" in response.text
        assert "Perkiraan tiba 28 November sampai 30 November 2026" in response.text
        assert "Selamat ulang tahun, Bu" in response.text

    def test_nobody_waits_for_payment_while_the_proof_is_being_checked(self, client):
        checked, waiting = place(status="awaiting_verification"), place()

        assert "Menunggu pembayaran" not in client.get(page_of(checked)).text
        assert "Pembayaran diperiksa" in client.get(page_of(checked)).text
        assert "Menunggu pembayaran" in client.get(page_of(waiting)).text

    def test_the_sums_agree_with_the_amount_to_transfer(self, client):
        order = place(parts=2)
        PaymentFactory(order=order, unique_code=137)

        response = client.get(page_of(order))

        assert response.context["sums"] == [
            ("Karya", 600_000),
            ("Ongkir, 2 paket", 36_000),
            ("Kode unik", 137),
        ]
        assert response.context["total"] == 636_137
        assert "Rp636.137" in response.text

    def test_a_failed_attempt_adds_no_code(self, client):
        order = place(status="expired")
        PaymentFactory(order=order, status="expired", unique_code=137)

        assert client.get(page_of(order)).context["total"] == 318_000

    def test_the_last_attempt_counts(self, client):
        order = place()
        PaymentFactory(order=order, status="cancelled", unique_code=1)
        last = PaymentFactory(order=order, attempt=2, unique_code=2)

        assert client.get(page_of(order)).context["panel"].payment == last

    def test_the_invoice_s_number_stands_there_once_it_is_paid(self, client):
        paid = place(status="paid", invoice_number=17)

        assert "INV-2026-00017" in client.get(page_of(paid)).text
        assert "INV-" not in client.get(page_of(place())).text

    def test_a_work_that_is_no_longer_shown_is_named_without_a_link(self, client):
        order = place()
        product = order.suborders.get().lines.get().variant.product
        assert product.get_absolute_url() in client.get(page_of(order)).text

        product.artisan.status = "suspended"
        product.artisan.save()

        response = client.get(page_of(order))
        assert product.get_absolute_url() not in response.text
        assert product.name in response.text

    def test_what_people_write_is_only_text(self, client):
        order = place(gift_note="<script>alert(1)</script>")

        assert "<script>alert" not in client.get(page_of(order)).text

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_queries_at_any_size(self, client, count, django_assert_num_queries):
        order = place(parts=count, lines=count)
        PaymentFactory(order=order)

        with django_assert_num_queries(QUERIES):
            client.get(page_of(order))


class TestPrivacy:
    def test_it_is_neither_stored_nor_indexed_nor_told_to_others(self, client):
        response = client.get(page_of(place()))

        assert response["Cache-Control"] == "no-store, private"
        assert '<meta name="robots" content="noindex">' in response.text
        assert 'rel="canonical"' not in response.text
        assert response["Referrer-Policy"] == "same-origin"

    def test_unknown_wrong_and_revoked_get_one_and_the_same_answer(self, client):
        order, other = place(), place()
        revoked = page_of(order)
        links.revoke(order)
        wrong = [
            reverse("order", args=["KL-0000-00000", links.token(order)]),
            reverse("order", args=[order.number, links.token(other)]),
            reverse("order", args=[order.number, "x"]),
            revoked,
        ]

        answers = [client.get(url) for url in wrong]

        assert {answer.status_code for answer in answers} == {404}
        bodies = {a.text.replace(a["X-Request-ID"], "") for a in answers}
        assert len(bodies) == 1
        assert {a["Cache-Control"] for a in answers} == {"no-store, private"}

    def test_an_unknown_number_costs_as_many_queries_as_a_wrong_token(
        self, client, django_assert_num_queries
    ):
        for url in (
            reverse("order", args=["KL-0000-00000", "x"]),
            reverse("order", args=[place().number, "x"]),
        ):
            with django_assert_num_queries(2):
                client.get(url)

    def test_guessing_ends_in_a_pause(self, client):
        order = place()
        wrong = reverse("order", args=[order.number, "x"])
        for _ in range(tracking.LOOKS):
            ratelimit.is_allowed("order", "127.0.0.1", most=1, seconds=600)

        for url in (wrong, page_of(order)):
            response = client.get(url)
            assert (response.status_code, response["Retry-After"]) == (429, "600")
        assert client.get(page_of(order), REMOTE_ADDR="10.0.0.9").status_code == 200

    def test_looking_changes_nothing(self, client):
        order = place()
        before = Order.objects.filter(pk=order.pk).values().get()

        client.get(page_of(order))

        assert Order.objects.filter(pk=order.pk).values().get() == before
        assert client.get(f"{page_of(order)}batalkan/").status_code == 405
