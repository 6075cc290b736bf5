"""News above every public page: when it shows, what it costs, how it is closed."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from catalogue import announcements
from tests.factories import AnnouncementFactory, StoryFactory, UserFactory

HOUR = datetime.timedelta(hours=1)
WORDS = "Pameran pekan ini"


@pytest.fixture
def cold():
    """A process that has not looked at the table yet."""
    announcements.forget()


@pytest.mark.django_db
class TestShowing:
    @pytest.mark.parametrize("url", ["/", "/katalog/", "/motif/", "/kontak/", "/akun/login/"])
    def test_it_stands_on_every_public_page_in_the_reader_s_language(self, client, cold, url):
        AnnouncementFactory()

        assert WORDS in client.get(url).text
        assert "Fair this week" in client.get("/en/").text

    @pytest.mark.parametrize(
        ("start", "end", "is_shown"),
        [(-2, -1, False), (-1, 1, True), (0, 1, True), (1, 2, False)],
    )
    def test_only_between_its_two_moments(self, client, cold, start, end, is_shown):
        now = timezone.now()
        with time_machine.travel(now, tick=False):
            AnnouncementFactory(starts_at=now + start * HOUR, ends_at=now + end * HOUR)

            assert (WORDS in client.get("/kontak/").text) is is_shown

    def test_end_and_beginning_are_kept_to_the_second_by_a_process_that_remembers(
        self, client, cold
    ):
        start = timezone.now()
        with time_machine.travel(start, tick=False) as clock:
            AnnouncementFactory(
                starts_at=start + datetime.timedelta(seconds=10),
                ends_at=start + datetime.timedelta(seconds=20),
            )
            shown = []
            for second in (0, 10, 19, 20):
                clock.move_to(start + datetime.timedelta(seconds=second))
                shown.append(WORDS in client.get("/kontak/").text)

        assert shown == [False, True, True, False]

    def test_two_at_most_in_the_order_of_the_desk(self, cold):
        last = AnnouncementFactory(position=3)
        second, first = AnnouncementFactory(position=2), AnnouncementFactory(position=1)

        assert announcements.current() == [first, second]
        assert last not in announcements.current()

    def test_nothing_is_drawn_when_there_is_no_news(self, client, cold):
        assert "announcements" not in client.get("/kontak/").text

    def test_the_link_leads_to_the_page_in_the_reader_s_language(self, client, cold):
        story = StoryFactory()
        AnnouncementFactory(link=f"/cerita/{story.slug}/")

        assert f'announcements__link" href="/cerita/{story.slug}/"' in client.get("/kontak/").text
        english = client.get("/en/contact/").text
        assert f'announcements__link" href="/en/stories/{story.slug}/"' in english

    def test_a_link_elsewhere_stays_as_it_is(self, client, cold):
        AnnouncementFactory(link="https://contoh.example/pameran")

        assert 'href="https://contoh.example/pameran"' in client.get("/en/contact/").text

    def test_hostile_text_is_escaped(self, client, cold):
        AnnouncementFactory(text="<script>x</script>")

        assert "<script>x" not in client.get("/kontak/").text


@pytest.mark.django_db
class TestCost:
    @pytest.mark.parametrize("count", [1, 3])
    def test_one_query_a_minute_and_none_in_between(
        self, client, cold, count, django_assert_num_queries
    ):
        AnnouncementFactory.create_batch(count)
        with time_machine.travel(timezone.now(), tick=False) as clock:
            with django_assert_num_queries(1):
                client.get("/kontak/")
            clock.shift(datetime.timedelta(seconds=announcements.KEPT - 1))
            with django_assert_num_queries(0):
                client.get("/kontak/")
            clock.shift(datetime.timedelta(seconds=2))
            with django_assert_num_queries(1):
                client.get("/kontak/")

    def test_no_news_is_remembered_too(self, client, cold, django_assert_num_queries):
        client.get("/kontak/")
        with django_assert_num_queries(0):
            client.get("/kontak/")


@pytest.mark.django_db
class TestRules:
    @pytest.mark.parametrize(
        "link", ["javascript:alert(1)", "//contoh.example", "/\\contoh.example", "http://x", "x"]
    )
    def test_a_link_that_leads_astray_is_refused_by_form_and_database(self, link):
        announcement = AnnouncementFactory.build(link=link)
        with pytest.raises(ValidationError):
            announcement.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            announcement.save()

    @pytest.mark.parametrize("link", ["", "/", "/cerita/x/", "https://contoh.example/"])
    def test_a_good_link_is_taken(self, link):
        announcement = AnnouncementFactory.build(link=link)
        announcement.full_clean()
        announcement.save()

    @pytest.mark.parametrize(
        "fields",
        [
            {"ends_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
            {"text_en": ""},
            {"text": ""},
            {"level": "loud"},
        ],
    )
    def test_the_database_refuses_what_makes_no_announcement(self, fields):
        with pytest.raises(IntegrityError), transaction.atomic():
            AnnouncementFactory(**fields)

    def test_a_changed_text_is_a_new_edition(self):
        announcement = AnnouncementFactory()
        before = announcement.edition
        with time_machine.travel(timezone.now() + HOUR):
            announcement.save()

        assert announcement.edition != before
        assert before.startswith(f"{announcement.pk}-")

    def test_what_the_desk_saves_is_seen_at_once_by_its_own_process(self, client, cold, settings):
        settings.STAFF_NEED_SECOND_FACTOR = False
        client.force_login(UserFactory(is_staff=True, is_superuser=True))
        client.get("/kontak/")
        now = timezone.localtime()
        form = {
            "text": WORDS,
            "text_en": "Fair",
            "level": "important",
            "position": 0,
            "starts_at_0": (now - 25 * HOUR).date().isoformat(),
            "starts_at_1": "08:00",
            "ends_at_0": (now + 25 * HOUR).date().isoformat(),
            "ends_at_1": "08:00",
        }
        assert client.post(reverse("admin:catalogue_announcement_add"), form).status_code == 302
        assert WORDS in client.get("/kontak/").text

        row = announcements.current()[0]
        url = reverse("admin:catalogue_announcement_delete", args=[row.pk])
        client.post(url, {"post": "yes"})
        assert announcements.current() == []


@pytest.mark.django_db(transaction=True)
class TestClosing:
    SHIFT = """() => new Promise(done => {
      let sum = 0;
      new PerformanceObserver(list => list.getEntries().forEach(e => { sum += e.value; }))
        .observe({type: "layout-shift", buffered: true});
      setTimeout(() => done(sum), 300);
    })"""

    @pytest.fixture
    def place(self, settings, live_server, cold):
        settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
        return live_server.url + "/kontak/"

    def test_a_closed_one_stays_closed_until_it_changes_and_moves_nothing(self, place, page):
        errors = []
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        announcement = AnnouncementFactory()
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(place)
        page.get_by_role("button", name="Tutup").click()
        assert page.get_by_text(WORDS).is_visible() is False
        assert page.evaluate("document.activeElement.id") == "content"

        page.goto(place)
        assert page.get_by_text(WORDS).is_visible() is False
        assert page.evaluate(self.SHIFT) == 0

        type(announcement).objects.update(changed_at=timezone.now() + HOUR)
        announcements.forget()
        page.goto(place)
        assert page.get_by_text(WORDS).is_visible() is True
        assert page.evaluate(self.SHIFT) == 0
        assert errors == []

    def test_without_scripts_it_stays_and_offers_no_button(self, place, chromium):
        AnnouncementFactory()
        context = chromium.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(place)

        assert page.get_by_text(WORDS).is_visible() is True
        assert page.get_by_role("button", name="Tutup").count() == 0
        context.close()

    def test_lines_of_a_story_hold_68_characters_at_most(self, place, live_server, page):
        words = "Bilah bambu itu diraut tipis sampai lentur. " * 20
        story = StoryFactory(body=words)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(live_server.url + story.get_absolute_url())
        lines = page.evaluate("""() => {
          const paragraph = document.querySelector(".reading-text p");
          const box = paragraph.getBoundingClientRect();
          const size = parseFloat(getComputedStyle(paragraph).lineHeight);
          return paragraph.textContent.length / Math.round(box.height / size);
        }""")

        assert lines <= 68
