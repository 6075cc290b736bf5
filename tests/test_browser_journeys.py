"""Whole journeys of a guest on a phone, with scripts and without, under the production policy.

The gateway's page is on an origin of its own, and only its notice tells the shop of money.
"""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from catalogue import stock
from catalogue.models import Variant
from orders import expiry, invariants, proofs
from orders.models import Order, OrderLine, TransferProof
from tests import checkout_forms
from tests.buyers import Buyer
from tests.factories import ProductFactory, UserFactory
from tests.gateway import client_of, standin
from tests.money_rows import PDF, account, late, qris_code
from tests.test_pictures import drawn

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("private")]
WORKS = ("kain", "tikar", "bangku")  # of a workshop each, at 150,000 rupiah
TOTAL = "Rp489.000"  # with three parcels at 13,000
PAID = "Terima kasih, pembayaran Anda sudah kami terima"


@pytest.fixture
def site(settings, plain_http, live_server):
    """The shop, whose links and notices lead to where it is served."""
    settings.DEMO = True
    settings.SITE = {**settings.SITE, "url": live_server.url}
    checkout_forms.premises()
    account()
    qris_code()
    for slug in WORKS:
        work = ProductFactory(slug=slug, name=slug.title(), variant__on_hand=0)
        count(work.variants.get(), 1)
    return live_server.url


@pytest.fixture
def gateway(monkeypatch):
    with standin() as serving:
        monkeypatch.setattr("orders.payments.drivers.gateway", lambda: client_of(serving))
        yield serving


@pytest.fixture(params=["with scripts", "without scripts"])
def buyer(request, site):
    has_scripts = request.param == "with scripts"
    page = request.getfixturevalue("phone" if has_scripts else "plain")
    complaints = request.getfixturevalue("errors") if has_scripts else []
    yield Buyer(page, site, has_scripts)
    assert complaints == []
    assert list(invariants.faults(at_rest=True)) == []


def pay(buyer, gateway) -> None:
    """Follow the link to the gateway's page, and pay there."""
    buyer.page.get_by_role("link", name="Bayar lewat Midtrans").click()
    buyer.page.wait_for_url(f"{gateway.address}/**")
    buyer.page.get_by_role("button", name="Bayar dengan QRIS").click()
    expect(buyer.page.get_by_role("status")).to_have_text("Pembayaran diterima. Terima kasih.")
    gateway.post.wait()


def come_back(buyer) -> None:
    buyer.page.get_by_role("link", name="Kembali ke toko").click()
    buyer.page.wait_for_url(f"{buyer.site}/pesanan/**")


def send(buyer, name: str, kind: str, content: bytes) -> TransferProof:
    """Send this file as the proof of a transfer."""
    field = buyer.page.get_by_label("Gambar atau PDF transfer Anda")
    field.set_input_files({"name": name, "mimeType": kind, "buffer": content})
    buyer.page.get_by_role("button", name="Kirim bukti").click()
    buyer.reads("Pembayaran Anda sedang kami periksa")
    return TransferProof.objects.get()


def accept(proof: TransferProof) -> None:
    proofs.accept(proof.pk, proof.payment.amount, actor=UserFactory(is_staff=True))


def count(variant: Variant, pieces: int) -> None:
    """Let so many be found on the shelf."""
    _movements, refused = stock.recount({variant.pk: pieces})
    assert refused == {}


def left(slug: str) -> tuple[int, int]:
    """Pieces on hand and reserved."""
    return Variant.objects.values_list("on_hand", "reserved").get(product__slug=slug)


def test_three_workshops_are_paid_at_the_gateway(buyer, gateway):
    buyer.fill_cart(WORKS)
    buyer.order("Virtual account, dompet digital, atau kartu", TOTAL)
    buyer.reads("Kami menunggu pembayaran Anda")
    assert [left(slug) for slug in WORKS] == [(1, 1)] * 3

    pay(buyer, gateway)

    order = Order.objects.get()
    assert order.status == "paid"  # before anybody came back
    assert order.suborders.filter(status="ready").count() == 3
    assert urlsplit(buyer.page.url).netloc != urlsplit(buyer.site).netloc
    come_back(buyer)
    buyer.reads(PAID)
    expect(buyer.page.get_by_text(order.invoice)).to_be_visible()
    assert [left(slug) for slug in WORKS] == [(0, 0)] * 3


def test_a_transfer_is_shown_by_a_picture_and_checked(buyer):
    buyer.fill_cart(WORKS)
    buyer.order("Transfer bank", TOTAL)
    payment = Order.objects.get().payments.get()
    assert payment.amount == 489_000 + payment.unique_code
    expect(buyer.page.get_by_text("0123456789").first).to_be_visible()

    proof = send(buyer, "bukti.jpg", "image/jpeg", drawn().getvalue())
    expect(buyer.page.get_by_label("Gambar atau PDF transfer Anda")).to_have_count(0)
    accept(proof)

    buyer.page.reload()
    buyer.reads(PAID)


def test_qris_is_scanned_and_shown_by_a_pdf(buyer):
    buyer.fill_cart(("kain",))
    buyer.order("QRIS", "Rp163.000")
    code = buyer.page.get_by_alt_text("Kode QRIS dewan untuk dipindai")
    expect(code).to_be_visible()
    expect(buyer.page.get_by_text("DEKRANASDA LUMAJANG, LUMAJANG")).to_be_visible()
    expect(buyer.page.get_by_text("ID1020000000001")).to_be_visible()

    accept(send(buyer, "bukti.pdf", "application/pdf", PDF))

    buyer.page.reload()
    buyer.reads(PAID)


def test_what_is_sold_on_the_way_is_named_and_the_rest_can_be_had(buyer):
    buyer.fill_cart(WORKS)
    buyer.write_details()
    buyer.choose_region()
    buyer.go_on("cara kirim")
    buyer.go_on("cara bayar")
    count(Variant.objects.get(product__slug="tikar"), 0)
    buyer.agree("Transfer bank", TOTAL)

    trouble = buyer.page.get_by_role("alert")
    expect(trouble.get_by_role("listitem")).to_have_count(1)
    expect(trouble.get_by_role("listitem")).to_contain_text("Tikar")
    assert Order.objects.exists() is False
    trouble.get_by_role("button", name="Lanjutkan tanpa karya itu").click()
    expect(buyer.page.get_by_role("alert")).to_have_count(0)
    expect(buyer.page.get_by_label("Nama Anda")).to_have_value("Retno Contoh")
    buyer.go_on("cara kirim")
    buyer.go_on("cara bayar")
    buyer.agree("Transfer bank", "Rp326.000")
    buyer.page.wait_for_url("**/pesanan/**")

    assert OrderLine.objects.count() == 2
    assert [left(slug) for slug in WORKS] == [(1, 1), (0, 0), (1, 1)]


def expire_unheard(order: Order, gateway) -> None:
    """Let the order's time run out while the gateway says nothing."""
    late(order.payments.get(), hours=1)
    gateway.weather.is_away = True
    assert expiry.expire_overdue() == 1
    gateway.weather.is_away = False


def test_an_order_that_is_paid_late_is_had_if_the_works_are_there(buyer, gateway):
    buyer.fill_cart(WORKS)
    buyer.order("Virtual account, dompet digital, atau kartu", TOTAL)
    buyer.page.get_by_role("link", name="Bayar lewat Midtrans").click()
    expire_unheard(Order.objects.get(), gateway)
    buyer.page.get_by_role("button", name="Bayar dengan QRIS").click()
    gateway.post.wait()

    come_back(buyer)
    buyer.reads(PAID)
    assert [left(slug) for slug in WORKS] == [(0, 0)] * 3


def test_an_order_that_is_paid_too_late_gets_its_money_back(buyer, gateway):
    buyer.fill_cart(WORKS)
    buyer.order("Virtual account, dompet digital, atau kartu", TOTAL)
    order = buyer.page.url
    buyer.page.get_by_role("link", name="Bayar lewat Midtrans").click()
    paying = buyer.page.url
    expire_unheard(Order.objects.get(), gateway)
    buyer.page.goto(order)
    buyer.reads("Pesanan ini berakhir tanpa pembayaran")
    expect(buyer.page.get_by_role("link", name="Bayar lewat Midtrans")).to_have_count(0)
    count(Variant.objects.get(product__slug="tikar"), 0)
    buyer.page.goto(paying)
    buyer.page.get_by_role("button", name="Bayar dengan QRIS").click()
    gateway.post.wait()

    come_back(buyer)
    buyer.reads("Uang Anda sedang dikembalikan")
    expect(buyer.page.get_by_text(TOTAL).first).to_be_visible()
    assert Order.objects.get().payments.get().refunds.get().amount == 489_000
