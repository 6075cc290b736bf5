"""How money reaches the council: a payment gateway, and QRIS codes that people pay by hand.

Nothing here knows our tables: dataclasses go in, dataclasses come out.
"""
