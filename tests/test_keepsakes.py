"""The photo of a work stays with who bought it."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from orders import keepsakes
from orders.models import OrderLine
from tests.order_rows import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    default_storage.save("photos/ab/abc/400.jpg", ContentFile(b"cloth"))
    order = place(parts=2)
    OrderLine.objects.update(photo="photos/ab/abc/400.jpg")
    return order


def names():
    return set(OrderLine.objects.values_list("photo", flat=True))


def test_two_lines_share_one_copy_that_outlives_the_photo(order):
    keepsakes.keep(order.pk)
    default_storage.delete("photos/ab/abc/400.jpg")

    (name,) = names()
    assert name.startswith("bought/")
    with default_storage.open(name) as copy:
        assert copy.read() == b"cloth"


def test_keeping_twice_changes_nothing(order):
    keepsakes.keep(order.pk)
    before = names()
    keepsakes.keep(order.pk)

    assert names() == before
    _folders, files = default_storage.listdir(str(next(iter(before)).rpartition("/")[0]))
    assert len(files) == 1


def test_a_photo_taken_away_meanwhile_leaves_the_line_without_one(order):
    default_storage.delete("photos/ab/abc/400.jpg")

    keepsakes.keep(order.pk)

    assert names() == {""}
