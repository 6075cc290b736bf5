"""The page where the demo's buyer pays: Indonesian, without a script, with two buttons that pay."""

from pathlib import Path
from urllib.parse import urlencode

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lumajang_crafts.lib.money import rupiah
from orders.standin.api import PAGE
from orders.standin.gateway import StandIn
from orders.standin.ledger import Attempt, Refused
from orders.standin.web import Request, Response
from orders.standin.web import page as as_page

STYLE = "/stand-in.css"
CSS = Path(__file__).with_name("page.css")
WORDS = {
    "": "Pilih cara membayar.",
    "pending": "Menunggu pembayaran Anda.",
    "capture": "Pembayaran diterima. Terima kasih.",
    "settlement": "Pembayaran diterima. Terima kasih.",
    "deny": "Pembayaran ditolak. Anda dapat mencoba lagi.",
    "failure": "Pembayaran gagal.",
    "cancel": "Pembayaran dibatalkan.",
    "expire": "Waktu membayar sudah habis.",
    "refund": "Uang sudah dikembalikan.",
    "partial_refund": "Sebagian uang sudah dikembalikan.",
    "chargeback": "Uang ditarik kembali oleh bank.",
    "partial_chargeback": "Sebagian uang ditarik kembali oleh bank.",
}
DOCUMENT = """<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="stylesheet" href="{style}">
</head>
<body>
<main>
<p class="sample">Halaman contoh. Tidak ada uang sungguhan yang berpindah.</p>
{content}
</main>
</body>
</html>
"""
CONTENT = """<h1>Pembayaran {reference}</h1>
<p class="amount">{amount}</p>
<ul>{items}</ul>
<p class="state" role="status">{state}</p>
{choices}
<p><a class="back" href="{back}">Kembali ke toko</a></p>"""
CHOICES = format_html(
    """<form method="post">
<button class="main" name="act" value="qris">{}</button>
<button class="main" name="act" value="va">{}</button>
<button name="act" value="later">{}</button>
<button name="act" value="cancel">{}</button>
</form>""",
    "Bayar dengan QRIS",
    "Bayar dengan akun virtual (VA)",
    "Tunda",
    "Batal",
)


def respond(standin: StandIn, request: Request) -> Response:
    """Show the attempt of a token, or do what its buyer chose."""
    if request.path == STYLE:
        return Response(200, [CSS.read_bytes()], "text/css; charset=utf-8")
    try:
        attempt = standin.ledger.by_token(request.path.removeprefix(PAGE))
    except Refused:
        return as_page(404, _document("Tidak ditemukan", format_html("<h1>{}</h1>", "Tidak ada.")))
    standin.expire_if_late(attempt)
    if request.method == "POST":
        _choose(standin, attempt, request.form.get("act", ""))
        return Response(303, [], "text/plain", {"Location": request.path})
    return as_page(200, _document(f"Pembayaran {attempt.reference}", _content(attempt)))


def _choose(standin: StandIn, attempt: Attempt, act: str) -> None:
    """A button pressed twice, or too late, changes nothing."""
    reference = attempt.reference
    with standin.ledger.lock:
        if not attempt.is_open:
            return
        if act in {"qris", "va"}:
            standin.pay(reference, "qris" if act == "qris" else "bank_transfer")
        elif act in {"later", "cancel"} and attempt.stage != "pending":
            standin.pend(reference, "bank_transfer")
        if act == "cancel":
            standin.cancel(reference)


def _document(title: str, content: SafeString) -> str:
    return format_html(DOCUMENT, title=title, style=STYLE, content=content)


def _content(attempt: Attempt) -> SafeString:
    state = WORDS[attempt.stage]
    if attempt.fraud == "challenge":
        state = "Pembayaran sedang diperiksa."
    if attempt.stage == "" and attempt.is_late:
        state = WORDS["expire"]
    rows = [
        (each["quantity"], each["name"], rupiah(each["quantity"] * each["price"]))
        for each in attempt.items
    ]
    return format_html(
        CONTENT,
        reference=attempt.reference,
        amount=rupiah(attempt.amount),
        items=format_html_join("", "<li>{} × {} <span>{}</span></li>", rows),
        state=state,
        choices=CHOICES if attempt.is_open else "",
        back=_back(attempt),
    )


def _back(attempt: Attempt) -> str:
    """As Midtrans does it: the address says how it went, and must not be believed."""
    told = {"order_id": attempt.reference}
    if attempt.stage:
        body = attempt.body()
        told |= {name: body[name] for name in ("status_code", "transaction_status")}
    return f"{attempt.finish}{'&' if '?' in attempt.finish else '?'}{urlencode(told)}"
