"""How each workshop's parcel goes, and what its maker should know."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from artisans.models import Artisan
from orders.checkout_forms.typed import Sent
from orders.delivery import PICKUP
from orders.totals import Wishes

EACH, TOGETHER = "each", "together"
CODE_LENGTH, NOTE_LENGTH = 30, 300  # as the tables hold them


class DeliveryForm(forms.Form):
    """The wishes as they were sent; whether they can be met is found out by reckoning."""

    parcels = forms.ChoiceField(
        label=_("Parcels"), choices=[(EACH, EACH), (TOGETHER, TOGETHER)], required=False
    )
    way_together = forms.CharField(
        label=_("The one parcel"), required=False, max_length=CODE_LENGTH
    )
    insured_together = forms.BooleanField(label=_("Insure this parcel"), required=False)
    gift_note = forms.CharField(
        label=_("Greeting to put in the parcel"),
        help_text=_("For a gift: the maker writes it on a card."),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, sent: Sent, artisans: Sequence[Artisan]) -> None:
        super().__init__({} if sent is None else sent)
        self.artisans = artisans
        for artisan in artisans:
            self.fields |= _fields(artisan)
        self.full_clean()

    @property
    def is_together(self) -> bool:
        return len(self.artisans) > 1 and self.cleaned_data.get("parcels") == TOGETHER

    def wishes(self, *, collects: bool) -> Wishes:
        """What the buyer chose; who collects everything chooses nothing else."""
        makers = [artisan.pk for artisan in self.artisans]
        if collects:
            return Wishes(codes=dict.fromkeys(makers, PICKUP))
        told = self.cleaned_data
        if self.is_together:
            insured = makers if told.get("insured_together") else []
            return Wishes(
                together=True, one=told.get("way_together", ""), insured=frozenset(insured)
            )
        return Wishes(
            codes={maker: told.get(f"way_{maker}", "") for maker in makers},
            insured=frozenset(maker for maker in makers if told.get(f"insured_{maker}")),
        )

    def notes(self) -> dict[int, str]:
        """What each maker should know, by the maker's key."""
        told = self.cleaned_data
        return {artisan.pk: told.get(f"note_{artisan.pk}", "") for artisan in self.artisans}


def _fields(artisan: Artisan) -> dict[str, Any]:
    parcel = _("Parcel from %(name)s") % {"name": artisan.name}
    return {
        f"way_{artisan.pk}": forms.CharField(label=parcel, required=False, max_length=CODE_LENGTH),
        f"insured_{artisan.pk}": forms.BooleanField(label=_("Insure this parcel"), required=False),
        f"note_{artisan.pk}": forms.CharField(
            label=_("Note to the maker"),
            required=False,
            max_length=NOTE_LENGTH,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        ),
    }
