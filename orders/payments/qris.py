"""QRIS: the text behind the council's QR code, read strictly and drawn.

EMVCo merchant-presented mode: two digits name a field, two give its length in
characters, and a CRC-16/CCITT-FALSE over the UTF-8 bytes ends it. Whoever changes
the stored code takes the money, so a code that could be read in two ways is refused.
"""

import re
from binascii import crc_hqx
from dataclasses import dataclass
from typing import Final

import segno
from django.utils.translation import gettext as _

from lumajang_crafts.lib.money import rupiah

LIMIT = 10_000_000  # rupiah a payment, by Bank Indonesia
MOST_CHARACTERS = 512  # of EMVCo
NATIONAL = "ID.CO.QRIS.WWW"
ACCOUNTS = [f"{tag:02}" for tag in range(26, 46)]
TEMPLATES = {*(f"{tag:02}" for tag in range(26, 52)), "62"}  # fields that hold fields
CRC_HEAD, CRC_LENGTH = "6304", 4

Fields = dict[str, str]

CODE: Final = re.compile(r"[0-9]{4}")
AMOUNT: Final = re.compile(r"[1-9][0-9]{0,12}")
BILL: Final = re.compile(r"[A-Za-z0-9-]{1,25}")
# The fields of the outermost level whose form is fixed.
FORMS: Final = {
    "00": re.compile(r"01"),
    "01": re.compile(r"1[12]"),
    "52": re.compile(r"[0-9]{4}"),
    "53": re.compile(r"360"),
    "58": re.compile(r"ID"),
    "59": re.compile(r".{1,25}"),
    "60": re.compile(r".{1,15}"),
}
NMID: Final = re.compile(r"ID[0-9]{13}")
CRITERIA: Final = re.compile(r"[A-Z]{3}")


class QrisError(ValueError):
    """Not a QRIS code that we may show. The message is a translated sentence for a person."""


@dataclass(frozen=True, slots=True)
class Payload:
    text: str  # as it is drawn, unchanged
    merchant_name: str
    city: str
    nmid: str  # the merchant's national number, shown for buyers to compare
    criteria: str  # size of the business: UMI, UKE, UME, UBE, …
    is_static: bool  # printed once; the buyer types the amount
    amount: int | None  # rupiah, of a dynamic code
    bill: str  # number of the bill, or ""


def parse(text: str) -> Payload:
    """Read a QRIS code; raises QrisError naming what is wrong with it."""
    text = text.strip()
    _check_whole(text)
    fields = _fields(text)
    inner = {tag: _fields(value) for tag, value in fields.items() if tag in TEMPLATES}
    _check_forms(fields)
    _check_merchant(inner)
    is_static = fields["01"] == "11"
    return Payload(
        text=text,
        merchant_name=fields["59"],
        city=fields["60"],
        nmid=inner["51"]["02"],
        criteria=inner["51"].get("03", ""),
        is_static=is_static,
        amount=_amount(fields.get("54"), is_static=is_static),
        bill=inner.get("62", {}).get("01", ""),
    )


def with_amount(payload: Payload, amount: int, bill: str) -> str:
    """Return the dynamic code of one bill, for the demo and for tests.

    The shop shows a static code unchanged: an acquirer may forbid to rewrite it, and
    confirms nothing of what was. Raises QrisError for an amount or a bill out of bounds.
    """
    if not 0 < amount <= LIMIT:
        raise QrisError(_above_limit())
    if not BILL.fullmatch(bill):
        raise QrisError(_("A bill's number has at most 25 letters, digits and hyphens."))
    fields = _fields(payload.text) | {"01": "12", "54": str(amount)}
    fields["62"] = _written(_fields(fields.get("62", "")) | {"01": bill})
    del fields["63"]
    head = _written(fields) + CRC_HEAD
    return head + checksum(head)


def picture(text: str) -> str:
    """Draw it as a data URI for the `src` of an image, whose `alt` the page must give."""
    code = segno.make(text, error="m", micro=False)
    return code.svg_data_uri(border=4, light="#fff", omitsize=True)


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE in four upper-case hexadecimal digits."""
    return f"{crc_hqx(text.encode(), 0xFFFF):04X}"


def _check_whole(text: str) -> None:
    if len(text) > MOST_CHARACTERS or not text.isprintable():
        raise QrisError(_("This is no QRIS code: it is too long or has unprintable characters."))
    if not text.startswith("000201"):
        raise QrisError(_("This is no QRIS code: it must begin with 000201."))
    if text[-CRC_LENGTH - len(CRC_HEAD) : -CRC_LENGTH] != CRC_HEAD:
        raise QrisError(_("The QRIS code is cut off: it does not end in its checksum."))
    if text[-CRC_LENGTH:] != checksum(text[:-CRC_LENGTH]):
        raise QrisError(_("The QRIS code's checksum is wrong: a character was changed or lost."))


def _fields(text: str) -> Fields:
    """Split one level; raises QrisError when a length leads past the end or a tag stands twice."""
    found: Fields = {}
    place = 0
    while place < len(text):
        head = text[place : place + 4]
        if not CODE.fullmatch(head):
            raise QrisError(
                _("The QRIS code is damaged: no field begins at “%(text)s”.")
                % {"text": text[place : place + 8]}
            )
        tag, length = head[:2], int(head[2:])
        value = text[place + 4 : place + 4 + length]
        if length == 0 or len(value) < length:
            raise QrisError(_("Field %(tag)s of the QRIS code has a wrong length.") % {"tag": tag})
        if tag in found:
            raise QrisError(_("Field %(tag)s stands twice in the QRIS code.") % {"tag": tag})
        found[tag] = value
        place += 4 + length
    return found


def _check_forms(fields: Fields) -> None:
    for tag, form in FORMS.items():
        if not form.fullmatch(fields.get(tag, "")):
            raise QrisError(_wrong(tag))
    if fields.keys() & {"55", "56", "57"}:
        raise QrisError(_("The QRIS code asks for a tip or a fee, which buyers must not pay."))


def _check_merchant(inner: dict[str, Fields]) -> None:
    national = inner.get("51", {})
    if national.get("00") != NATIONAL:
        raise QrisError(
            _("The QRIS code lacks its national part (field 51): it is not Indonesian.")
        )
    if not NMID.fullmatch(national.get("02", "")):
        raise QrisError(_("The merchant's number (NMID) must be ID and 13 digits."))
    if not CRITERIA.fullmatch(national.get("03", "UMI")):
        raise QrisError(_("The merchant's criteria must be three letters, such as UMI."))
    if not inner.keys() & set(ACCOUNTS):
        raise QrisError(_("The QRIS code names no account of a bank or wallet (fields 26-45)."))


def _amount(text: str | None, *, is_static: bool) -> int | None:
    if is_static:
        if text is not None:
            raise QrisError(_("A static QRIS code must not carry an amount."))
        return None
    if text is None or not AMOUNT.fullmatch(text):
        raise QrisError(_("A dynamic QRIS code must carry an amount in whole rupiah."))
    if int(text) > LIMIT:
        raise QrisError(_above_limit())
    return int(text)


def _above_limit() -> str:
    return _("A QRIS payment is of at least Rp1 and at most %(limit)s.") % {"limit": rupiah(LIMIT)}


def _wrong(tag: str) -> str:
    return {
        "00": _("This is no QRIS code: it must begin with 000201."),
        "01": _("The QRIS code must say whether it is static (11) or dynamic (12) in field 01."),
        "52": _("The merchant's category (field 52) must be four digits."),
        "53": _("The QRIS code's currency must be rupiah (360)."),
        "58": _("The QRIS code's country must be Indonesia (ID)."),
        "59": _("The QRIS code must name the merchant in at most 25 characters."),
        "60": _("The QRIS code must name the merchant's town in at most 15 characters."),
    }[tag]


def _written(fields: Fields) -> str:
    """Write fields in the order of their tags; raises QrisError when one is too long."""
    if any(len(value) > 99 for value in fields.values()):  # noqa: PLR2004  (two digits)
        raise QrisError(_("The QRIS code has no room for this bill's number."))
    return "".join(f"{tag}{len(value):02}{value}" for tag, value in sorted(fields.items()))
