"""What signing in and out means for the cart.

Accounts know nothing of carts, so this listens to Django's own signals.
"""

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from orders import cart_cookie, carts


@receiver(user_logged_in)
def take_cart_along(request: HttpRequest, user: User, **signal: object) -> None:
    carts.take_along(request, user)


@receiver(user_logged_out)
def leave_cart_behind(request: HttpRequest, **signal: object) -> None:
    """Whoever sits down at this computer next sees nothing of it."""
    cart_cookie.forget(request)
