"""Photos come from one folder, once, and leave no file behind when the import is refused."""

import io
from pathlib import Path

import pytest
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from catalogue.importing import photos
from catalogue.importing.report import Unclear
from catalogue.models import Photo, Product
from lumajang_crafts.lib import pictures
from tests.spreadsheets import good, imported, row, stock_the_shelves, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def maker(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return stock_the_shelves()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "produk.xlsx"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "foto"
    (folder / "dekat").mkdir(parents=True)
    for name, colour in (("Satu.JPG", "teal"), ("dua.png", "navy"), ("dekat/tiga.jpg", "gold")):
        draw(folder / name, colour)
    (folder / "surat.jpg").write_text("bukan foto")
    draw(tmp_path / "rahasia.jpg", "red")
    return folder


def draw(path: Path, colour: str) -> None:
    file = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(file, "PNG" if path.suffix == ".png" else "JPEG")
    path.write_bytes(file.getvalue())


def stored(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "media").rglob("*") if path.is_file()]


PHOTOGRAPHED = good(Foto="satu.jpg; DUA.png", Keterangan_foto="Di meja, siang; Dari dekat")


class TestAttaching:
    def test_photos_are_kept_in_order_with_their_words(self, path, folder, tmp_path):
        said, code = imported(workbook(path, [PHOTOGRAPHED]), photos=folder, language="en")

        first, second = Photo.objects.order_by("position")
        assert code == 0
        assert (first.picture_alt, second.picture_alt) == ("Di meja, siang", "Dari dekat")
        assert (first.picture_width, len(first.source_digest)) == (600, 64)
        assert len(stored(tmp_path)) == 2
        assert ProcrastinateJob.objects.filter(task_name="make_picture_variants").count() == 2
        assert "New photos: 2" in said

    def test_the_same_file_is_never_attached_twice(self, path, folder, tmp_path):
        imported(workbook(path, [PHOTOGRAPHED]), photos=folder)
        before, files = list(Photo.objects.values()), stored(tmp_path)
        draw(folder / "satu-lagi.jpg", "teal")

        imported(path, photos=folder)
        imported(workbook(path, [row(SKU="KL-1", Foto="satu-lagi")]), photos=folder)

        assert list(Photo.objects.values()) == before
        assert stored(tmp_path) == files
        assert ProcrastinateJob.objects.filter(task_name="make_picture_variants").count() == 2

    def test_new_words_reach_the_photo_that_is_there(self, path, folder):
        imported(workbook(path, [PHOTOGRAPHED]), photos=folder)
        imported(
            workbook(path, [row(SKU="KL-1", Foto="satu", Keterangan_foto="Baru")]), photos=folder
        )

        assert Photo.objects.get(position=0).picture_alt == "Baru"

    def test_a_photo_without_words_gets_the_name_and_a_note(self, path, folder):
        rows = [good(Foto="satu.jpg", **{"Nama produk (Inggris)": "Bamboo basket"})]

        said, _code = imported(workbook(path, rows), photos=folder, language="en")

        photo = Photo.objects.get()
        assert photo.picture_alt == "Keranjang bambu, foto 1"
        assert photo.picture_alt_en == "Bamboo basket, photo 1"
        assert "Describe what it shows" in said

    def test_a_work_with_photos_can_be_published_at_once(self, path, folder):
        imported(workbook(path, [PHOTOGRAPHED | {"Status": "tayang"}]), photos=folder)

        assert Product.objects.get().status == "published"

    def test_several_columns_of_photos_are_one_list(self, path, folder):
        headings = [*good(), "Foto 1", "Foto 2"]
        rows = [good() | {"Foto 1": "satu.jpg", "Foto 2": "dekat/tiga.jpg"}]

        imported(workbook(path, rows, headings=headings), photos=folder)

        assert Photo.objects.count() == 2

    def test_without_a_folder_photos_are_left_out_with_a_note(self, path):
        said, code = imported(workbook(path, [PHOTOGRAPHED]), language="en")

        assert (code, Photo.objects.count()) == (0, 0)
        assert "--photos FOLDER" in said


class TestRefusing:
    OUTSIDE = ["../rahasia.jpg", "/etc/passwd", "..\\rahasia.jpg", "pintasan.jpg", "rahasia.jpg"]

    @pytest.mark.parametrize("name", OUTSIDE)
    def test_nothing_outside_the_folder_is_read(self, path, folder, tmp_path, name):
        (folder / "pintasan.jpg").symlink_to(tmp_path / "rahasia.jpg")

        _said, code = imported(workbook(path, [good(Foto=name)]), photos=folder)

        assert (code, Photo.objects.count(), stored(tmp_path)) == (1, 0, [])

    def test_an_ambiguous_name_is_refused(self, folder):
        draw(folder / "tiga.jpg", "pink")

        with pytest.raises(Unclear):
            photos.Folder(folder).find("tiga.jpg")
        assert photos.Folder(folder).find("dekat/tiga.jpg").parent.name == "dekat"

    def test_a_file_that_is_no_photo_takes_the_others_with_it(self, path, folder, tmp_path):
        rows = [PHOTOGRAPHED, good(SKU="KL-2", Nama_produk="Tampah", Foto="surat.jpg")]

        said, code = imported(workbook(path, rows), photos=folder, language="en")

        assert (code, Product.objects.count(), stored(tmp_path)) == (1, 0, [])
        assert ProcrastinateJob.objects.count() == 0
        assert "surat.jpg" in said

    def test_partial_keeps_the_other_products_and_their_photos(self, path, folder, tmp_path):
        bad = good(SKU="KL-2", Nama_produk="Tampah", Foto="dekat/tiga.jpg; surat.jpg")

        _said, code = imported(workbook(path, [PHOTOGRAPHED, bad]), "--partial", photos=folder)

        assert (code, Product.objects.get().name) == (2, "Keranjang bambu")
        assert (Photo.objects.count(), len(stored(tmp_path))) == (2, 2)

    def test_a_dry_run_looks_at_every_photo_and_stores_none(self, path, folder, tmp_path):
        rows = [PHOTOGRAPHED | {"Status": "tayang"}]

        said, code = imported(workbook(path, rows), "--dry-run", photos=folder, language="en")

        assert (code, Photo.objects.count(), stored(tmp_path)) == (0, 0, [])
        assert "New photos: 2" in said
        assert "Published: 1" in said

    def test_an_interruption_leaves_no_file(self, path, folder, tmp_path, monkeypatch):
        seen = []

        def normalise(file):
            seen.append(file)
            if len(seen) > 1:
                raise KeyboardInterrupt
            return original(file)

        original = pictures.normalise
        monkeypatch.setattr(pictures, "normalise", normalise)
        with pytest.raises(KeyboardInterrupt):
            imported(workbook(path, [PHOTOGRAPHED]), photos=folder)

        assert (len(seen), stored(tmp_path), Product.objects.count()) == (2, [], 0)
