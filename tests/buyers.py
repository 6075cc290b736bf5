"""A buyer's hands in a browser: with scripts in three steps, without them on one page."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

REGIONS = {"Provinsi": "35", "Kabupaten atau kota": "35.08", "Kecamatan": "35.08.05"}


@dataclass(frozen=True)
class Buyer:
    """A guest on a phone at this shop."""

    page: Page
    site: str
    has_scripts: bool

    def add(self, slug: str) -> None:
        self.page.goto(f"{self.site}/produk/{slug}/")
        add = "Tambah ke keranjang"
        self.page.locator(".order-bar").get_by_role("button", name=add).click()
        if self.has_scripts:
            self.page.get_by_role("dialog").wait_for()
        else:  # a page asks first
            self.page.get_by_role("main").get_by_role("button", name=add).click()

    def fill_cart(self, works: tuple[str, ...]) -> None:
        for slug in works:
            self.add(slug)
        self.page.goto(f"{self.site}/checkout/")

    def write_details(self) -> None:
        self.page.get_by_label("Nama Anda").fill("Retno Contoh")
        self.page.get_by_label("Nomor ponsel", exact=True).fill("0812-3456-7890")
        self.page.get_by_label("Desa atau kelurahan").fill("Tempeh Lor")
        self.page.get_by_label("Jalan dan nomor rumah").fill("Jalan Kenanga 14")

    def choose_region(self) -> None:
        for label, code in REGIONS.items():
            level = self.page.get_by_label(label)
            level.locator(f"option[value='{code}']").wait_for(state="attached")
            level.select_option(code)
            if not self.has_scripts:
                show = self.page.get_by_role("button", name="Tampilkan pilihan", exact=True)
                show.click()

    def go_on(self, to: str) -> None:
        """To the next step, where there are steps."""
        if self.has_scripts:
            self.page.get_by_role("button", name=f"Lanjut pilih {to}").click()

    def agree(self, way: str, total: str) -> None:
        """Choose how to pay, agree to the terms, and order at this total."""
        self.page.get_by_label(way).check()
        self.page.get_by_label("Saya menyetujui").check()
        self.page.get_by_role("button", name=f"Buat pesanan, {total}").click()

    def order(self, way: str, total: str) -> None:
        """From the checkout to the page of the order."""
        self.write_details()
        self.choose_region()
        self.go_on("cara kirim")
        self.go_on("cara bayar")
        self.agree(way, total)
        self.page.wait_for_url("**/pesanan/**")

    def reads(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
