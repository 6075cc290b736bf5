"""A buyer who uses the shop by plain HTTP: reads forms, fills them in, presses buttons."""

from html.parser import HTMLParser
from urllib.parse import urljoin

import requests


class Forms(HTMLParser):
    """The forms of a page: where each goes, and what it would send untouched."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.select = [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.forms.append({"action": given.get("action", ""), "fields": {}})
        elif self.forms and given.get("name"):
            self.field(tag, given)
        if tag == "option" and self.select and "selected" in given:
            self.forms[-1]["fields"][self.select] = given.get("value", "")

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None

    def field(self, tag, given):
        if tag == "select":
            self.select = given["name"]
        is_choice = given.get("type") in {"radio", "checkbox"}
        if (
            tag == "input"
            and given.get("type") != "submit"
            and (not is_choice or "checked" in given)
        ):
            self.forms[-1]["fields"][given["name"]] = given.get("value", "on" if is_choice else "")


class Shopper:
    """One visitor with a browser and an address on the network of their own."""

    def __init__(self, site, number=0):
        self.site, self.number = site, number
        self.browser = requests.Session()
        self.browser.trust_env = False
        self.browser.headers["X-Forwarded-For"] = f"198.51.{number // 250}.{number % 250 + 1}"

    def look(self, path):
        return self.browser.get(urljoin(self.site, path), timeout=60)

    def press(self, path, fields, **options):
        """Fill in the form of that page which has these fields, and send it."""
        page = self.look(path)
        return self.send(page, fields, **options)

    def send(self, page, fields, *, follow=True):
        form = next(
            form
            for form in Forms(page.text).forms
            if "csrfmiddlewaretoken" in form["fields"]
            and ("key" in form["fields"]) == ("method" in fields)
        )
        address = urljoin(page.url, form["action"])
        return self.browser.post(
            address, data=form["fields"] | fields, allow_redirects=follow, timeout=60
        )

    def add(self, sku, quantity=1):
        page = self.press(f"/keranjang/tambah/?sku={sku}&quantity={quantity}", {})
        assert page.status_code == 200, page.status_code
        return page

    def wishes(self, **fields):
        """What a guest tells who collects everything in person and pays by transfer."""
        return {
            "name": f"Pembeli Contoh {self.number}",
            "mobile": f"0812{self.number:08}",
            "email": f"pembeli{self.number}@contoh.example",
            "receive": "collect",
            "method": "transfer",
            "consent": "on",
            "intent": "place",
            **fields,
        }

    def reckon(self, **fields):
        """Go to the checkout and let it reckon: the page whose button orders."""
        return self.press("/checkout/", self.wishes(**fields) | {"intent": "refresh"})

    def order(self, page, **fields):
        """Press the button that orders; the answer itself, not where it leads."""
        return self.send(page, self.wishes(**fields), follow=False)
