"""Where the council receives money: one person proposes, another approves, all are told."""

from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from lumajang_crafts.lib import jobs
from orders.models import BankAccount, QrisCode

FINANCE = "Keuangan"  # of accounts.groups
MODELS: dict[str, type[BankAccount | QrisCode]] = {"bankaccount": BankAccount, "qriscode": QrisCode}

Place = BankAccount | QrisCode


class ApprovalRefused(Exception):
    """This person may not, or not any more; the message is translated."""


@transaction.atomic
def propose(place: Place, *, actor: User) -> Place:
    """Write down a new place for money. Buyers see nothing of it yet."""
    place.proposed_by = actor
    place.save()
    _tell(place, "proposed", actor)
    return place


@transaction.atomic
def approve(place: Place, *, actor: User) -> Place:
    """Show it to buyers from now on. Raises ApprovalRefused for the one who proposed it."""
    place = _locked(place)
    if place.approved_at is not None:
        return place
    if place.retired_at is not None:
        raise ApprovalRefused(_("It was retired before anybody approved it."))
    if place.proposed_by_id == actor.pk:
        raise ApprovalRefused(_("Another person than the one who proposed it must approve it."))
    place.approved_by, place.approved_at = actor, timezone.now()
    place.save(update_fields=["approved_by", "approved_at"])
    _tell(place, "approved", actor)
    return place


@transaction.atomic
def retire(place: Place, *, actor: User) -> Place:
    """Show it to buyers no more. One person is enough: it leads no money astray."""
    place = _locked(place)
    if place.retired_at is None:
        place.retired_by, place.retired_at = actor, timezone.now()
        place.save(update_fields=["retired_by", "retired_at"])
        _tell(place, "retired", actor)
    return place


def send_alert(model: str, pk: int, step: str, *, by: int) -> int:
    """Tell everybody in finance what was done and by whom; return how many were told."""
    place = MODELS[model].objects.get(pk=pk)
    actor = User.objects.get(pk=by)
    members = User.objects.filter(groups__name=FINANCE, is_active=True).exclude(email=None)
    for member in members.order_by("pk"):
        with translation.override(member.language):
            subject, text = _words(place, step, actor)
            send_mail(subject, text, None, [str(member.email)])
    return len(members)


def _locked(place: Any) -> Any:
    return type(place).objects.select_for_update().get(pk=place.pk)


def _tell(place: Place, step: str, actor: User) -> None:
    model = place._meta.model_name  # noqa: SLF001  Django's documented name
    jobs.defer("tell_finance", model=model, pk=place.pk, step=step, by=actor.pk)


def _words(place: Place, step: str, actor: User) -> tuple[str, str]:
    """Subject and text of the alert, in the active language; whoever did it is named."""
    happened = {
        "proposed": _("%(who)s proposed that buyers pay to %(place)s. Nobody sees it yet."),
        "approved": _("%(who)s approved it: buyers now pay to %(place)s."),
        "retired": _("%(who)s retired %(place)s: buyers no longer see it."),
    }[step] % {"who": actor, "place": _described(place)}
    ask = _("If you know nothing of this, retire it at the council’s desk and ask at once.")
    return _("Where buyers pay: a change"), f"{happened}\n\n{ask}\n"


def _described(place: Place) -> str:
    return f"{place} ({place.holder})" if isinstance(place, BankAccount) else f"QRIS {place}"
