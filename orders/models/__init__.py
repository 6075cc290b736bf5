"""Buying: carts, orders and their parts, money, couriers, the council's rules."""

from orders.models.cart import Cart, CartLine
from orders.models.courier import CourierService, Rate, Zone
from orders.models.destination import Destination
from orders.models.order import InvoiceCounter, Order, OrderEvent
from orders.models.payment import Payment, PaymentEvent, Refund, TransferProof
from orders.models.policy import SalesPolicy
from orders.models.receiving import BankAccount, QrisCode
from orders.models.suborder import OrderLine, OrderMessage, SubOrder

__all__ = [
    "BankAccount",
    "Cart",
    "CartLine",
    "CourierService",
    "Destination",
    "InvoiceCounter",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OrderMessage",
    "Payment",
    "PaymentEvent",
    "QrisCode",
    "Rate",
    "Refund",
    "SalesPolicy",
    "SubOrder",
    "TransferProof",
    "Zone",
]
