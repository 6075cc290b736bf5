"""Money at the council's desk: two people for each place, forms for each act, nothing edited."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts import groups
from orders import proofs, receiving
from orders.models import BankAccount, Payment, QrisCode, Refund, SalesPolicy, TransferProof
from orders.tasks import tell_finance
from tests.factories import UserFactory
from tests.money_rows import PDF, STATIC, account, awaiting, pdf, qris_code
from tests.test_proofs import private  # noqa: F401  a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private")]
DYNAMIC = (
    "00020101021226680016ID.CO.CONTOH.WWW011893600114000000000102150000000000000010303UMI51440014"
    "ID.CO.QRIS.WWW0215ID10200000000010303UMI52045947530336054061500005802ID5919DEKRANASDA LUMAJANG"
    "6008LUMAJANG61056731662190515DKL-2026-0001236304450F"
)


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.STAFF_NEED_SECOND_FACTOR = False


def member(group: str = "Keuangan", **fields):
    groups.sync()
    officer = UserFactory(is_staff=True, **fields)
    officer.groups.add(Group.objects.get(name=group))
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    return officer


PASSWORD = {"password": "kain-panjang-7"}


def sign_in(client, officer):
    """With the password given twice, as approving asks for."""
    client.logout()
    client.post(reverse("account_login"), {"login": officer.email, **PASSWORD})
    client.post(reverse("account_reauthenticate"), PASSWORD)


def row_page(row) -> str:
    return reverse(f"admin:orders_{row._meta.model_name}_change", args=[row.pk])


def act(client, row, name, **given):
    address = reverse(f"admin:orders_{row._meta.model_name}_act", args=[row.pk, name])
    return client.post(address, given, follow=True)


def propose(client, **fields):
    form = {"bank": "Bank Contoh", "number": "0123-456 789", "holder": "Dekranasda Contoh"}
    return client.post(reverse("admin:orders_bankaccount_add"), {**form, **fields})


class TestTwoPeople:
    def test_one_proposes_another_approves_and_buyers_see_it_then(self, client):
        first, second = member(), member()
        sign_in(client, first)
        propose(client)
        row = BankAccount.objects.get()
        assert (row.number, row.proposed_by, row.is_live) == ("0123456789", first, False)

        sign_in(client, second)
        act(client, row, "approve")

        row.refresh_from_db()
        assert (row.approved_by, row.is_live) == (second, True)
        assert list(BankAccount.objects.live()) == [row]

    def test_who_proposed_it_cannot_approve_it(self, client):
        first = member()
        sign_in(client, first)
        propose(client)
        row = BankAccount.objects.get()

        response = act(client, row, "approve")

        row.refresh_from_db()
        assert "harus orang lain" in response.text
        assert row.approved_at is None

    def test_the_database_itself_refuses_one_person(self):
        first = member()
        row = receiving.propose(BankAccount(bank="B", number="1", holder="H"), actor=first)

        with pytest.raises(IntegrityError), transaction.atomic():
            BankAccount.objects.filter(pk=row.pk).update(
                approved_by=first, approved_at=timezone.now()
            )

    def test_approving_asks_for_the_password_again_and_then_goes_on(self, client):
        row = receiving.propose(BankAccount(bank="B", number="1", holder="H"), actor=member())
        client.force_login(member())

        address = reverse("admin:orders_bankaccount_act", args=[row.pk, "approve"])
        response = client.post(address)
        row.refresh_from_db()
        assert response.url.startswith(reverse("account_reauthenticate"))
        assert row.approved_at is None

        client.post(response.url, PASSWORD, follow=True)
        row.refresh_from_db()
        assert row.is_live is True

    def test_nothing_written_is_ever_changed(self, client):
        row = account()
        sign_in(client, member())

        client.post(row_page(row), {"bank": "X", "number": "666", "holder": "Pencuri"})
        client.post(reverse("admin:orders_bankaccount_delete", args=[row.pk]), {"post": "yes"})

        row.refresh_from_db()
        assert (row.bank, row.number, row.holder) == (
            "Bank Contoh",
            "0123456789",
            "Dekranasda Contoh",
        )

    def test_one_person_may_retire_it_for_good(self, client):
        row = account()
        sign_in(client, member())

        act(client, row, "retire")
        act(client, row, "approve")

        row.refresh_from_db()
        assert row.is_live is False
        assert list(BankAccount.objects.live()) == []

    def test_what_was_retired_is_not_approved(self):
        row = receiving.propose(BankAccount(bank="B", number="1", holder="H"), actor=member())
        receiving.retire(row, actor=member())

        with pytest.raises(receiving.ApprovalRefused):
            receiving.approve(row, actor=member())

    def test_everybody_in_finance_is_told_of_each_step(self, client):
        first, second = member(name="Sri"), member(name="Budi", language="en")
        UserFactory()
        sign_in(client, first)
        propose(client)

        job = ProcrastinateJob.objects.get(task_name="tell_finance")
        tell_finance(**job.args)

        told = {letter.to[0]: letter for letter in mail.outbox}
        assert set(told) == {first.email, second.email}
        assert "Sri mengusulkan" in told[first.email].body
        assert "Bank Contoh 0123456789 (Dekranasda Contoh)" in told[first.email].body
        assert "Sri proposed" in told[second.email].body

        sign_in(client, second)
        act(client, BankAccount.objects.get(), "approve")
        act(client, BankAccount.objects.get(), "retire")
        steps = ProcrastinateJob.objects.filter(task_name="tell_finance").order_by("id")
        assert [job.args["step"] for job in steps] == ["proposed", "approved", "retired"]


class TestQris:
    def propose(self, client, payload):
        return client.post(reverse("admin:orders_qriscode_add"), {"payload": payload})

    def test_whose_it_is_is_read_from_the_code(self, client):
        sign_in(client, member())

        self.propose(client, f"  {STATIC}\n")

        row = QrisCode.objects.get()
        assert (row.merchant_name, row.city) == ("DEKRANASDA LUMAJANG", "LUMAJANG")
        assert (row.nmid, row.payload) == ("ID1020000000001", STATIC)

    @pytest.mark.parametrize(
        ("payload", "words"),
        [
            (STATIC.replace("LUMAJANG6008", "LUMAJENG6008"), "salah"),
            (DYNAMIC, "satu tagihan"),
            ("https://penipu.example", "bukan kode QRIS"),
        ],
    )
    def test_a_code_that_cannot_be_shown_is_refused(self, client, payload, words):
        sign_in(client, member())

        assert words in self.propose(client, payload).text
        assert QrisCode.objects.count() == 0


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
