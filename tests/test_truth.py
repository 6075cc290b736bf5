"""Only cloth made with wax resist may be called batik."""

import pytest
from django.core.exceptions import ValidationError

from catalogue import listing, truth
from catalogue.models import Product
from tests.factories import CategoryFactory, DraftFactory, ProductFactory, TechniqueFactory

pytestmark = pytest.mark.django_db

PRINTED = ["Kain batik Semeru", "Batik printing Semeru", "Kain BATIK", "Kain membatik sendiri"]
HONEST = ["Kain bermotif batik Semeru", "Kain bercorak batik", "Tas anyaman pandan"]


@pytest.mark.parametrize("name", PRINTED)
def test_a_printed_cloth_may_not_call_itself_batik(name):
    with pytest.raises(ValidationError) as refusal:
        truth.check_batik({"name": name}, CategoryFactory(), [TechniqueFactory()])

    assert list(refusal.value.message_dict) == ["name"]


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_name_passes_without_a_batik_technique(name):
    truth.check_batik({"name": name}, CategoryFactory(), [TechniqueFactory()])


def test_english_names_follow_the_same_rule():
    truth.check_batik({"name_en": "Batik-pattern cloth"}, CategoryFactory(), [])
    with pytest.raises(ValidationError):
        truth.check_batik({"name_en": "Batik cloth"}, CategoryFactory(), [])


def test_a_batik_category_takes_only_batik():
    shelf = CategoryFactory(is_batik=True)
    truth.check_batik({"name": "Kain"}, shelf, [TechniqueFactory(is_batik=True)])
    with pytest.raises(ValidationError) as refusal:
        truth.check_batik({"name": "Kain"}, shelf, [TechniqueFactory()])

    assert list(refusal.value.message_dict) == ["category"]


def test_true_batik_may_say_so():
    truth.check_batik({"name": "Kain batik"}, CategoryFactory(), [TechniqueFactory(is_batik=True)])


def test_publication_asks_too_and_changes_nothing_when_refused():
    product = ProductFactory()
    listing.withdraw(product.pk)
    Product.objects.filter(pk=product.pk).update(name="Kain batik cetak")

    with pytest.raises(ValidationError):
        listing.publish(product.pk)

    product.refresh_from_db()
    assert product.status == Product.Status.ARCHIVED


def test_an_empty_draft_is_refused_with_everything_that_is_missing():
    draft = DraftFactory()

    with pytest.raises(ValidationError) as refusal:
        listing.publish(draft.pk)

    assert len(refusal.value.messages) == 4
    draft.refresh_from_db()
    assert (draft.status, draft.published_at) == (Product.Status.DRAFT, None)


def test_publishing_twice_keeps_the_first_day():
    product = ProductFactory()

    assert listing.publish(product.pk).published_at == product.published_at
