"""A visitor reports a work; a curator answers."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import groups
from catalogue import reports
from catalogue.models import ListingReport
from lumajang_crafts.lib import ratelimit
from lumajang_crafts.lib.ratelimit import Tries
from tests.factories import DraftFactory, ProductFactory, UserFactory

pytestmark = pytest.mark.django_db

GOOD = {"reason": "not_handmade", "text": "Rapi sekali.", "contact": "", "website": ""}


@pytest.fixture
def work():
    return ProductFactory(slug="kain", name="Kain Semeru")


def send(client, url="/laporkan/kain/", **changes):
    return client.post(url, {**GOOD, **changes})


class TestReporting:
    def test_a_report_reaches_the_curators_and_the_visitor_is_thanked(self, client, work):
        response = send(client, contact="saya@contoh.example")

        assert (response.status_code, response["Location"]) == (
            302,
            "/laporkan/kain/terima-kasih/",
        )
        assert "Terima kasih" in client.get(response["Location"]).text
        report = ListingReport.objects.open().get()
        assert (report.product, report.reason, report.text) == (
            work,
            "not_handmade",
            "Rapi sekali.",
        )
        assert (report.contact, report.language) == ("saya@contoh.example", "id")

    def test_the_language_of_the_visitor_is_kept(self, client, work):
        response = send(client, url="/en/report/kain/")

        assert response["Location"] == "/en/report/kain/thanks/"
        assert ListingReport.objects.get().language == "en"

    def test_the_e_mail_address_is_unreadable_in_the_database(self, client, work):
        send(client, contact="saya@contoh.example")

        with connection.cursor() as cursor:
            cursor.execute("SELECT contact FROM catalogue_listingreport")
            assert "contoh" not in cursor.fetchone()[0]

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"reason": ""}, "reason"),
            ({"reason": "entah"}, "reason"),
            ({"text": "  "}, "text"),
            ({"text": "x" * 2001}, "text"),
            ({"contact": "bukan alamat"}, "contact"),
        ],
    )
    def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
        self, client, work, changes, field
    ):
        response = send(client, **{"text": "Tulisan saya.", **changes})

        assert response.status_code == 200
        assert list(response.context["form"].errors) == [field]
        assert f'id="id_{field}_error"' in response.text
        assert "<title>Galat:" in response.text
        if "text" not in changes:
            assert "Tulisan saya." in response.text
        assert ListingReport.objects.exists() is False

    def test_bait_is_thanked_and_dropped(self, client, work):
        assert send(client, website="https://iklan.example").status_code == 302
        assert ListingReport.objects.exists() is False

    def test_only_published_works_can_be_reported(self, client):
        DraftFactory(slug="draf")
        ProductFactory(slug="tutup", artisan__status="suspended")

        for slug in ("draf", "tutup", "tidak-ada"):
            for page in (f"/laporkan/{slug}/", f"/laporkan/{slug}/terima-kasih/"):
                assert client.get(page).status_code == 404
            assert send(client, url=f"/laporkan/{slug}/").status_code == 404
        assert ListingReport.objects.exists() is False

    def test_its_pages_are_not_indexed(self, client, work):
        for page in ("/laporkan/kain/", "/laporkan/kain/terima-kasih/"):
            assert '<meta name="robots" content="noindex, follow">' in client.get(page).text

    def test_a_report_without_its_token_is_refused(self, work):
        assert send(Client(enforce_csrf_checks=True)).status_code == 403


class TestLimit:
    def test_the_sixth_of_an_hour_is_refused_and_keeps_its_words(self, client, work):
        for _ in range(5):
            assert send(client).status_code == 302

        response = send(client, text="Yang keenam.")

        assert response.status_code == 429
        assert "Yang keenam." in response.text
        assert "Coba lagi nanti" in response.text
        assert ListingReport.objects.count() == 5
        assert client.post("/laporkan/kain/", GOOD, REMOTE_ADDR="10.0.0.9").status_code == 302

    def test_the_table_holds_no_address(self):
        ratelimit.is_allowed("x", "203.0.113.7", most=1, seconds=60)

        assert "203.0.113.7" not in Tries.objects.get().key

    def test_it_counts_from_one_again_when_the_time_is_over(self):
        start = timezone.now()
        with time_machine.travel(start, tick=False):
            assert [ratelimit.is_allowed("x", "a", most=1, seconds=60) for _ in range(2)] == [
                True,
                False,
            ]
        with time_machine.travel(start + datetime.timedelta(seconds=61), tick=False):
            assert ratelimit.is_allowed("x", "a", most=1, seconds=60) is True
            assert ratelimit.is_allowed("y", "a", most=1, seconds=60) is True

    def test_ended_counts_are_forgotten(self):
        ratelimit.is_allowed("x", "a", most=1, seconds=-1)
        ratelimit.is_allowed("x", "b", most=1, seconds=60)

        assert ratelimit.forget_ended() == 1
        assert Tries.objects.count() == 1


class TestHandling:
    @pytest.fixture
    def report(self, work):
        return reports.file(work, "10.0.0.1", reason="other", text="Aneh.", contact="")

    @pytest.fixture
    def curator(self, client, settings):
        settings.STAFF_NEED_SECOND_FACTOR = False
        groups.sync()
        curator = UserFactory(is_staff=True)
        curator.groups.add(Group.objects.get(name="Kurator"))
        client.force_login(curator)
        return curator

    def test_a_curator_writes_what_was_done(self, client, curator, report):
        url = reverse("admin:catalogue_listingreport_change", args=[report.pk])

        assert client.post(url, {"note": ""}).status_code == 200
        assert client.post(url, {"note": "Sudah ditanyakan."}).status_code == 302

        report.refresh_from_db()
        assert (report.note, report.handled_by) == ("Sudah ditanyakan.", curator)
        assert ListingReport.objects.open().exists() is False

    def test_the_first_answer_stays(self, curator, report):
        first = reports.handle(report.pk, by=curator, note="Pertama.")

        again = reports.handle(report.pk, by=UserFactory(), note="Kedua.")

        assert (again.note, again.handled_at) == ("Pertama.", first.handled_at)

    def test_an_empty_note_is_refused(self, curator, report):
        with pytest.raises(ValidationError):
            reports.handle(report.pk, by=curator, note=" ")
        with pytest.raises(IntegrityError), transaction.atomic():
            ListingReport.objects.update(handled_at=timezone.now())

    def test_nobody_adds_or_deletes_at_the_desk(self, client, curator, report):
        delete = reverse("admin:catalogue_listingreport_delete", args=[report.pk])

        assert client.get(reverse("admin:catalogue_listingreport_add")).status_code == 403
        assert client.post(delete, {"post": "yes"}).status_code == 403
        assert ListingReport.objects.count() == 1
