"""Proofs, payments and refunds at the desk."""

import pytest
from django.urls import reverse

from orders import proofs
from orders.models import Payment, Refund, SalesPolicy, TransferProof
from tests.desk import act, member, no_second_factor, row_page, sign_in
from tests.factories import UserFactory
from tests.money_rows import PDF, account, awaiting, pdf, qris_code

__all__ = ["no_second_factor"]  # fixtures


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private")]


class TestProofs:
    def test_staff_look_and_accept(self, client):
        payment = awaiting("transfer")
        proof = proofs.submit(payment.pk, pdf())
        sign_in(client, member())

        text = client.get(row_page(proof)).text
        file = client.get(reverse("admin:orders_transferproof_file", args=[proof.pk]))
        act(client, proof, "accept", received=f"{payment.amount:,}".replace(",", "."))

        assert "Uang sudah masuk" in text
        assert b"".join(file.streaming_content) == PDF
        assert file["Content-Disposition"].startswith("attachment")
        payment.refresh_from_db()
        assert (payment.status, payment.order.status) == ("paid", "paid")
        assert "Uang sudah masuk" not in client.get(row_page(proof)).text

    def test_another_amount_is_explained_and_pays_nothing(self, client):
        payment = awaiting("transfer")
        proof = proofs.submit(payment.pk, pdf())
        sign_in(client, member())

        response = act(client, proof, "accept", received=payment.amount + 500)

        assert "selisihnya dikembalikan" in response.text
        assert TransferProof.objects.get().status == "waiting"

        act(client, proof, "accept", received=payment.amount + 500, takes_excess="on")
        assert Refund.objects.get().amount == 500

    def test_a_refusal_needs_its_reason(self, client):
        proof = proofs.submit(awaiting("transfer").pk, pdf())
        sign_in(client, member())

        act(client, proof, "refuse", reason=" ")
        assert TransferProof.objects.get().status == "waiting"

        act(client, proof, "refuse", reason="Rekening lain")
        assert TransferProof.objects.get().reason == "Rekening lain"

    def test_the_order_desk_looks_and_decides_nothing(self, client):
        proof = proofs.submit(awaiting("transfer").pk, pdf())
        sign_in(client, member("Meja pesanan"))

        assert client.get(row_page(proof)).status_code == 200
        assert "Uang sudah masuk" not in client.get(row_page(proof)).text
        assert act(client, proof, "accept", received=1).status_code == 403
        assert TransferProof.objects.get().status == "waiting"

    @pytest.mark.parametrize("group", ["Kurator", "Redaktur", "Pembaca"])
    def test_others_of_the_staff_see_no_proof(self, client, group):
        proof = proofs.submit(awaiting("transfer").pk, pdf())
        sign_in(client, member(group))
        file = reverse("admin:orders_transferproof_file", args=[proof.pk])

        assert client.get(file).status_code == 403
        assert client.get(row_page(proof)).status_code == 403

    def test_buyers_and_strangers_stay_outside(self, client):
        proof = proofs.submit(awaiting("transfer").pk, pdf())
        file = reverse("admin:orders_transferproof_file", args=[proof.pk])

        assert client.get(file).status_code == 302
        client.force_login(UserFactory())
        assert client.get(file).status_code == 302

    def test_looking_at_an_act_does_not_do_it(self, client):
        proof = proofs.submit(awaiting("transfer").pk, pdf())
        sign_in(client, member())
        address = reverse("admin:orders_transferproof_act", args=[proof.pk, "accept"])

        assert client.get(address).status_code == 405
        assert client.post(address.replace("accept", "forge")).status_code == 404


class TestPaymentsAndRefunds:
    def test_money_without_a_proof_is_found_by_its_amount(self, client):
        payment = awaiting("transfer")
        sign_in(client, member())
        found = client.get(reverse("admin:orders_payment_changelist"), {"q": payment.amount})
        assert payment.reference in found.text

        act(client, payment, "receive", received=payment.amount)

        payment.refresh_from_db()
        assert (payment.status, payment.order.status) == ("paid", "paid")

    def test_a_refund_is_asked_for_and_carried_out(self, client):
        payment = awaiting("transfer")
        sign_in(client, member())
        act(client, payment, "receive", received=payment.amount)
        form = {"payment": payment.pk, "amount": 5000, "reason": "Retak"}

        client.post(reverse("admin:orders_refund_add"), form)
        refund = Refund.objects.get()
        assert "nomor referensi bank" in act(client, refund, "carry-out", evidence="").text
        act(client, refund, "carry-out", evidence="TRF-1")

        refund.refresh_from_db()
        assert (refund.status, refund.evidence) == ("done", "TRF-1")

    def test_more_than_came_is_refused_at_the_form(self, client):
        payment = awaiting("transfer")
        sign_in(client, member())
        form = {"payment": payment.pk, "amount": 5000, "reason": "Retak"}

        response = client.post(reverse("admin:orders_refund_add"), form, follow=True)

        assert "melebihi yang diterima" in response.text
        assert Refund.objects.count() == 0

    def test_rules_are_added_by_someone_and_never_changed(self, client):
        officer = member()
        sign_in(client, officer)
        form = {
            "valid_from_0": "2026-11-24",
            "valid_from_1": "08:00",
            "transfer_minutes": 600,
            "gateway_minutes": 30,
            "max_unpaid_orders": 3,
            "max_unpaid_units": 5,
            "qris_limit": 10_000_000,
            "vat_permille": 110,
        }
        client.post(reverse("admin:orders_salespolicy_add"), form)
        row = SalesPolicy.objects.get()
        assert (row.transfer_minutes, row.author) == (600, officer)

        client.post(row_page(row), {**form, "transfer_minutes": 1})

        row.refresh_from_db()
        assert row.transfer_minutes == 600


MODELS = ["transferproof", "payment", "paymentevent", "refund", "bankaccount", "qriscode"]


@pytest.mark.parametrize("model", [*MODELS, "salespolicy"])
def test_each_list_costs_the_same_queries_at_any_length(
    client, model, django_assert_max_num_queries
):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    url = reverse(f"admin:orders_{model}_changelist")
    client.get(url)
    counts = []
    for _ in range(2):
        for _ in range(2):
            payment = awaiting("transfer")
            proof = proofs.submit(payment.pk, pdf())
            officer = member()
            proofs.accept(proof.pk, payment.amount + 9, actor=officer, takes_excess=True)
            account()
            qris_code()
            SalesPolicy.objects.create(author=officer)
        with django_assert_max_num_queries(20) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert Payment.objects.count() == 4
