"""One look at the checkout, and the step from it to an order."""

import uuid
from contextlib import suppress

import structlog
from django.db import OperationalError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import address_book
from accounts.models import Address, User
from orders import basket, carts, checkout, paying
from orders.basket import Basket, Group
from orders.cart_forms import AcceptForm
from orders.checkout import Purchase
from orders.checkout_forms import ActionForm, CheckoutForm, action
from orders.checkout_forms.typed import Sent
from orders.models import Cart, CartLine, Order, Payment
from orders.payments.base import GatewayAway

MOST, PERIOD = 20, 3600  # orders, seconds: of one client

log = structlog.get_logger()


class Busy(Exception):
    """Somebody else holds the same works or the same cart for too long; nothing was done."""


class Visit:
    """A request to the checkout of one cart: what is in it, what was sent, what was pressed."""

    def __init__(self, cart: Cart, user: User | None, sent: Sent) -> None:
        self.cart, self.user, self.sent = cart, user, sent
        self.found = basket.read(cart if cart.pk else None)
        self.pressed = ActionForm(sent, self.found)
        self.is_current = self.pressed.told("key") == cart.checkout_key

    @property
    def places(self) -> bool:
        return bool(self.pressed.told("intent") == action.PLACE)

    def settle(self) -> None:
        """Do what the buyer decided about lines that cannot be had as they were."""
        told = self.pressed.told("intent")
        if not self.found.groups or told not in {action.WITHOUT, action.ACCEPT}:
            return
        with suppress(carts.Refused):  # the cart is gone meanwhile
            if told == action.WITHOUT:
                _leave_out(self.cart, self.pressed.told("without") or [])
            else:
                _accept(self.cart, AcceptForm(self.sent, self.found))
        self.found = basket.read(self.cart)

    def form(self) -> CheckoutForm:
        return CheckoutForm(self.sent, possible(self.found), self.user, is_final=self.places)

    def after(self, refusal: Exception) -> CheckoutForm:
        """The form anew, as things stand since an order was refused, with the reason said."""
        self.found = basket.read(self.cart)
        form = self.form()
        if isinstance(refusal, checkout.TotalChanged):
            form.say_total(self.pressed.told("shown_total"))
        elif isinstance(refusal, paying.MethodRefused):
            form.refuse(str(refusal), form.payment, "method")
        elif not isinstance(refusal, checkout.NotOrderable):
            form.refuse(str(refusal))
        return form


def possible(found: Basket) -> Basket:
    """The basket without what cannot be had as it is."""
    kept = [
        (group, tuple(line for line in group.lines if not line.problems)) for group in found.groups
    ]
    return Basket(tuple(Group(group.artisan, lines) for group, lines in kept if lines))


def made(key: uuid.UUID | None, user: User | None) -> Order | None:
    """The order that this key made, for its buyer.

    The key is a secret of the page that carried it. So the back button and a
    second click end at the order even when the cart's cookie is gone already.
    """
    order = Order.objects.filter(idempotency_key=key).first() if key else None
    is_theirs = order is not None and order.user_id in {None, user.pk if user else None}
    return order if is_theirs else None


def place(visit: Visit, form: CheckoutForm) -> Order:
    """Make the order. Raises what `checkout.place` raises, and Busy."""
    try:
        order = checkout.place(visit.cart.pk, _purchase(visit, form))
    except OperationalError as error:
        log.warning("checkout_busy", reason=str(error))
        raise Busy(_("It is very busy just now. Nothing was ordered; please try again.")) from error
    _keep_address(form)
    return order


def go_to_gateway(order: Order) -> None:
    """Ask for the page to pay at, outside the order's transaction.

    Without an answer the order stands all the same; its page offers to try again.
    """
    payment = order.payments.open().at_gateway().first()
    if payment is None:
        return
    try:
        paying.start(payment.pk)
    except (GatewayAway, paying.MethodRefused) as error:
        log.warning("gateway_not_begun", order=order.number, reason=str(error))


def _purchase(visit: Visit, form: CheckoutForm) -> Purchase:
    told = form.contact.cleaned_data
    documents = form.payment.documents
    return Purchase(
        key=visit.pressed.told("key"),
        name=told["name"],
        phone=str(told["mobile"]),
        email=told["email"],
        language=(get_language() or "id")[:2],
        method=Payment.Method(form.payment.cleaned_data["method"]),
        shown_total=visit.pressed.told("shown_total"),
        place=form.place,
        destination=form.destination(),
        wishes=form.wishes,
        notes=form.delivery.notes(),
        gift_note=form.delivery.cleaned_data["gift_note"],
        user=visit.user,
        terms=documents["terms"],
        privacy=documents["privacy"],
    )


@transaction.atomic
def _leave_out(cart: Cart, lines: list[int]) -> None:
    for line in lines:
        with suppress(CartLine.DoesNotExist):  # gone meanwhile
            carts.remove(cart, line)


def _accept(cart: Cart, accepted: AcceptForm) -> None:
    if accepted.is_valid():
        carts.accept_changes(cart, accepted.prices)


def _keep_address(form: CheckoutForm) -> None:
    """Add a new address to the buyer's book, unless it is there or the book is full."""
    wanted = form.receive.cleaned_data["keep"] and form.asks_address
    destination = form.destination() if wanted and form.user else None
    if destination is None or form.user is None:
        return
    address = Address(user=form.user)
    form.shipping.fill(address)
    address.recipient, address.phone = destination.recipient, destination.phone
    told = form.shipping.snapshot() | {"recipient": address.recipient, "phone": address.phone}
    if not Address.objects.for_user(form.user).filter(**told).exists():
        with suppress(address_book.BookIsFull):
            address_book.keep(address, usual=False)
