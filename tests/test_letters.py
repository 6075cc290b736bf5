"""Letters to buyers: written with the event or not at all, sent once, in their language."""

import datetime
import re
import smtplib
import threading

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone, translation
from procrastinate.contrib.django.models import ProcrastinateJob

from orders import letters, links, tasks
from orders.models import OrderMessage, Refund, TransferProof
from tests.order_rows import PaymentFactory, place

pytestmark = pytest.mark.django_db

Kind = OrderMessage.Kind
SAYS = {
    Kind.PLACED: ("pending", "menunggu pembayaran", "please pay", "Rp318.137"),
    Kind.PAID: ("paid", "sudah lunas", "is paid", "INV-2026-00017"),
    Kind.PROOF_REFUSED: ("pending", "belum dapat kami terima", "could not accept", "Buram"),
    Kind.EXPIRED: ("expired", "berakhir tanpa pembayaran", "ended without payment", "Kain"),
    Kind.CANCELLED: ("cancelled", "dibatalkan", "is cancelled", "Kain"),
    Kind.PAID_LATE: ("paid_late", "setelah tenggat", "after the deadline", "Kain"),
    Kind.REFUNDED: ("refunded", "sudah dikembalikan", "has been given back", "Rp318.000"),
}


def written(kind, language="id", **fields) -> OrderMessage:
    """The letter of an order in the status that goes with it, not sent yet."""
    if kind == Kind.PAID:
        fields |= {"invoice_number": 17}
    order = place(status=SAYS[kind][0], language=language, **fields)
    order.suborders.get().lines.update(name="Kain", name_en="Kain")
    status = "pending" if kind == Kind.PLACED else "failed"
    payment = PaymentFactory(order=order, unique_code=137, received=318_000, status=status)
    Refund.objects.create(payment=payment, key=f"{order.pk}", amount=318_000, reason="Habis")
    TransferProof.objects.create(
        payment=payment, file="p.jpg", status="refused", reason="Buram", decided_at=timezone.now()
    )
    return letters.queue(order, kind, order.events.last())


def jobs():
    return ProcrastinateJob.objects.filter(task_name="send_order_message")


class TestWords:
    @pytest.mark.parametrize("language", ["id", "en"])
    @pytest.mark.parametrize("kind", Kind)
    def test_each_letter_tells_its_news_in_the_buyer_s_language(self, kind, language, mailoutbox):
        message = written(kind, language)

        assert letters.send(message.pk) is True

        (letter,) = mailoutbox
        ((html, kind_of_html),) = letter.alternatives
        _status, indonesian, english, detail = SAYS[kind]
        assert (indonesian if language == "id" else english) in letter.subject
        assert message.order.number in letter.subject
        assert letter.to == ["retno@contoh.example"]
        with translation.override(language):
            link = links.address(message.order)
        assert kind_of_html == "text/html"
        assert f'<html lang="{language}">' in html
        for text in (letter.body, html):
            assert detail in text
            assert link in text
            assert "2 × Kain" in text
            assert message.order.suborders.get().artisan.name in text
            assert "{" not in re.sub(r"<style>.*</style>", "", text, flags=re.DOTALL)

    def test_every_kind_has_its_own_words(self, mailoutbox):
        for kind in Kind:
            letters.send(written(kind).pk)

        number = re.compile(r"KL-\d+-\d+")
        assert len({number.sub("", letter.subject) for letter in mailoutbox}) == len(Kind)
        assert len({letter.body.split("\n")[2] for letter in mailoutbox}) == len(Kind)

    def test_how_to_pay_is_told_without_an_account_number(self, mailoutbox):
        letters.send(written(Kind.PLACED, placed_at=timezone.now()).pk)

        assert "tidak pernah mengirimnya lewat surel" in mailoutbox[0].body
        assert "WIB" in mailoutbox[0].body

    def test_the_text_is_not_escaped_and_the_page_is(self, mailoutbox):
        letters.send(written(Kind.PAID, name="Retno & <b>Wulan</b>").pk)

        assert "Yth. Retno & <b>Wulan</b>," in mailoutbox[0].body
        assert "Retno &amp; &lt;b&gt;" in mailoutbox[0].alternatives[0][0]

    def test_the_answer_goes_to_the_council(self, settings, mailoutbox):
        settings.SITE = {**settings.SITE, "email": "dekranasda@contoh.example"}
        letters.send(written(Kind.PAID).pk)

        assert mailoutbox[0].reply_to == ["dekranasda@contoh.example"]

    @pytest.mark.parametrize("name", ["Retno\nBcc: lain@contoh.example", "Retno\r\n\r\nIsi lain"])
    def test_a_name_with_line_breaks_forges_no_header(self, name, mailoutbox):
        letters.send(written(Kind.PLACED, name=name).pk)

        message = mailoutbox[0].message()
        assert message["Bcc"] is None
        assert mailoutbox[0].recipients() == ["retno@contoh.example"]
        assert mailoutbox[0].body.split("\n")[0] == f"Yth. {' '.join(name.split())},"


class TestQueueing:
    def test_the_job_carries_the_message_s_key_and_nothing_else(self):
        message = written(Kind.PAID)

        assert [job.args for job in jobs()] == [{"message_id": message.pk}]
        assert message.key == f"{message.order_id}-paid-1"

    def test_it_is_undone_with_the_transaction(self):
        order = place()
        with transaction.atomic():
            letters.queue(order, Kind.PAID)
            transaction.set_rollback(True)

        assert OrderMessage.objects.exists() is False
        assert jobs().exists() is False

    def test_the_same_event_twice_is_one_letter(self):
        order = place()
        first = letters.queue(order, Kind.PAID, order.events.last())
        second = letters.queue(order, Kind.PAID, order.events.last())

        assert first == second
        assert jobs().count() == 1

    def test_another_event_is_another_letter(self):
        order = place()
        letters.queue(order, Kind.PROOF_REFUSED, order.events.last())
        order.record("pending", "pending", source="staff")
        letters.queue(order, Kind.PROOF_REFUSED, order.events.last())

        assert OrderMessage.objects.count() == 2

    def test_who_gave_no_address_gets_none(self):
        assert letters.queue(place(email=""), Kind.PLACED) is None
        assert jobs().exists() is False


class TestSending:
    def test_a_second_run_sends_nothing(self, mailoutbox):
        message = written(Kind.PAID)

        assert [letters.send(message.pk), letters.send(message.pk)] == [True, False]
        assert len(mailoutbox) == 1
        message.refresh_from_db()
        assert message.sent_at is not None

    def test_a_message_that_is_gone_is_no_failure(self):
        assert letters.send(0) is False

    def test_a_refusal_of_the_mail_server_leaves_it_unsent(self, monkeypatch):
        message = written(Kind.PAID)
        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
            with pytest.raises(smtplib.SMTPException):
                tasks.send_order_message(message.pk)

        message.refresh_from_db()
        assert message.sent_at is None
        assert letters.send(message.pk) is True

    def test_a_crash_before_the_mark_sends_the_same_letter_again(self, monkeypatch, mailoutbox):
        message = written(Kind.PAID)
        with monkeypatch.context() as patch:
            patch.setattr(OrderMessage, "save", crash)
            with pytest.raises(KeyboardInterrupt):
                letters.send(message.pk)
        letters.send(message.pk)

        first, second = (letter.message()["Message-ID"] for letter in mailoutbox)
        assert first == second == f"<{message.key}@testserver>"

    def test_what_lies_for_five_minutes_gets_a_new_job(self):
        message = written(Kind.PAID)
        jobs().update(status="failed")
        assert letters.defer_overdue() == 0

        long_ago = timezone.now() - datetime.timedelta(minutes=6)
        OrderMessage.objects.update(created_at=long_ago)
        tasks.resend_unsent(0)
        tasks.resend_unsent(0)

        assert [job.args for job in jobs().filter(status="todo")] == [{"message_id": message.pk}]

    def test_what_was_sent_or_waits_for_its_job_gets_none(self):
        OrderMessage.objects.filter(pk=written(Kind.PAID).pk).update(sent_at=timezone.now())
        written(Kind.CANCELLED)
        OrderMessage.objects.update(created_at=timezone.now() - datetime.timedelta(hours=1))
        jobs().filter(args__message_id=OrderMessage.objects.get(kind="paid").pk).delete()

        assert letters.defer_overdue() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_letter(monkeypatch):
    message = written(Kind.PAID)
    travelling, arrived = threading.Event(), threading.Event()

    def slow(letter) -> None:
        travelling.set()
        assert arrived.wait(10)
        mail.outbox.append(letter)

    def work() -> None:
        letters.send(message.pk)
        connection.close()

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", slow)
    worker = threading.Thread(target=work)
    worker.start()
    assert travelling.wait(10)

    assert letters.send(message.pk) is False
    arrived.set()
    worker.join()

    assert len(mail.outbox) == 1


def refuse(*anything) -> None:
    raise smtplib.SMTPServerDisconnected("away")


def crash(*anything, **named) -> None:
    raise KeyboardInterrupt
