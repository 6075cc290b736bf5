"""An address as a buyer writes it, and the regions that it names."""

import pytest

from tests.factories import RegionFactory, UserFactory, tempeh

HOME = {
    "recipient": "Bu Sri Contoh",
    "phone": "0812-3456-7890",
    "country": "ID",
    "province": "35",
    "regency": "35.08",
    "district": "35.08.05",
    "village": "Tempeh Tengah",
    "street": "Jl. Melati No. 5",
    "rt": "1",
    "rw": "12",
    "postcode": "",
    "landmark": "seberang masjid",
}


ABROAD = {
    "recipient": "Anna Voorbeeld",
    "phone": "06 12345678",
    "country": "NL",
    "street": "Voorbeeldstraat 7",
    "city": "Leiden",
    "postcode": "2311 ab",
}


@pytest.fixture
def regions():
    """Two districts of Lumajang and a neighbour in another province."""
    lumajang = tempeh().parent
    bali = RegionFactory(code="51", name="Bali", level="province")
    badung = RegionFactory(code="51.03", name="Kabupaten Badung", level="regency", parent=bali)
    for code, name, parent, postcode in [
        ("35.08.04", "Pasirian", lumajang, "67372"),
        ("51.03.01", "Kuta", badung, "80361"),
    ]:
        RegionFactory(code=code, name=name, level="district", parent=parent, postcode=postcode)


@pytest.fixture
def owner(client):
    user = UserFactory(name="Bu Sri Contoh")
    client.force_login(user)
    return user


def options(form, name) -> list[str]:
    return [code for code, _ in form.fields[name].choices if code]
