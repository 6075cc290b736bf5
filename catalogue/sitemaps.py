"""Every public page, in both languages, for search engines."""

import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from artisans.models import Artisan, District
from catalogue.models import Collection, Motif, Product, Story


class PublicSitemap(Sitemap[Any]):
    """Addresses come from SITE_URL, never from the Host that a stranger sends."""

    i18n = True
    alternates = True
    x_default = True
    limit = 5000

    protocol = urlsplit(settings.SITE["url"]).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE["url"]).netloc


class PageSitemap(PublicSitemap):
    def items(self) -> list[str]:
        return [
            "home",
            "product_list",
            "artisan_list",
            "district_list",
            "motif_list",
            "collection_list",
            "story_list",
            "how_to_buy",
            "delivery",
            "contact",
            "about",
            "privacy",
            "terms",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


class ProductSitemap(PublicSitemap):
    def items(self) -> QuerySet[Product]:
        return Product.objects.published().order_by("pk").only("slug", "published_at")

    def lastmod(self, item: Product) -> datetime.datetime | None:
        return item.published_at


class ArtisanSitemap(PublicSitemap):
    def items(self) -> QuerySet[Artisan]:
        return Artisan.objects.published().order_by("pk").only("slug")


class DistrictSitemap(PublicSitemap):
    def items(self) -> QuerySet[District]:
        return District.objects.order_by("pk").only("slug")


class MotifSitemap(PublicSitemap):
    def items(self) -> QuerySet[Motif]:
        return Motif.objects.order_by("pk").only("slug")


class CollectionSitemap(PublicSitemap):
    def items(self) -> QuerySet[Collection]:
        return Collection.objects.published().order_by("pk").only("slug", "published_at")

    def lastmod(self, item: Collection) -> datetime.datetime | None:
        return item.published_at


class StorySitemap(PublicSitemap):
    def items(self) -> QuerySet[Story]:
        return Story.objects.published().order_by("pk").only("slug", "published_at")

    def lastmod(self, item: Story) -> datetime.datetime | None:
        return item.published_at


SITEMAPS = {
    "pages": PageSitemap,
    "products": ProductSitemap,
    "artisans": ArtisanSitemap,
    "districts": DistrictSitemap,
    "motifs": MotifSitemap,
    "collections": CollectionSitemap,
    "stories": StorySitemap,
}
