"""Which imported works are shown to everyone."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from artisans.models import Artisan
from catalogue import listing
from catalogue.importing import fields
from catalogue.importing.works import Work
from catalogue.models import Product


def publish(works: Sequence[Work], *, publish_all: bool) -> int:
    """Publish the complete works that ask for it; return how many were published now.

    What hinders is a note: the work stays a draft. Nothing is withdrawn, and
    what the desk withdrew stays so.
    """
    asking = [work for work in works if _asks(work, publish_all=publish_all)]
    pks = [work.product.pk for work in asking if work.product]
    products = Product.objects.prefetch_related("photos", "techniques", "composition").in_bulk(pks)
    return sum(_publish(work, products[pk]) for work, pk in zip(asking, pks, strict=True))


def _asks(work: Work, *, publish_all: bool) -> bool:
    """Tell whether the work wants to be published and may be; note why not."""
    product, wish = work.product, work.values.get("status")
    assert product is not None  # noqa: S101  the product's row was saved before
    if product.status == Product.Status.PUBLISHED:
        if wish == fields.DRAFT:
            _note(work, _("The product is published and stays so. Withdraw it at the desk."))
        return False
    if wish != fields.PUBLISHED and not (publish_all and wish is None):
        return False
    if product.status == Product.Status.ARCHIVED:
        _note(work, _("The desk withdrew this product. Publish it there."))
        return False
    if product.artisan.status != Artisan.Status.PUBLISHED:
        _note(work, _("The maker is not published yet, so the product stays a draft."))
        return False
    return True


def _publish(work: Work, product: Product) -> bool:
    """Ask for what is missing first: it is loaded for all works at once."""
    try:
        lacking = listing.missing(product)
        if lacking:
            raise ValidationError(lacking)  # noqa: TRY301  as the act itself would
        listing.publish(product.pk)
    except ValidationError as refusal:
        for message in refusal.messages:
            _note(work, _("The product stays a draft."), message)
        return False
    return True


def _note(work: Work, what: str, todo: str = "") -> None:
    work.source("status").note("status", what, todo)
