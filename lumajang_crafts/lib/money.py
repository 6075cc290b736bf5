"""Whole rupiah, written as Indonesians write them."""


def rupiah(amount: int) -> str:
    """Write an amount as Rp150.000: no space, dots for thousands, no decimals."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")
