"""Buying at the council's desk."""

from orders.admin import order, payment, policy, proof, receiving, refund

__all__ = ["order", "payment", "policy", "proof", "receiving", "refund"]
