"""A stand-in for Midtrans on this machine: for `make run` and for tests, never for money.

It speaks the part of the protocol that we use, as Midtrans does, with every
unpleasantness that the real one is allowed. See docs/decisions/020.
"""
