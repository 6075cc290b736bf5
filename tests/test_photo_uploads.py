"""Photos sent through the desk's real form, by people and by attackers."""

import re

import pytest
from django.urls import reverse

from catalogue.models import Photo, Product
from tests.factories import UserFactory
from tests.image_corpus import CASES
from tests.test_desk import listing_form

pytestmark = pytest.mark.django_db
BOUNDARY = "batas-formulir"
RANDOM = re.compile(r"photos/[0-9a-f]{2}/[0-9a-f]{32}\.webp")


@pytest.fixture
def desk(client, settings, tmp_path):
    settings.STAFF_NEED_SECOND_FACTOR = False
    settings.MEDIA_ROOT = tmp_path
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def send(desk, filename: str, upload: bytes, **changes):
    """Post the form by hand: the test client would clean the file's name."""
    form = listing_form(**changes)
    del form["photos-0-upload"]
    lines = []
    for name, value in form.items():
        for one in value if isinstance(value, list) else [value]:
            lines += [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n', one]
    head = f'Content-Disposition: form-data; name="photos-0-upload"; filename="{filename}"'
    body = "".join(f"{a}\r\n{b}\r\n" for a, b in zip(lines[::2], lines[1::2], strict=True))
    body += f"--{BOUNDARY}\r\n{head}\r\nContent-Type: image/jpeg\r\n\r\n"
    data = body.encode() + upload + f"\r\n--{BOUNDARY}--\r\n".encode()
    url = reverse("admin:catalogue_product_add")
    return desk.post(url, data, content_type=f"multipart/form-data; boundary={BOUNDARY}")


@pytest.mark.parametrize(
    "filename",
    [
        "../../x.jpg",
        "..\\..\\x.jpg",
        "/etc/passwd",
        "foto\0.jpg",
        "x" * 300 + ".jpg",
        "\u202egpj.exe",
        "🧺 tampah.heic",
        "foto.php.jpg",
        "<script>.jpg",
    ],
)
def test_whatever_a_file_is_called_the_stored_name_is_random(desk, tmp_path, filename):
    response = send(desk, filename, CASES["plain-JPEG"][0]())

    assert response.status_code == 302
    assert RANDOM.fullmatch(Photo.objects.get().picture.name)
    assert {p.suffix for p in tmp_path.rglob("*") if p.is_file()} == {".webp"}


def test_a_heic_photo_of_a_phone_is_taken(desk):
    assert send(desk, "IMG_1.HEIC", CASES["plain-HEIF"][0]()).status_code == 302
    assert RANDOM.fullmatch(Photo.objects.get().picture.name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("file_of_21_mb", "lebih dari 20 MB"),
        ("png_of_900_megapixels", "lebih dari 50 megapiksel"),
        ("truncated-HEIF", "rusak atau tidak utuh"),
        ("foreign-AVIF", "bukan foto JPEG, PNG, WebP, atau HEIC"),
        ("one_pixel", "terlalu kecil"),
        ("strip", "terlalu sempit"),
    ],
)
def test_a_refusal_is_said_beside_the_field_and_nothing_is_kept(desk, tmp_path, name, words):
    response = send(desk, "foto.jpg", CASES[name][0]())

    assert response.status_code == 200
    assert words in response.text
    assert Product.objects.filter(slug="tampah").exists() is False
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_empty_file_is_said_too(desk):
    assert "kosong" in send(desk, "foto.jpg", b"").text


def test_the_field_offers_exactly_the_formats_that_are_taken(desk):
    page = desk.get(reverse("admin:catalogue_product_add")).text

    assert 'accept="image/jpeg,image/png,image/webp,image/heic,image/heif"' in page
    assert "JPEG, PNG, WebP, atau HEIC, paling besar 20 MB." in page
