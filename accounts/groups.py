"""Staff groups: each may do its own work and nothing else (least privilege)."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

READ = ("view",)
WRITE = ("view", "add", "change")
ALL = ("view", "add", "change", "delete")

CATALOGUE_WORDS = ("category", "technique", "material", "motif")
EDITORIAL = ("announcement", "collection", "collectionitem", "story")
FINDING = ("synonym", "searchmiss")
ORDERS = ("order", "suborder", "orderline", "orderevent", "ordermessage")
MONEY = ("payment", "paymentevent", "transferproof", "refund")
RECEIVING = ("bankaccount", "qriscode")
WORKS = ("product", "productmaterial", "variant", "pricetier", "photo")

# group → {app: {models: actions}}; the names are shown to staff, so they are Indonesian.
GROUPS: dict[str, dict[str, dict[tuple[str, ...], tuple[str, ...]]]] = {
    "Kurator": {
        "artisans": {("artisan", "certificate", "membership"): WRITE, ("district",): READ},
        "catalogue": {
            WORKS: ALL,
            CATALOGUE_WORDS: WRITE,
            FINDING: ALL,
            ("stockmovement",): ("view", "add"),
            ("listingreport",): ("view", "change"),
        },
    },
    "Meja pesanan": {
        "artisans": {("artisan", "district"): READ},
        "catalogue": {(*WORKS, "stockmovement"): READ},
        "orders": {
            (*ORDERS, *MONEY, *RECEIVING, "salespolicy"): READ,
            ("order",): ("change",),
            ("courierservice", "zone"): WRITE,
            ("rate",): ALL,
        },
    },
    "Keuangan": {
        "artisans": {("artisan",): READ},
        "catalogue": {("product", "variant"): READ},
        "orders": {
            ORDERS: READ,
            ("payment", "transferproof"): ("view", "change"),
            ("refund", *RECEIVING): WRITE,
            ("paymentevent",): READ,
            ("salespolicy",): ("view", "add"),
        },
    },
    "Redaktur": {
        "accounts": {("document",): ("view", "add")},
        "artisans": {("artisan",): READ, ("district",): ("view", "change")},
        "catalogue": {
            EDITORIAL: ALL,
            FINDING: ALL,
            ("motif",): WRITE,
            (*WORKS, *CATALOGUE_WORDS): READ,
        },
    },
    "Pembaca": {
        "accounts": {("document",): READ},
        "artisans": {("artisan", "certificate", "district"): READ},
        "catalogue": {(*WORKS, *CATALOGUE_WORDS, *EDITORIAL, "stockmovement"): READ},
    },
}


@transaction.atomic
def sync() -> None:
    """Give each group exactly its permissions; safe to repeat after every migration."""
    for name, apps in GROUPS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(Permission.objects.filter(_wanted(apps)))


def _wanted(apps: dict[str, dict[tuple[str, ...], tuple[str, ...]]]) -> Q:
    wanted = Q(pk__in=[])
    for app, rights in apps.items():
        for models, actions in rights.items():
            codenames = [f"{action}_{model}" for model in models for action in actions]
            wanted |= Q(content_type__app_label=app, codename__in=codenames)
    return wanted
