"""Pictures are kept under names nobody guesses and made small in a job."""

import io

import pytest
from django.core.files.storage import FileSystemStorage
from django.utils import translation
from PIL import Image

from catalogue.models import Photo
from catalogue.tasks import make_picture_variants
from lumajang_crafts.lib import pictures
from lumajang_crafts.templatetags import content
from tests.factories import DraftFactory


def drawn(suffix="JPEG", size=(900, 600), **options) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, suffix, **options)
    return file


@pytest.fixture
def photo(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path
    photo = Photo(product=DraftFactory(), picture_alt="Kain")
    photo.attach_picture(drawn(size=(1000, 1250)))
    return photo


class TestVariants:
    def test_the_page_shows_the_master_until_the_job_has_run(self, photo):
        assert photo.picture_widths == []
        make_picture_variants(model="catalogue.photo", pk=photo.pk)
        make_picture_variants(model="catalogue.photo", pk=photo.pk)

        photo.refresh_from_db()
        assert photo.picture_widths == [240, 480, 800, 1000]
        for width in photo.picture_widths:
            for suffix in pictures.FORMATS:
                name = pictures.variant_name(photo.picture.name, width, suffix)
                with photo.picture.storage.open(name) as file:
                    assert Image.open(file).width == width

    def test_a_new_picture_replaces_every_file_of_the_old_one(
        self, photo, django_capture_on_commit_callbacks
    ):
        make_picture_variants(model="catalogue.photo", pk=photo.pk)
        photo.refresh_from_db()
        old, storage = photo.picture.name, photo.picture.storage
        with django_capture_on_commit_callbacks(execute=True):
            photo.attach_picture(drawn())

        assert photo.picture.name != old
        assert storage.exists(old) is False
        assert storage.exists(pictures.variant_name(old, 240, "avif")) is False

    def test_a_row_that_is_gone_needs_no_variants(self, db):
        make_picture_variants(model="catalogue.photo", pk=1)

    def test_names_cannot_be_guessed(self):
        assert len({pictures.random_name("photos") for _ in range(50)}) == 50

    def test_a_small_picture_is_never_enlarged(self, tmp_path):
        storage = FileSystemStorage(tmp_path)
        storage.save("a.webp", pictures.normalise(drawn(size=(220, 220))))

        assert pictures.make_variants(storage, "a.webp") == [220]


class TestTag:
    def test_the_words_are_in_the_readers_language_and_say_so_when_they_are_not(self, photo):
        photo.picture_alt_en = "Cloth"
        both = content.picture(photo, sizes="50vw")
        photo.picture_alt_en = ""
        with translation.override("en"):
            foreign = content.picture(photo, sizes="50vw")

        assert 'alt="Kain"' in both
        assert "lang=" not in both
        assert 'alt="Kain" lang="id"' in foreign

    def test_every_format_is_offered_at_every_width_with_room_kept_for_it(self, photo):
        make_picture_variants(model="catalogue.photo", pk=photo.pk)
        photo.refresh_from_db()
        with translation.override("en"):
            tag = content.picture(photo, sizes="50vw", eager=True)

        for kind in ("image/avif", "image/webp"):
            assert f'<source type="{kind}" srcset="' in tag
        assert tag.count(" 480w") == 3
        assert tag.count('sizes="50vw"') == 3
        assert 'width="1000" height="1250"' in tag
        assert 'fetchpriority="high"' in tag
        assert "lazy" not in tag
