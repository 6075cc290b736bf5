"""Which imported works are shown to everyone."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from artisans.models import Artisan
from catalogue import listing
from catalogue.importing import fields
from catalogue.importing.works import Work
from catalogue.models import Product


def publish(work: Work, *, publish_all: bool) -> bool:
    """Publish a complete work that asks for it; tell whether it was published now.

    What hinders is a note: the work stays a draft. Nothing is withdrawn, and
    what the desk withdrew stays so.
    """
    product, wish = work.product, work.values.get("status")
    assert product is not None  # noqa: S101  the product's row was saved before
    if wish == fields.DRAFT and product.status == Product.Status.PUBLISHED:
        _note(work, _("The product is published and stays so. Withdraw it at the desk."))
    is_wished = wish == fields.PUBLISHED or (publish_all and wish is None)
    if not is_wished or product.status == Product.Status.PUBLISHED:
        return False
    if product.status == Product.Status.ARCHIVED:
        _note(work, _("The desk withdrew this product. Publish it there."))
        return False
    if product.artisan.status != Artisan.Status.PUBLISHED:
        _note(work, _("The maker is not published yet, so the product stays a draft."))
        return False
    try:
        listing.publish(product.pk)
    except ValidationError as refusal:
        for message in refusal.messages:
            _note(work, _("The product stays a draft."), message)
        return False
    return True


def _note(work: Work, what: str, todo: str = "") -> None:
    work.source("status").note("status", what, todo)
