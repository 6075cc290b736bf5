"""What the demo needs to sell: couriers, rules, and places for money that pay nobody."""

from django.db import transaction

from accounts.models import User
from orders import couriers_data, receiving
from orders.models import BankAccount, QrisCode, SalesPolicy
from orders.payments import qris

PROPOSES, APPROVES = "keuangan@contoh.example", "pengelola@contoh.example"  # demo_people
NOBODY = (  # of the right form, but of no acquirer and no merchant
    "00020101021126680016ID.CO.CONTOH.WWW011893600114000000000102150000000000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204594753033605802ID"
    "5919DEKRANASDA LUMAJANG6008LUMAJANG61056731663044D38"
)


@transaction.atomic
def load() -> int:
    """Add what is missing; return how many places for money were added. Safe to repeat.

    Where the demo's people are not, two of them cannot agree on a place for money.
    """
    couriers_data.load()
    if not SalesPolicy.objects.exists():
        SalesPolicy.objects.create()
    staff = {user.email: user for user in User.objects.filter(email__in=[PROPOSES, APPROVES])}
    if len(staff) < len({PROPOSES, APPROVES}):
        return 0
    missing = [place for place in (_account(), _code()) if not type(place).objects.exists()]
    for place in missing:
        receiving.propose(place, actor=staff[PROPOSES])
        receiving.approve(place, actor=staff[APPROVES])
    return len(missing)


def _account() -> BankAccount:
    return BankAccount(bank="Bank Contoh", number="000-000-0000", holder="CONTOH, JANGAN DIBAYAR")


def _code() -> QrisCode:
    read = qris.parse(NOBODY)
    return QrisCode(
        payload=read.text, merchant_name=read.merchant_name, city=read.city, nmid=read.nmid
    )
