"""A picture file lives as long as a row names it."""

import datetime
import io
import os
import time

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from artisans.models import Artisan
from catalogue.models import Photo
from catalogue.tasks import make_picture_variants, sweep_stray_files
from lumajang_crafts.lib import jobs, stray_files
from tests.factories import ArtisanFactory, DraftFactory
from tests.test_pictures import drawn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files(media) -> set[str]:
    return {str(path.relative_to(media)) for path in media.rglob("*") if path.is_file()}


def age(media, days: int) -> None:
    then = time.time() - datetime.timedelta(days=days).total_seconds()
    for path in media.rglob("*"):
        os.utime(path, (then, then))


class TestFailure:
    def test_a_row_that_cannot_be_saved_leaves_no_file(self, media):
        photo = Photo(product=DraftFactory(), picture_alt="")
        with pytest.raises(IntegrityError), transaction.atomic():
            photo.attach_picture(drawn())

        assert files(media) == set()

    def test_a_job_that_cannot_be_queued_leaves_neither_file_nor_row(self, media, monkeypatch):
        def fail(*arguments, **options):
            raise OSError("the queue is away")

        monkeypatch.setattr(jobs, "defer", fail)
        with pytest.raises(OSError, match="away"), transaction.atomic():
            Photo(product=DraftFactory(), picture_alt="Kain").attach_picture(drawn())

        assert files(media) == set()
        assert Photo.objects.exists() is False

    def test_replacing_that_fails_keeps_the_old_picture(self, media, monkeypatch):
        artisan = ArtisanFactory(picture_alt="Kain")
        artisan.attach_picture(drawn())
        old = files(media)

        monkeypatch.setattr(jobs, "defer", lambda *arguments, **options: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            artisan.attach_picture(drawn())

        assert files(media) == old
        assert {Artisan.objects.get().picture.name} == old


class TestSweep:
    @pytest.fixture
    def kept(self, media) -> set[str]:
        photo = Photo(product=DraftFactory(), picture_alt="Kain")
        photo.attach_picture(drawn(size=(300, 300)))
        make_picture_variants(model="catalogue.photo", pk=photo.pk)
        ArtisanFactory(picture_alt="Kain").attach_picture(drawn())
        return files(media)

    @pytest.fixture
    def stray(self, media, kept) -> set[str]:
        """What a transaction left that failed after the file had been stored."""
        photo = Photo(product=DraftFactory(), picture_alt="Kain")
        photo.attach_picture(drawn(size=(300, 300)))
        make_picture_variants(model="catalogue.photo", pk=photo.pk)
        photo.delete()
        return files(media) - kept

    def test_old_files_that_no_row_names_go_with_their_variants(self, media, kept, stray):
        age(media, days=2)

        assert set(stray_files.sweep()) == stray
        assert len(stray) == 1 + 2 * 3
        assert files(media) == kept

    def test_young_files_stay_because_a_transaction_may_still_run(self, media, kept, stray):
        assert stray_files.sweep() == []
        assert files(media) == kept | stray

    def test_a_dry_run_only_lists(self, media, kept, stray):
        age(media, days=2)
        output = io.StringIO()
        call_command("sweep_media", "--dry-run", stdout=output)

        assert set(output.getvalue().splitlines()) == stray | {"7 stray files"}
        assert files(media) == kept | stray

    def test_other_folders_are_not_looked_into(self, media):
        (media / "proofs").mkdir()
        (media / "proofs" / "a.webp").write_bytes(b"x")
        age(media, days=2)

        assert stray_files.sweep() == []

    def test_the_worker_sweeps_once_a_day(self, media, kept, stray):
        age(media, days=2)
        sweep_stray_files(timestamp=0)

        assert files(media) == kept
        crons = {
            name: task.cron for (name, _), task in app.periodic_registry.periodic_tasks.items()
        }
        assert crons["sweep_stray_files"] == "40 3 * * *"
