"""Curators set wholesale prices on the page of a variant, and nothing else there."""

import pytest
from django.contrib.auth.models import Group
from django.forms import model_to_dict
from django.urls import reverse

from accounts import groups
from catalogue.forms import VariantForm
from catalogue.models import PriceTier, Variant
from tests.factories import ProductFactory, UserFactory
from tests.order_factories import PriceTierFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.STAFF_NEED_SECOND_FACTOR = False


@pytest.fixture
def desk(client):
    """A client for a member of that group."""

    def sign_in(group):
        groups.sync()
        user = UserFactory(is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def variant():
    return ProductFactory(variant__price=100_000).variants.get()


def address(variant) -> str:
    return reverse("admin:catalogue_variant_change", args=[variant.pk])


def rows(*steps) -> dict[str, object]:
    sent = {"tiers-TOTAL_FORMS": len(steps), "tiers-INITIAL_FORMS": 0}
    for number, (quantity, price) in enumerate(steps):
        sent |= {f"tiers-{number}-min_quantity": quantity, f"tiers-{number}-price": price}
    return sent


def test_a_curator_sets_them(desk, variant):
    response = desk("Kurator").post(address(variant), rows((10, 90_000), (50, 80_000)))

    assert response.status_code == 302
    assert list(PriceTier.objects.values_list("min_quantity", "price")) == [
        (10, 90_000),
        (50, 80_000),
    ]


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([(10, 100_000)], "Harga grosir harus di bawah harga satuan."),
        ([(10, 80_000), (50, 90_000)], "Makin banyak jumlahnya, makin rendah harga satuannya."),
        ([(50, 80_000), (10, 80_000)], "Makin banyak jumlahnya, makin rendah harga satuannya."),
    ],
)
def test_prices_that_do_not_fall_are_refused(desk, variant, steps, words):
    response = desk("Kurator").post(address(variant), rows(*steps))

    assert words in response.text
    assert PriceTier.objects.exists() is False


def test_the_variant_itself_stays_as_it_is(desk, variant):
    desk("Kurator").post(address(variant), {**rows(), "price": 1, "on_hand": 99, "sku": "X"})

    unchanged = Variant.objects.get(pk=variant.pk)
    assert (unchanged.price, unchanged.on_hand, unchanged.sku) == (100_000, 3, variant.sku)


def test_a_sale_while_the_page_was_open_is_not_undone(desk, variant):
    client = desk("Kurator")
    client.get(address(variant))
    Variant.objects.update(on_hand=1)

    client.post(address(variant), rows((10, 90_000)))

    assert Variant.objects.get(pk=variant.pk).on_hand == 1


@pytest.mark.parametrize(("price", "is_fine"), [(90_000, False), (90_001, True)])
def test_one_piece_may_not_become_as_cheap_as_many(variant, price, is_fine):
    PriceTierFactory(variant=variant, price=90_000)

    form = VariantForm({**model_to_dict(variant), "price": price}, instance=variant)

    assert form.is_valid() is is_fine
    expected = [] if is_fine else ["Harga harus tetap di atas harga grosir varian ini."]
    assert form.errors.get("price", []) == expected


@pytest.mark.parametrize("group", ["Meja pesanan", "Redaktur", "Pembaca"])
def test_others_may_only_look(desk, variant, group):
    client = desk(group)

    assert client.get(address(variant)).status_code == 200
    assert client.post(address(variant), rows((10, 90_000))).status_code == 403
    assert PriceTier.objects.exists() is False
