"""Technique truth: only cloth made with wax resist may be called batik.

SNI 0239:2014 defines batik as textile coloured by resist with batik wax; a
printed cloth is a "textile with batik pattern". Form, import and publication
all ask here.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from catalogue.models import Category, Technique

ALLOWED_BESIDE = {
    "name": re.compile(r"\bber(?:motif|corak) batik\b", re.IGNORECASE),
    "name_en": re.compile(r"\bbatik[- ]pattern(?:ed)?\b", re.IGNORECASE),
}
BATIK = re.compile(r"\b(?:mem)?batik", re.IGNORECASE)


def check_batik(
    names: dict[str, str], category: "Category | None", techniques: Iterable["Technique"]
) -> None:
    """Raise ValidationError, per field, when the listing calls itself batik without being it.

    `names` holds "name" and "name_en".
    """
    if any(technique.is_batik for technique in techniques):
        return
    errors: dict[str, ValidationError] = {}
    if category is not None and category.is_batik:
        errors["category"] = ValidationError(
            _("This category is for true batik. Choose a batik technique or another category.")
        )
    for field, name in names.items():
        if BATIK.search(ALLOWED_BESIDE[field].sub("", name)):
            errors[field] = ValidationError(
                _(
                    "Without a batik technique, write “bermotif batik” in Indonesian and "
                    "“batik-pattern” in English."
                )
            )
    if errors:
        raise ValidationError(errors)
