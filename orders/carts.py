"""Acts on carts. Each locks the cart's row first, so that a double click is one act after another.

Nothing here promises a piece: what is left is looked at again when the order is placed.
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.models import Variant
from orders import cart_cookie, pricing
from orders.models import Cart, CartLine


class Refused(Exception):
    """So many cannot be ordered, said in the reader's language; nothing was changed."""


def of(request: HttpRequest) -> Cart | None:
    """The account holder's own cart, else the guest's whose key the signed cookie names."""
    if request.user.is_authenticated:
        return Cart.objects.filter(user=request.user).first()
    return _of_guest(request)


def begin(request: HttpRequest) -> Cart:
    """The visitor's cart; a new one where there is none yet."""
    if request.user.is_authenticated:
        return Cart.objects.get_or_create(user=request.user)[0]
    return _of_guest(request) or Cart.objects.create()


def count(cart: Cart | None) -> int:
    """Pieces in the cart, as the header shows them."""
    return (cart.lines.aggregate(n=Sum("quantity"))["n"] or 0) if cart else 0


def remember(request: HttpRequest, cart: Cart | None, pieces: int) -> None:
    """Have the browser keep the cart and its number of pieces."""
    held = cart_cookie.NOTHING
    if cart is not None:
        held = cart_cookie.Held(cart.key, pieces, cart.user_id or 0)
    cart_cookie.keep(request, held)


def check(cart: Cart | None, variant: Variant, quantity: int) -> None:
    """Raise Refused if so many more cannot be ordered beside those already in the cart."""
    line = cart.lines.filter(variant=variant).first() if cart else None
    _check(variant, quantity, line.quantity if line else 0)


@transaction.atomic
def put_in(request: HttpRequest, variant: Variant, quantity: int) -> Cart:
    """Add to the visitor's cart, which begins here if there is none. Raises Refused."""
    cart = begin(request)
    add(cart, variant, quantity)
    return cart


@transaction.atomic
def add(cart: Cart, variant: Variant, quantity: int) -> CartLine:
    """Put so many more of the variant in the cart. Raises Refused."""
    _lock(cart)
    line = cart.lines.filter(variant=variant).first()
    if line is None:
        _check(variant, quantity)
        price = pricing.unit_price(variant, quantity)
        return cart.lines.create(variant=variant, quantity=quantity, price_seen=price)
    line.variant = variant
    _check(variant, quantity, line.quantity)
    _change(line, line.quantity + quantity)
    return line


@transaction.atomic
def set_quantity(cart: Cart, line_id: int, quantity: int) -> None:
    """Change how many are wanted. Raises Refused, or CartLine.DoesNotExist for a foreign line."""
    _lock(cart)
    line = cart.lines.for_sale().get(pk=line_id)
    _check(line.variant, quantity)
    _change(line, quantity)


@transaction.atomic
def remove(cart: Cart, line_id: int) -> CartLine:
    """Take the line out and return it. Raises CartLine.DoesNotExist for a foreign line."""
    _lock(cart)
    line = cart.lines.for_sale().get(pk=line_id)
    line.delete()
    return line


@transaction.atomic
def accept_changes(cart: Cart, prices: Mapping[int, int]) -> None:
    """Take what the buyer was shown: `prices` of one piece in rupiah, by the line's key.

    Too many become the most there can be, too few the fewest, and what cannot be
    had any more leaves the cart. A price that moved again meanwhile stays said.
    """
    _lock(cart)
    for line in cart.lines.for_sale():
        least, most = pricing.bounds(line.variant)
        if not line.variant.is_offered or most < least:
            line.delete()
            continue
        line.quantity = max(least, min(line.quantity, most))
        line.price_seen = prices.get(line.pk, line.price_seen)
        line.save(update_fields=["quantity", "price_seen"])


@transaction.atomic
def merge(guest: Cart, mine: Cart) -> None:
    """Move a guest's lines into the account's cart; the guest's cart is gone then.

    Numbers add up to the most that can be ordered. Safe to repeat.
    """
    locked = Cart.objects.select_for_update().filter(pk__in=[guest.pk, mine.pk]).order_by("pk")
    if len(locked) != len({guest.pk, mine.pk}):
        return
    have = {line.variant_id: line for line in mine.lines.for_sale()}
    for line in guest.lines.for_sale():
        own = have.get(line.variant_id)
        if own is None:
            CartLine.objects.filter(pk=line.pk).update(cart=mine)
        else:
            most = max(own.variant.most_order, own.quantity)
            _change(own, min(own.quantity + line.quantity, most))
    guest.delete()
    mine.save(update_fields=["touched_at"])


def take_along(request: HttpRequest, user: User) -> None:
    """At sign-in: what was chosen as a guest joins what the account holds already."""
    guest = _of_guest(request)
    mine = Cart.objects.filter(user=user).first()
    if guest is not None:
        mine = mine or Cart.objects.get_or_create(user=user)[0]
        merge(guest, mine)
    remember(request, mine, count(mine))


def forget_abandoned() -> int:
    """Delete carts that nobody touched for as long as the cookie lives; return how many."""
    before = timezone.now() - cart_cookie.AGE
    count = 0
    for cart in Cart.objects.abandoned(before).iterator():
        count += cart.delete()[1].get("orders.Cart", 0)
    return count


def _of_guest(request: HttpRequest) -> Cart | None:
    key = cart_cookie.read(request).key
    return Cart.objects.guests().filter(key=key).first() if key else None


def _lock(cart: Cart) -> None:
    """Lock the row and note that the cart is in use. Raises Refused if it is gone meanwhile."""
    locked = Cart.objects.select_for_update().filter(pk=cart.pk).first()
    if locked is None:
        raise Refused(_("The cart has changed meanwhile. Please look at it again."))
    locked.save(update_fields=["touched_at"])


def _check(variant: Variant, quantity: int, held: int = 0) -> None:
    reason = pricing.refusal(variant, held + quantity)
    if reason and held:
        reason = _("%(reason)s Your cart holds %(count)s already.") % {
            "reason": reason,
            "count": held,
        }
    if reason:
        raise Refused(reason)


def _change(line: CartLine, quantity: int) -> None:
    """Set the number; a change of price that the buyer has not seen yet stays to be said."""
    if line.price_seen == pricing.unit_price(line.variant, line.quantity):
        line.price_seen = pricing.unit_price(line.variant, quantity)
    line.quantity = quantity
    line.save(update_fields=["quantity", "price_seen"])
