"""What the buyer does on the order’s page to pay."""

import pytest
from django.urls import reverse

from orders import pay_panels, paying
from orders.models import Payment
from tests.money_rows import awaiting, page
from tests.pay_rows import places

__all__ = ["places"]  # fixtures


pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("places")
class TestPages:
    def pay(self, client, payment, method):
        return client.post(f"{page(payment)}bayar/", {"method": method}, follow=True)

    def test_the_gateway_s_page_is_one_link_away(self, client, bank):
        payment = awaiting("transfer")

        response = self.pay(client, payment, "midtrans")

        new = payment.order.payments.get(attempt=2)
        assert f'href="{new.address}"' in response.text
        assert "Bayar lewat Midtrans" in response.text

    def test_a_silent_gateway_leaves_a_word_and_the_other_ways(self, client, bank):
        payment = awaiting("midtrans")
        bank.weather.is_away = True

        response = self.pay(client, payment, "midtrans")

        assert "tidak menjawab" in response.text
        assert 'value="transfer"' in response.text
        assert 'value="midtrans"' in response.text

    def test_the_panel_of_a_transfer_says_where_and_exactly_how_much(self, client):
        payment = awaiting("transfer")

        text = client.get(page(payment)).text

        panel = pay_panels.of(payment)
        assert f"{panel.amount_head}<mark" in text
        assert f">{panel.amount_tail}</mark>" in text
        assert panel.amount_head + panel.amount_tail == f"Rp{payment.amount:,}".replace(",", ".")
        assert "0123456789" in text
        assert "Dekranasda Contoh" in text
        assert f'data-copy="{payment.amount}"' in text

    def test_the_panel_of_qris_shows_the_code_and_whose_it_is(self, client):
        payment = awaiting("qris")

        text = client.get(page(payment)).text

        assert 'src="data:image/svg+xml' in text
        assert "DEKRANASDA LUMAJANG, LUMAJANG" in text
        assert "ID1020000000001" in text

    def test_a_buyer_who_comes_back_from_the_gateway_sees_it_paid(self, client, bank):
        payment = awaiting("midtrans")
        paying.start(payment.pk)
        bank.pay(payment.reference)

        assert "Terima kasih, pembayaran Anda sudah kami terima" in client.get(page(payment)).text

    @pytest.mark.parametrize("method", ["barter", "", "TRANSFER"])
    def test_an_unknown_way_changes_nothing(self, client, method):
        payment = awaiting("transfer")

        assert self.pay(client, payment, method).status_code == 200
        assert Payment.objects.count() == 1

    def test_another_order_s_key_opens_nothing(self, client):
        mine, other = awaiting("transfer"), awaiting("transfer")
        token = page(other).split("/")[3]

        for name in ("order_pay", "order_proof"):
            address = reverse(name, args=[mine.order.number, token])
            assert client.post(address, {"method": "qris"}).status_code == 404
        assert Payment.objects.count() == 2

    def test_looking_at_the_address_is_not_paying(self, client):
        payment = awaiting("transfer")

        assert client.get(f"{page(payment)}bayar/").status_code == 405

    def test_pressing_for_ever_is_stopped(self, client):
        payment = awaiting("transfer")
        codes = [
            client.post(f"{page(payment)}bayar/", {"method": "transfer"}).status_code
            for _ in range(61)
        ]

        assert codes == [302] * 60 + [429]
