"""What the page shows of each choice: one card for each way, the chosen one marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from orders.checkout_forms.address import COLLECT, OTHER, SEND, ReceiveForm
from orders.checkout_forms.delivery import EACH, TOGETHER, DeliveryForm
from orders.checkout_forms.payment import PaymentForm
from orders.delivery import Option
from orders.totals import Part, Totals

DAY = "j F"


@dataclass(frozen=True, slots=True)
class Card:
    """One radio button. `price` is rupiah (0: free, None: not said); `refusal` disables it."""

    id: str
    value: str
    title: str
    text: str = ""
    price: int | None = None
    refusal: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is asked of one parcel; `value` is that of the works in it, in rupiah."""

    title: str
    way: forms.BoundField
    cards: list[Card]
    insured: forms.BoundField
    note: forms.BoundField | None
    value: int
    can_be_insured: bool


def receiving(form: ReceiveForm) -> list[Card]:
    rows = [
        (SEND, _("Send it to an address"), _("By courier, from each workshop or all together")),
        (COLLECT, _("I collect it in person"), _("Free, at the gallery of Dekranasda, Lumajang")),
    ]
    return _cards(form["receive"], rows)


def saved(form: ReceiveForm) -> list[Card]:
    """The buyer's own addresses and one more card for another; nothing for guests."""
    if not form.addresses:
        return []
    rows = [
        (key, str(address), ", ".join(address.lines())) for key, address in form.addresses.items()
    ]
    return _cards(form["saved"], [*rows, (OTHER, _("Another address"), "")])


def paying(form: PaymentForm) -> list[Card]:
    field = form["method"]
    return [
        Card(
            id=field.auto_id if at == 0 else f"{field.auto_id}_{way.code}",
            value=way.code,
            title=way.label,
            text=way.text,
            refusal=way.refusal,
            is_chosen=way.code == field.value(),
        )
        for at, way in enumerate(form.ways)
    ]


def bundling(form: DeliveryForm) -> list[Card]:
    """One parcel each, or all in one; nothing where there is one workshop."""
    if len(form.artisans) < 2:  # noqa: PLR2004  two are several
        return []
    each = _("Each workshop sends its own parcel")
    one = _("Dekranasda collects everything and sends one parcel")
    rows = [(EACH, each, ""), (TOGETHER, one, _("Takes two days longer"))]
    return _cards(form["parcels"], rows, TOGETHER if form.is_together else EACH)


def parcels(form: DeliveryForm, totals: Totals) -> list[Parcel]:
    if totals.together:
        title = _("One parcel from Dekranasda in Lumajang")
        return [_parcel(form, "together", totals.options, totals.chosen, title, totals.goods)]
    return [_own_parcel(form, part) for part in totals.parts]


def _own_parcel(form: DeliveryForm, part: Part) -> Parcel:
    title = _("Parcel from %(name)s") % {"name": part.artisan.name}
    return _parcel(form, str(part.artisan.pk), part.options, part.chosen, title, part.goods)


def _parcel(
    form: DeliveryForm,
    suffix: str,
    options: list[Option],
    chosen: Option | None,
    title: str,
    value: int,
) -> Parcel:
    field = form[f"way_{suffix}"]
    return Parcel(
        title=title,
        way=field,
        cards=[_option(field, at, option, chosen) for at, option in enumerate(options)],
        insured=form[f"insured_{suffix}"],
        note=form[f"note_{suffix}"] if suffix != "together" else None,
        value=value,
        can_be_insured=chosen is not None and not chosen.is_pickup,
    )


def _option(field: forms.BoundField, at: int, option: Option, chosen: Option | None) -> Card:
    return Card(
        id=field.auto_id if at == 0 else f"{field.auto_id}_{option.code}",
        value=option.code,
        title=option.label,
        text=_arrival(option),
        price=option.price,
        refusal=option.refusal,
        is_chosen=chosen is not None and option.code == chosen.code,
    )


def _arrival(option: Option) -> str:
    first, last = option.arrives_from, option.arrives_to
    if first is None:
        return ""
    if last is None:
        return _("Gallery of Dekranasda, Lumajang, from %(day)s") % {"day": date_format(first, DAY)}
    is_one_month = (first.year, first.month) == (last.year, last.month)
    begins = date_format(first, "j" if is_one_month else DAY)
    days = {"first": begins, "last": date_format(last, DAY)}
    return _("Arrives about %(first)s to %(last)s") % days


def _cards(
    field: forms.BoundField, rows: Iterable[tuple[str, str, str]], chosen: str | None = None
) -> list[Card]:
    value = field.value() if chosen is None else chosen
    return [
        Card(
            id=field.auto_id if at == 0 else f"{field.auto_id}_{code}",
            value=code,
            title=str(title),
            text=text,
            is_chosen=code == value,
        )
        for at, (code, title, text) in enumerate(rows)
    ]
