"""The privacy notice and the terms: one version in force, every version readable."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import documents, groups
from accounts.models import Document
from tests.factories import DocumentFactory, UserFactory

pytestmark = pytest.mark.django_db

ADDRESSES = {
    ("privacy", "id"): "/privasi/",
    ("privacy", "en"): "/en/privacy/",
    ("terms", "id"): "/syarat/",
    ("terms", "en"): "/en/terms/",
}
DAY = datetime.timedelta(days=1)


class TestReading:
    @pytest.mark.parametrize(("place", "url"), ADDRESSES.items())
    def test_the_first_versions_are_complete_in_both_languages(self, client, place, url):
        documents.load()

        response = client.get(url)

        assert response.status_code == 200
        assert response["Content-Language"] == place[1]
        assert "{" not in response.context["document"].tr("body")
        assert "Dekranasda Kabupaten Lumajang" in response.text
        assert "noindex" not in response.text
        assert client.post(url).status_code == 405

    @pytest.mark.parametrize("url", ADDRESSES.values())
    def test_without_a_version_there_is_no_page(self, client, url):
        assert client.get(url).status_code == 404
        assert client.get(f"{url}2026-01/").status_code == 404

    def test_the_two_languages_have_the_same_parts(self):
        documents.load()
        for document in Document.objects.all():
            for mark in ("## ", "- "):
                starts = [
                    sum(line.startswith(mark) for line in text.splitlines())
                    for text in (document.body, document.body_en)
                ]
                assert starts[0] == starts[1] > 0 or mark == "- "

    def test_the_newest_that_has_begun_is_in_force(self, client):
        today = timezone.localdate()
        DocumentFactory(version="2026-01", valid_from=today - 9 * DAY, body="Lama.")
        DocumentFactory(version="2026-02", valid_from=today, body="Berlaku.")
        DocumentFactory(version="2026-03", valid_from=today + DAY, body="Nanti.")

        html = client.get("/privasi/").text

        assert "Berlaku." in html
        assert "Lama." not in html
        assert "Nanti." not in html
        for version in ("2026-01", "2026-02", "2026-03"):
            assert f'href="/privasi/{version}/"' in html

    def test_an_earlier_version_stays_readable_and_says_what_it_is(self, client):
        DocumentFactory(version="2026-01", body="Lama.", body_en="Old.")
        DocumentFactory(version="2026-02", valid_from=datetime.date(2026, 2, 1))

        response = client.get("/privasi/2026-01/")

        assert "Lama." in response.text
        assert "Ini versi lama. Yang berlaku sekarang adalah versi 2026-02." in response.text
        assert "noindex" in response.text
        assert "Old." in client.get("/en/privacy/2026-01/").text

    def test_a_coming_version_can_be_read_before_it_binds(self, client):
        DocumentFactory()
        DocumentFactory(version="2027-01", valid_from=timezone.localdate() + DAY)

        assert "Versi ini belum berlaku." in client.get("/privasi/2027-01/").text

    def test_of_two_that_begin_together_the_later_one_holds(self):
        DocumentFactory(version="2026-01")
        later = DocumentFactory(version="2026-01-2")

        assert Document.objects.in_force("privacy") == later
        assert Document.objects.in_force("privacy", datetime.date(2025, 12, 31)) is None

    def test_one_document_is_not_the_other(self, client):
        DocumentFactory(kind="privacy")

        assert client.get("/syarat/2026-01/").status_code == 404

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_two_queries_at_any_number_of_versions(
        self, client, count, django_assert_num_queries
    ):
        for number in range(count):
            DocumentFactory(version=f"2026-0{number + 1}")

        with django_assert_num_queries(2):
            client.get("/privasi/")

    def test_hostile_text_is_escaped(self, client):
        DocumentFactory(body="## <script>x</script>\n\n<b>y</b>")

        html = client.get("/privasi/").text

        assert "<script>x" not in html
        assert "<b>y" not in html


class TestPublishing:
    def test_loading_again_changes_nothing(self):
        assert documents.load() == len(list(documents.FOLDER.glob("*.toml")))
        kept = list(Document.objects.values_list("pk", "body"))

        documents.load()

        assert list(Document.objects.values_list("pk", "body")) == kept

    def test_a_changed_file_does_not_change_a_published_version(self, tmp_path):
        text = 'kind = "terms"\nversion = "2026-05"\nvalid_from = 2026-05-01\n'
        file = tmp_path / "terms.toml"
        file.write_text(f'{text}body = "Satu, {{council}}."\nbody_en = "One."\n')
        documents.load(tmp_path)
        file.write_text(f'{text}body = "Dua."\nbody_en = "Two."\n')
        documents.load(tmp_path)

        assert Document.objects.get().body == "Satu, Dekranasda Kabupaten Lumajang."

    @pytest.mark.parametrize(
        "fields", [{"version": "baru"}, {"kind": "rules"}, {"body": ""}, {"body_en": ""}]
    )
    def test_the_database_refuses_what_is_no_version(self, fields):
        with pytest.raises(IntegrityError), transaction.atomic():
            DocumentFactory(**fields)

    def test_a_version_exists_once(self):
        DocumentFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            DocumentFactory()


class TestDesk:
    ADD = "admin:accounts_document_add"

    @pytest.fixture
    def editor(self, client, settings):
        settings.STAFF_NEED_SECOND_FACTOR = False
        groups.sync()
        officer = UserFactory(is_staff=True)
        officer.groups.add(Group.objects.get(name="Redaktur"))
        client.force_login(officer)
        return client

    def form(self, **changes) -> dict[str, str]:
        today = timezone.localdate().isoformat()
        return {
            "kind": "privacy",
            "version": "2026-12",
            "valid_from": today,
            "body": "Isi.",
            "body_en": "Text.",
        } | changes

    def test_an_editor_publishes_a_new_version(self, editor):
        assert editor.post(reverse(self.ADD), self.form()).status_code == 302
        assert "Isi." in editor.get("/privasi/").text

    @pytest.mark.parametrize(
        "changes", [{"valid_from": "2020-01-01"}, {"version": "x"}, {"body_en": ""}]
    )
    def test_what_cannot_bind_is_refused(self, editor, changes):
        response = editor.post(reverse(self.ADD), self.form(**changes))

        assert response.status_code == 200
        assert list(response.context["adminform"].form.errors) == list(changes)
        assert Document.objects.exists() is False

    def test_nobody_changes_or_deletes_a_published_version(self, client, settings):
        settings.STAFF_NEED_SECOND_FACTOR = False
        client.force_login(UserFactory(is_staff=True, is_superuser=True))
        document = DocumentFactory()

        for action in ("change", "delete"):
            url = reverse(f"admin:accounts_document_{action}", args=[document.pk])
            assert client.post(url, self.form(body="Lain.")).status_code == 403
        document.refresh_from_db()
        assert document.body.endswith("Yang kami simpan.")

    def test_other_groups_do_not_publish(self, client, settings):
        settings.STAFF_NEED_SECOND_FACTOR = False
        groups.sync()
        officer = UserFactory(is_staff=True)
        officer.groups.add(Group.objects.get(name="Kurator"))
        client.force_login(officer)

        assert client.get(reverse(self.ADD)).status_code == 403
