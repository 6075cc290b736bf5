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
from lumajang_crafts.lib.pictured import Pictured
from lumajang_crafts.lib.site import absolute

PICTURE = ("picture", "picture_width", "picture_height", "picture_widths")


class PublicSitemap(Sitemap[Any]):
    """Addresses come from SITE_URL, never from the Host that a stranger sends."""

    i18n = True
    alternates = True
    x_default = True
    limit = 5000

    protocol = urlsplit(settings.SITE["url"]).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE["url"]).netloc


class PicturedSitemap(PublicSitemap):
    """Names each page's pictures too (templates/sitemap.xml), for image search."""

    def pictures(self, item: Any) -> list[Pictured]:
        return [item] if item.picture else []

    def get_urls(self, *arguments: Any, **options: Any) -> list[dict[str, Any]]:
        urls = super().get_urls(*arguments, **options)
        for url in urls:
            shown = self.pictures(url["item"][0] if self.i18n else url["item"])
            url["images"] = [absolute(picture.picture_url(1200)) for picture in shown]
        return urls


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


class ProductSitemap(PicturedSitemap):
    def items(self) -> QuerySet[Product]:
        works = Product.objects.published().order_by("pk").only("slug", "published_at")
        return works.prefetch_related("photos")

    def pictures(self, item: Product) -> list[Pictured]:
        return [*item.photos.all()]

    def lastmod(self, item: Product) -> datetime.datetime | None:
        return item.published_at


class ArtisanSitemap(PicturedSitemap):
    def items(self) -> QuerySet[Artisan]:
        return Artisan.objects.published().order_by("pk").only("slug", *PICTURE)


class DistrictSitemap(PublicSitemap):
    def items(self) -> QuerySet[District]:
        return District.objects.order_by("pk").only("slug")


class MotifSitemap(PicturedSitemap):
    def items(self) -> QuerySet[Motif]:
        return Motif.objects.order_by("pk").only("slug", *PICTURE)


class CollectionSitemap(PicturedSitemap):
    def items(self) -> QuerySet[Collection]:
        collections = Collection.objects.published().order_by("pk")
        return collections.only("slug", "published_at", *PICTURE)

    def lastmod(self, item: Collection) -> datetime.datetime | None:
        return item.published_at


class StorySitemap(PicturedSitemap):
    def items(self) -> QuerySet[Story]:
        stories = Story.objects.published().order_by("pk")
        return stories.only("slug", "published_at", *PICTURE)

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
