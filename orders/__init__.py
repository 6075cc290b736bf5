"""Buying: carts, checkout, orders, payment."""
