"""Buying at the council's desk."""

from orders.admin import payment, policy, proof, receiving, refund

__all__ = ["payment", "policy", "proof", "receiving", "refund"]
