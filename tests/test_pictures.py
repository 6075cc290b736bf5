"""Pictures are made safe when they arrive and small in a job."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from PIL import Image, PngImagePlugin

from catalogue.models import Photo
from catalogue.tasks import make_picture_variants
from lumajang_crafts.lib import pictures
from tests.factories import DraftFactory


def drawn(suffix="JPEG", size=(900, 600), **options) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, suffix, **options)
    return file


def with_gps_and_orientation() -> io.BytesIO:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees
    exif.get_ifd(0x8825)[1] = "S"
    return drawn(exif=exif, comment=b"RAHASIA")


class TestArriving:
    @pytest.mark.parametrize("suffix", ["JPEG", "PNG", "WEBP"])
    def test_the_three_formats_of_phones_and_desks_are_taken(self, suffix):
        kept = Image.open(pictures.normalise(drawn(suffix)))

        assert (kept.format, kept.size) == ("WEBP", (900, 600))

    def test_nothing_but_pixels_is_kept_and_the_picture_stands_upright(self):
        kept = pictures.normalise(with_gps_and_orientation())
        picture = Image.open(kept)

        assert picture.size == (600, 900)
        assert dict(picture.getexif()) == {}
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(picture.info)
        kept.seek(0)
        assert b"RAHASIA" not in kept.read()

    def test_a_transparent_picture_gets_a_white_ground(self):
        file = io.BytesIO()
        Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(file, "PNG")

        assert min(Image.open(pictures.normalise(file)).getpixel((5, 5))) > 250

    def test_a_large_photo_is_kept_at_2400_px(self):
        assert max(Image.open(pictures.normalise(drawn(size=(3600, 2000)))).size) == 2400

    def test_trailing_bytes_disappear(self):
        file = drawn()
        file.write(b"<script>alert(1)</script>")

        assert b"<script>" not in pictures.normalise(file).read()

    @pytest.mark.parametrize(
        "upload",
        [
            io.BytesIO(b""),
            io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            io.BytesIO(b"\x89PNG\r\n\x1a\n<html>"),
            io.BytesIO(drawn().getvalue()[:400]),
            drawn("GIF"),
            drawn("TIFF"),
        ],
    )
    def test_what_is_no_whole_photo_is_refused_with_a_sentence(self, upload):
        with pytest.raises(ValidationError) as refusal:
            pictures.normalise(upload)

        assert refusal.value.messages[0].endswith(".")

    def test_a_bomb_is_refused_before_it_is_decoded(self):
        with pytest.raises(ValidationError):
            pictures.normalise(drawn("PNG", (8000, 7000)))

    def test_a_huge_file_is_refused_unread(self):
        with pytest.raises(ValidationError):
            pictures.normalise(io.BytesIO(b"x" * (pictures.MAX_BYTES + 1)))

    def test_a_compressed_text_bomb_is_harmless(self):
        notes = PngImagePlugin.PngInfo()
        notes.add_text("x", "a" * 2_000_000, zip=True)

        with pytest.raises(ValidationError):
            pictures.normalise(drawn("PNG", pnginfo=notes))


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
        storage.save("a.webp", pictures.normalise(drawn(size=(100, 100))))

        assert pictures.make_variants(storage, "a.webp") == [100]
