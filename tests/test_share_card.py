"""The picture that a shared link shows."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from catalogue import listing, share_card, tasks
from catalogue.models import Product
from tests.factories import DraftFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = io.BytesIO()
    Image.new("RGB", (400, 500), "#0b6567").save(picture, "WEBP")
    default_storage.save("photos/contoh.webp", ContentFile(picture.getvalue()))


def drawn(product) -> Product:
    share_card.draw(product.pk)
    product.refresh_from_db()
    return product


def opened(product) -> Image.Image:
    with product.share_picture.open() as file:
        picture = Image.open(file)
        picture.load()
    return picture


class TestDrawing:
    def test_photo_at_the_left_words_at_the_right(self):
        picture = opened(drawn(ProductFactory()))

        assert (picture.format, picture.size) == ("JPEG", (1200, 630))
        red, green, blue = picture.getpixel((250, 300))
        assert (red < 30, green > 80, blue > 80) == (True, True, True)
        colours = picture.crop((560, 60, 1140, 400)).getcolors(1 << 24)
        assert len(colours) > 50  # letters, not a plain ground

    def test_its_address_tells_nothing(self):
        name = drawn(ProductFactory(slug="kain", name="Kain")).share_picture.name

        folder, beginning, token = name.split("/")
        assert (folder, len(beginning), len(token)) == ("share", 2, len("x" * 32 + ".jpg"))
        assert "kain" not in name

    @pytest.mark.parametrize(
        "name", ["K", "Kain " * 23, "x" * 120, "Kain “élok” – tiga × dua…", "布 ткань 🧵", "  "]
    )
    def test_any_name_can_be_drawn(self, name):
        assert opened(drawn(ProductFactory(name=name))).size == (1200, 630)

    def test_letters_that_the_font_lacks_are_written_plainly(self):
        assert share_card._drawable("Élok – “tiga” × 2…") == "Elok - “tiga” x 2..."

    def test_a_long_name_becomes_smaller_then_is_cut(self):
        assert share_card._fitted("Kain Semeru")[0] == 58
        size, lines = share_card._fitted("kata panjang " * 9)
        assert (size, len(lines)) == (42, 4)
        assert lines[-1].endswith(" ...")


class TestUpkeep:
    def test_it_is_drawn_anew_only_when_it_would_look_different(self):
        product = drawn(ProductFactory())
        first = product.share_picture.name

        assert drawn(product).share_picture.name == first
        product.variants.update(price=99_000)
        listing.save_prices(product)
        assert drawn(product).share_picture.name != first

    def test_the_old_file_goes(self, django_capture_on_commit_callbacks):
        product = drawn(ProductFactory())
        old = product.share_picture.name
        product.name = "Nama baru"
        product.save()

        with django_capture_on_commit_callbacks(execute=True):
            drawn(product)

        assert default_storage.exists(old) is False
        assert default_storage.exists(product.share_picture.name) is True

    def test_a_withdrawn_work_loses_it(self, django_capture_on_commit_callbacks):
        product = drawn(ProductFactory())
        old = product.share_picture.name

        with django_capture_on_commit_callbacks(execute=True):
            listing.withdraw(product.pk)

        assert default_storage.exists(old) is False
        assert Product.objects.get().share_picture.name == ""

    def test_a_draft_and_a_work_that_is_gone_have_none(self):
        assert drawn(DraftFactory()).share_picture.name == ""
        assert drawn(ProductFactory(artisan__status="suspended")).share_picture.name == ""
        tasks.make_share_image(product_id=0)

    def test_publishing_asks_for_it(self):
        product = ProductFactory()

        jobs = ProcrastinateJob.objects.filter(task_name="make_share_image")
        assert [job.args for job in jobs] == [{"product_id": product.pk}]


class TestPage:
    def test_shared_links_show_it_with_its_size(self, client):
        product = drawn(ProductFactory(name="Kain Semeru"))

        html = client.get(product.get_absolute_url()).text

        image = f"http://testserver{product.share_picture.url}"
        for line in (
            f'<meta property="og:image" content="{image}">',
            '<meta property="og:image:width" content="1200">',
            '<meta property="og:image:height" content="630">',
            '<meta property="og:image:alt" content="Kain terlipat di meja">',
            '<meta property="og:title" content="Kain Semeru, Rp150.000">',
            '<meta name="twitter:card" content="summary_large_image">',
            '<meta property="product:price:amount" content="150000">',
        ):
            assert line in html

    def test_until_it_is_drawn_the_cover_stands_in(self, client):
        html = client.get(ProductFactory().get_absolute_url()).text

        assert 'property="og:image" content="http://testserver/media/photos/contoh.webp"' in html
        assert "og:image:width" not in html
