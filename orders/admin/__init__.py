"""Buying at the council's desk."""

from orders.admin import courier, order, payment, policy, proof, receiving, refund

__all__ = ["courier", "order", "payment", "policy", "proof", "receiving", "refund"]
