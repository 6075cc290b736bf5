"""Buying: cart, orders, payment, fulfilment. Nothing here yet; see docs/architecture.md."""
