"""A buyer shows a transfer; staff compare it with the account and with nothing else."""

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from lumajang_crafts.lib import stray_files
from lumajang_crafts.lib.steps import IllegalTransition
from orders import proofs, settlement
from orders.models import Order, OrderMessage, Payment, Refund, TransferProof
from tests.factories import UserFactory
from tests.money_rows import PDF, account, awaiting, late, page, pdf, picture
from tests.test_pictures import drawn
from tests.test_stray_files import age, files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private")]


@pytest.fixture
def payment() -> Payment:
    account()
    return awaiting("transfer")


@pytest.fixture
def officer():
    return UserFactory(is_staff=True)


def send(client, payment, upload):
    return client.post(f"{page(payment)}bukti/", {"file": upload}, follow=True)


def state(payment) -> tuple[str, str, int]:
    payment = Payment.objects.select_related("order").get(pk=payment.pk)
    return payment.status, payment.order.status, payment.received


class TestSending:
    def test_a_picture_is_drawn_anew_and_the_clock_stops(self, client, payment, private):
        response = send(client, payment, picture())

        proof = TransferProof.objects.get()
        assert state(payment) == ("pending", "awaiting_verification", 0)
        assert proof.file.name.startswith("proofs/")
        assert proof.file.name.endswith(".webp")
        assert (private / proof.file.name).read_bytes()[:4] == b"RIFF"
        assert "sedang diperiksa" in response.text
        assert 'type="file"' not in response.text

    def test_nothing_that_is_hidden_in_a_picture_survives(self, client, payment, private):
        content = drawn().getvalue() + b"<script>alert(1)</script>" + PDF
        upload = SimpleUploadedFile("x.html", content, "text/html")

        send(client, payment, upload)

        kept = (private / TransferProof.objects.get().file.name).read_bytes()
        assert b"script" not in kept
        assert b"%PDF" not in kept
        assert Image.open(io.BytesIO(kept)).format == "WEBP"

    def test_a_pdf_is_kept_as_it_came(self, client, payment, private):
        send(client, payment, pdf())

        proof = TransferProof.objects.get()
        assert (private / proof.file.name).read_bytes() == PDF
        assert proof.file.name.endswith(".pdf")

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "Pilih gambar atau PDF"),
            (b"%PDF-" + b"x" * 6 * 1024 * 1024 + b"%%EOF", "lebih besar dari 5 MB"),
            (b"%PDF-1.7 cut off here", "PDF tidak utuh"),
            (b"<html><script>alert(1)</script>%PDF-1.7 %%EOF", "bukan foto"),
            (b"GIF89a" + b"x" * 400, "bukan foto"),
            (b"MZ\x90\x00" + b"\x00" * 400, "bukan foto"),
        ],
    )
    def test_anything_else_is_refused_and_leaves_nothing(
        self, client, payment, private, content, words
    ):
        response = send(client, payment, SimpleUploadedFile("bukti.pdf", content))

        assert words in response.text
        assert state(payment) == ("pending", "pending", 0)
        assert TransferProof.objects.count() == 0
        assert files(private) == set()

    def test_a_second_one_does_not_replace_what_staff_may_be_reading(
        self, client, payment, private
    ):
        send(client, payment, pdf())

        response = send(client, payment, picture())

        assert "Mohon tunggu jawabannya" in response.text
        assert TransferProof.objects.count() == 1
        assert len(files(private)) == 1

    def test_when_the_row_cannot_be_written_no_file_stays(self, payment, private, monkeypatch):
        def fail(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr(TransferProof.objects, "create", fail)

        with pytest.raises(RuntimeError):
            proofs.submit(payment.pk, pdf())
        assert files(private) == set()

    def test_an_order_that_is_over_needs_no_proof(self, payment, private):
        Payment.objects.filter(pk=payment.pk).update(status="expired")

        with pytest.raises(proofs.ProofRefused):
            proofs.submit(payment.pk, pdf())
        assert files(private) == set()

    def test_nobody_holds_the_works_by_sending_for_ever(self, payment, officer):
        for _ in range(5):
            proof = proofs.submit(payment.pk, pdf())
            proofs.refuse(proof.pk, "Bukan bukti", actor=officer)

        with pytest.raises(proofs.ProofRefused, match="Terlalu banyak bukti"):
            proofs.submit(payment.pk, pdf())

    def test_the_photo_s_own_reasons_are_told(self, payment):
        with pytest.raises(ValidationError) as refusal:
            proofs.submit(payment.pk, SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 99))

        assert refusal.value.code == "damaged"


class TestLooking:
    def test_the_buyer_gets_it_back_as_an_attachment_that_runs_nothing(self, client, payment):
        proof = proofs.submit(payment.pk, pdf())

        response = client.get(f"{page(payment)}bukti/{proof.pk}/")

        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("attachment; filename=")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cache-Control"] == "no-store, private"

    def test_another_order_s_key_does_not_open_it(self, client, payment):
        proof, other = proofs.submit(payment.pk, pdf()), awaiting("transfer")

        assert client.get(f"{page(other)}bukti/{proof.pk}/").status_code == 404

    def test_no_address_of_the_media_leads_to_it(self, client, payment, settings):
        proof = proofs.submit(payment.pk, pdf())

        for root in ("/media/", "/static/", "/", "/private/"):
            assert client.get(f"{root}{proof.file.name}").status_code == 404

    def test_only_looking_is_allowed(self, client, payment):
        proof = proofs.submit(payment.pk, pdf())

        assert client.post(f"{page(payment)}bukti/{proof.pk}/").status_code == 405
        assert client.get(f"{page(payment)}bukti/").status_code == 405


class TestAccepting:
    def test_the_amount_that_was_asked_for_pays(self, payment, officer):
        proof = proofs.submit(payment.pk, pdf())

        proofs.accept(proof.pk, payment.amount, actor=officer)
        proofs.accept(proof.pk, payment.amount, actor=officer)

        proof.refresh_from_db()
        assert (proof.status, proof.decided_by) == ("accepted", officer)
        assert state(payment) == ("paid", "paid", payment.amount)
        assert payment.events.filter(state="paid").get().actor == officer
        assert payment.order.events.filter(after="paid").count() == 1

    @pytest.mark.parametrize("difference", [-1, 1, -100_000])
    def test_another_amount_never_pays_by_itself(self, payment, officer, difference):
        proof = proofs.submit(payment.pk, pdf())

        with pytest.raises(settlement.AmountDiffers):
            proofs.accept(proof.pk, payment.amount + difference, actor=officer)

        proof.refresh_from_db()
        assert proof.status == "waiting"
        assert state(payment) == ("pending", "awaiting_verification", 0)

    def test_too_little_pays_not_even_when_staff_insist(self, payment, officer):
        proof = proofs.submit(payment.pk, pdf())

        with pytest.raises(settlement.AmountDiffers):
            proofs.accept(proof.pk, payment.amount - 1, actor=officer, takes_excess=True)
        assert state(payment)[1] == "awaiting_verification"

    def test_too_much_that_staff_saw_pays_and_the_rest_goes_back(self, payment, officer):
        proof = proofs.submit(payment.pk, pdf())

        proofs.accept(proof.pk, payment.amount + 5_000, actor=officer, takes_excess=True)

        assert state(payment) == ("paid", "paid", payment.amount + 5_000)
        refund = Refund.objects.get()
        assert (refund.amount, refund.status, refund.requested_by) == (5_000, "requested", officer)

    def test_too_much_for_a_cancelled_order_goes_back_whole(self, payment, officer):
        proof = proofs.submit(payment.pk, pdf())
        order = Order.objects.get(pk=payment.order_id)
        order.released_at = timezone.now()
        order.move_to(Order.Status.CANCELLED, source="staff", also=("released_at",))

        proofs.accept(proof.pk, payment.amount + 5_000, actor=officer, takes_excess=True)

        assert state(payment) == ("paid", "refund_pending", payment.amount + 5_000)
        assert sum(Refund.objects.values_list("amount", flat=True)) == payment.amount + 5_000


class TestRefusing:
    def test_the_clock_runs_on_and_the_buyer_is_told_why(self, client, payment, officer):
        proof = proofs.submit(payment.pk, pdf())
        before = payment.expires_at

        proofs.refuse(proof.pk, "Rekening tujuan berbeda", actor=officer)
        proofs.refuse(proof.pk, "Lagi", actor=officer)

        proof.refresh_from_db()
        payment.refresh_from_db()
        assert (proof.status, proof.reason) == ("refused", "Rekening tujuan berbeda")
        assert state(payment) == ("pending", "pending", 0)
        assert payment.expires_at == before
        assert OrderMessage.objects.filter(kind="proof_refused").count() == 1
        text = client.get(page(payment)).text
        assert "Rekening tujuan berbeda" in text
        assert 'type="file"' in text

    def test_after_the_deadline_there_are_three_hours_for_another(self, payment, officer):
        proof = proofs.submit(payment.pk, pdf())
        late(payment, hours=5)

        proofs.refuse(proof.pk, "Gambar tidak terbaca", actor=officer)

        payment.refresh_from_db()
        left = payment.expires_at - timezone.now()
        assert datetime.timedelta(minutes=179) < left <= datetime.timedelta(hours=3)
        assert payment.order.expires_at == payment.expires_at
        assert proofs.submit(payment.pk, pdf()).status == "waiting"

    def test_what_was_answered_is_not_answered_otherwise(self, payment, officer):
        accepted = proofs.submit(payment.pk, pdf())
        proofs.accept(accepted.pk, payment.amount, actor=officer)
        other = awaiting("transfer")
        refused = proofs.submit(other.pk, pdf())
        proofs.refuse(refused.pk, "Salah", actor=officer)

        with pytest.raises(IllegalTransition):
            proofs.refuse(accepted.pk, "Salah", actor=officer)
        with pytest.raises(IllegalTransition):
            proofs.accept(refused.pk, other.amount, actor=officer)
        assert state(payment)[1] == "paid"
        assert state(other)[1] == "pending"


class TestSweeping:
    def test_a_file_that_no_proof_names_goes_and_named_ones_stay(self, payment, private):
        kept = proofs.submit(payment.pk, pdf()).file.name
        stray = storages["private"].save("proofs/ab/stray.pdf", pdf())
        young = storages["private"].save("proofs/cd/young.pdf", pdf())
        age(private, days=2)
        (private / young).touch()

        assert stray_files.sweep() == [stray]

        assert files(private) == {kept, young}
