"""Keeping a person's addresses: one of them is the usual one."""

from django.db import transaction

from accounts.models import Address, User
from accounts.querysets import AddressQuerySet

MOST = 20  # addresses of one person


class BookIsFull(Exception):
    """The person keeps as many addresses as the book holds."""


@transaction.atomic
def keep(address: Address, *, usual: bool) -> None:
    """Save a new or changed address; the first one is the usual one. Raises BookIsFull."""
    others = _locked(address.user).exclude(pk=address.pk)
    if others.count() >= MOST:
        raise BookIsFull
    address.is_default = usual or not others.filter(is_default=True).exists()
    if address.is_default:
        others.update(is_default=False)
    address.save()


@transaction.atomic
def make_usual(address: Address) -> None:
    _locked(address.user).exclude(pk=address.pk).update(is_default=False)
    address.is_default = True
    address.save(update_fields=["is_default"])


@transaction.atomic
def forget(address: Address) -> None:
    """Delete it; if it was the usual one, the newest of the others follows it."""
    others = _locked(address.user).exclude(pk=address.pk)
    address.delete()
    newest = others.first()
    if newest is not None and not others.filter(is_default=True).exists():
        make_usual(newest)


def _locked(user: User) -> AddressQuerySet:
    """The person's addresses; the person's row is locked, so that two changes take turns."""
    User.objects.select_for_update().only("pk").get(pk=user.pk)
    return Address.objects.for_user(user)
