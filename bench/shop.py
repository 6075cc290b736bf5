"""Rows that buying is measured with. `python -m bench.shop shop|orders N` prints its answer."""

import os
import sys
import time

import django

MANY = 10_000_000


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumajang_crafts.settings")
    django.setup()
    if sys.argv[1] == "shop":
        print(" ".join(open_shop()))
    else:
        print(time_check(int(sys.argv[2])))


def open_shop() -> list[str]:
    """Fill the shelves of a hundred works, let buyers hold much, name an account; return SKUs."""
    from django.utils import timezone  # noqa: PLC0415  after django.setup

    from accounts.models import User  # noqa: PLC0415
    from catalogue import stock  # noqa: PLC0415
    from catalogue.models import StockMovement, Variant  # noqa: PLC0415
    from orders.models import BankAccount, SalesPolicy  # noqa: PLC0415

    SalesPolicy.objects.create(max_unpaid_orders=30_000, max_unpaid_units=30_000)
    one, other = (User.objects.create_user(f"bench{n}@contoh.example") for n in "ab")
    BankAccount.objects.create(
        bank="Bank Contoh",
        number="1234567890",
        holder="Bench",
        proposed_by=one,
        approved_by=other,
        approved_at=timezone.now(),
    )
    chosen = Variant.objects.filter(
        supply="stock",
        is_active=True,
        product__status="published",
        product__artisan__status="published",
        product__min_order=1,
    ).order_by("pk")[:100]
    for variant in chosen:
        stock.move(variant.pk, MANY, StockMovement.Reason.RECEIVED)
    return [variant.sku for variant in chosen]


def time_check(orders: int) -> float:
    """Write so many paid orders, and return the seconds that check_invariants takes."""
    from django.db import connection  # noqa: PLC0415  after django.setup

    from catalogue.models import Variant  # noqa: PLC0415
    from orders import invariants  # noqa: PLC0415
    from tests.selling import paid_orders  # noqa: PLC0415

    variants = list(Variant.objects.filter(on_hand__gt=MANY // 2).select_related("product"))
    for variant in variants:
        paid_orders(variant, orders // len(variants))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    begun = time.monotonic()
    found = list(invariants.faults())
    took = time.monotonic() - begun
    if found:
        raise SystemExit(f"{found[0].invariant.rule}: {found[0].row}")
    return took


if __name__ == "__main__":
    main()
