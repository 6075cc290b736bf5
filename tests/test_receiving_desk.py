"""Money at the council's desk: two people for each place, forms for each act, nothing edited."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from orders import receiving
from orders.models import BankAccount, QrisCode
from orders.tasks import tell_finance
from tests.desk import PASSWORD, act, member, no_second_factor, row_page, sign_in
from tests.factories import UserFactory
from tests.money_rows import STATIC, account

__all__ = ["no_second_factor"]  # fixtures


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private")]


DYNAMIC = (
    "00020101021226680016ID.CO.CONTOH.WWW011893600114000000000102150000000000000010303UMI51440014"
    "ID.CO.QRIS.WWW0215ID10200000000010303UMI52045947530336054061500005802ID5919DEKRANASDA LUMAJANG"
    "6008LUMAJANG61056731662190515DKL-2026-0001236304450F"
)


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
