"""What a buyer writes at checkout."""

from orders.checkout_forms.action import ActionForm
from orders.checkout_forms.whole import CheckoutForm

__all__ = ["ActionForm", "CheckoutForm"]
