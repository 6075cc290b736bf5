"""Photos of what was bought: small copies that outlive the listing's own."""

import hashlib
from pathlib import PurePath

from django.core.files.storage import default_storage
from django.db import transaction

from lumajang_crafts.lib import jobs
from orders.models import Order, OrderLine

FOLDER = "bought"  # no sweep looks here; a photo is copied once, however often it is bought
WIDTH = 400  # px


def queue(order: Order) -> None:
    """Defer the copying in the caller's transaction."""
    jobs.defer("keep_photos", order_id=order.pk)


def keep(order_id: int) -> None:
    """Copy the photo of each line and let the line name the copy; safe to repeat.

    A photo that was taken away in the seconds between leaves the line without one.
    """
    for line in OrderLine.objects.filter(suborder__order=order_id).exclude(photo=""):
        if not line.photo.startswith(f"{FOLDER}/"):
            _keep(line)


def _keep(line: OrderLine) -> None:
    name = _name(line.photo)
    if not default_storage.exists(name):
        try:
            with default_storage.open(line.photo) as photo:
                name = default_storage.save(name, photo)
        except FileNotFoundError:
            name = ""
    with transaction.atomic():
        OrderLine.objects.filter(pk=line.pk, photo=line.photo).update(photo=name)


def _name(photo: str) -> str:
    digest = hashlib.sha256(photo.encode()).hexdigest()[:32]
    return f"{FOLDER}/{digest[:2]}/{digest}{PurePath(photo).suffix}"
