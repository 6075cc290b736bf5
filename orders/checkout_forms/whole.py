"""The whole checkout: every part that was sent, and what it comes to."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import Address, User
from lumajang_crafts.lib.money import rupiah
from orders import totals
from orders.basket import Basket
from orders.checkout_forms import cards
from orders.checkout_forms.address import ReceiveForm, ShippingForm, place_of
from orders.checkout_forms.cards import Card, Parcel
from orders.checkout_forms.contact import ContactForm
from orders.checkout_forms.delivery import DeliveryForm
from orders.checkout_forms.payment import PaymentForm, ways
from orders.checkout_forms.typed import Sent
from orders.delivery import Place
from orders.models import Destination, SalesPolicy


class CheckoutForm:
    """Reads like one form. Unless `is_final`, all that was typed is kept and nothing checked."""

    def __init__(self, sent: Sent, found: Basket, user: User | None, *, is_final: bool) -> None:
        self.found = found
        self.user = user
        self.policy = SalesPolicy.objects.current()
        own = _addresses(user)
        self.contact = ContactForm(sent, is_final=is_final, initial=_known(user))
        self.receive = ReceiveForm(sent, is_final=is_final, addresses=own)
        writes_address = not self.receive.collects and not self.receive.address
        self.shipping = ShippingForm(sent, is_final=is_final and writes_address)
        self.delivery = DeliveryForm(sent, [group.artisan for group in found.groups])
        self.wishes = self.delivery.wishes(collects=self.receive.collects)
        self.totals = totals.reckon(found, self.place, self.wishes, self.policy)
        offered = ways(self.totals.total, self.policy)
        self.payment = PaymentForm(sent, is_final=is_final, offered=offered)

    @cached_property
    def place(self) -> Place | None:
        """Where the parcels go, as far as it is told."""
        if self.receive.collects:
            return None
        saved = self.receive.address
        return place_of(saved) if saved else self.shipping.place

    @property
    def needs_address(self) -> bool:
        """Tell whether anything is sent, as far as was chosen yet."""
        return not self.totals.is_complete or self.totals.needs_address

    @property
    def asks_address(self) -> bool:
        """Tell whether the address is one that is written here."""
        return self.needs_address and not self.receive.collects and not self.receive.address

    @property
    def is_ready(self) -> bool:
        """Tell whether the sum that is shown is all there is to pay."""
        return self.totals.is_complete

    def is_valid(self, shown_total: int | None) -> bool:
        """Check everything; a sum that the buyer did not see is an error of its own."""
        if not self.errors:
            self._check_ways()
        if not self.errors and not self._is_agreed(shown_total):
            self.say_total(shown_total)
        return not self.errors

    def say_total(self, shown: int | None) -> None:
        """The total is never changed unsaid."""
        sums = {"now": rupiah(self.totals.total), "before": rupiah(shown or 0)}
        self.refuse(_("The total is now %(now)s, not %(before)s. Look at it, then order.") % sums)

    def refuse(self, sentence: str, form: forms.Form | None = None, field: str = "") -> None:
        """Say what stands against it: beside a field, or for the whole."""
        (form or self.contact).add_error(field or None, sentence)

    def destination(self) -> Destination | None:
        """The checked address, to be frozen with the order; none if nothing is sent."""
        if not self.totals.needs_address:
            return None
        destination = Destination()
        saved = self.receive.address
        if saved is not None:
            _copy(saved, destination)
            return destination
        self.shipping.fill(destination)
        destination.recipient = destination.recipient or self.contact.cleaned_data["name"]
        destination.phone = destination.phone or self.contact.cleaned_data["mobile"]
        return destination

    # What the page shows of the choices.

    @property
    def receive_cards(self) -> list[Card]:
        return cards.receiving(self.receive)

    @property
    def saved_cards(self) -> list[Card]:
        return cards.saved(self.receive)

    @property
    def bundle_cards(self) -> list[Card]:
        return cards.bundling(self.delivery)

    @property
    def parcels(self) -> list[Parcel]:
        return cards.parcels(self.delivery, self.totals)

    @property
    def payment_cards(self) -> list[Card]:
        return cards.paying(self.payment)

    # As components/error_summary.html reads a form.

    @property
    def errors(self) -> bool:
        return any(form.errors for form in self._parts)

    @property
    def non_field_errors(self) -> list[str]:
        said = chain.from_iterable(form.non_field_errors() for form in self._parts)
        return [str(sentence) for sentence in said]

    @property
    def visible_fields(self) -> list[forms.BoundField]:
        return list(chain.from_iterable(form.visible_fields() for form in self._parts))

    @property
    def _parts(self) -> list[forms.Form]:
        address = [self.shipping] if self.asks_address else []
        return [self.contact, self.receive, *address, self.delivery, self.payment]

    def _check_ways(self) -> None:
        """Every parcel must have a way; without one its reasons stand beside it."""
        for part in self.totals.parts:
            if part.chosen is None:
                name = "way_together" if self.totals.together else f"way_{part.artisan.pk}"
                self.delivery.add_error(name, _("Nobody takes this parcel there. Collect it."))
                if self.totals.together:
                    return

    def _is_agreed(self, shown_total: int | None) -> bool:
        return self.totals.total == shown_total and self.totals.matches(self.wishes)


def _addresses(user: User | None) -> Sequence[Address]:
    return list(Address.objects.for_user(user).with_region()) if user else []


def _known(user: User | None) -> dict[str, Any]:
    if user is None:
        return {}
    return {"name": user.name, "mobile": user.phone or "", "email": user.email or ""}


def _copy(address: Address, destination: Destination) -> None:
    """Copy every column that both have, but not the key."""
    for field in Destination._meta.concrete_fields:  # noqa: SLF001  Django's documented name
        if field.attname not in {"id", "order_id"}:
            setattr(destination, field.attname, getattr(address, field.attname))
