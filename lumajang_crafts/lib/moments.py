"""Deadlines, said so that nobody has to guess the clock."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format


def wib(moment: datetime.datetime) -> str:
    """Write a time as "17 Agustus 2026, 14.05 WIB", in the active language."""
    return f"{date_format(timezone.localtime(moment), 'j F Y, H.i')} WIB"
