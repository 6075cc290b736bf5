"""Rows for tests, each as small as the constraints allow."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Address, Document, Region, User
from artisans.models import Artisan, Certificate, District
from catalogue import listing
from catalogue.models import (
    Announcement,
    Category,
    Collection,
    CollectionItem,
    Material,
    Motif,
    Photo,
    Product,
    ProductMaterial,
    Story,
    Technique,
    Variant,
)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@contoh.example")
    name = "Bu Contoh"
    password = factory.django.Password("kain-panjang-7")


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ["code"]

    code = "35"
    name = "Jawa Timur"
    level = Region.Level.PROVINCE


def tempeh() -> Region:
    """A district with its regency and province."""
    lumajang = RegionFactory(
        code="35.08", name="Kabupaten Lumajang", level="regency", parent=RegionFactory()
    )
    return RegionFactory(
        code="35.08.05", name="Tempeh", level="district", parent=lumajang, postcode="67371"
    )


class AddressFactory(DjangoModelFactory):
    class Meta:
        model = Address

    user = factory.SubFactory(UserFactory)
    recipient = "Bu Contoh"
    phone = "+6281234567890"
    region = factory.LazyFunction(tempeh)
    village = "Desa Contoh"
    street = "Jl. Contoh No. 1"
    postcode = "67371"


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = District

    code = factory.Sequence(lambda n: f"35.08.{n % 100:02}")
    bps_code = factory.Sequence(lambda n: f"35{n:05}")
    name = factory.Sequence(lambda n: f"Kecamatan {n}")
    name_parts = factory.SelfAttribute("name")
    slug = factory.Sequence(lambda n: f"kecamatan-{n}")
    postcode = "67316"
    latitude = "-8.1"
    longitude = "113.2"
    tile_row = factory.Sequence(lambda n: n // 6 % 6 + 1)
    tile_column = factory.Sequence(lambda n: n % 6 + 1)


class ArtisanFactory(DjangoModelFactory):
    class Meta:
        model = Artisan

    name = factory.Sequence(lambda n: f"Sanggar {n}")
    slug = factory.Sequence(lambda n: f"sanggar-{n}")
    kind = Artisan.Kind.GROUP
    maker_name = "Bu Contoh"
    district = factory.SubFactory(DistrictFactory)
    village = "Desa Contoh"
    lead = "Membatik di beranda rumah."
    status = Artisan.Status.PUBLISHED


class CertificateFactory(DjangoModelFactory):
    class Meta:
        model = Certificate

    artisan = factory.SubFactory(ArtisanFactory)
    kind = Certificate.Kind.BATIKMARK
    colour = Certificate.Colour.GOLD
    number = factory.Sequence(lambda n: f"CONTOH-{n}")
    issuer = "Lembaga contoh"
    valid_from = datetime.date(2020, 1, 1)
    verified_at = factory.LazyFunction(timezone.now)


class CraftFactory(DjangoModelFactory):
    class Meta:
        model = Category

    name = factory.Sequence(lambda n: f"Kriya {n}")
    slug = factory.Sequence(lambda n: f"kriya-{n}")


class CategoryFactory(CraftFactory):
    parent = factory.SubFactory(CraftFactory)


class TechniqueFactory(DjangoModelFactory):
    class Meta:
        model = Technique

    name = factory.Sequence(lambda n: f"Teknik {n}")
    slug = factory.Sequence(lambda n: f"teknik-{n}")


class MotifFactory(DjangoModelFactory):
    class Meta:
        model = Motif

    name = factory.Sequence(lambda n: f"Motif {n}")
    slug = factory.Sequence(lambda n: f"motif-{n}")
    meaning = "Makna contoh."
    source = "Wawancara contoh"


class MaterialFactory(DjangoModelFactory):
    class Meta:
        model = Material

    name = factory.Sequence(lambda n: f"Bahan {n}")
    slug = factory.Sequence(lambda n: f"bahan-{n}")
    kind = Material.Kind.TEXTILE


class DraftFactory(DjangoModelFactory):
    """A listing with nothing in it yet."""

    class Meta:
        model = Product
        skip_postgeneration_save = True

    artisan = factory.SubFactory(ArtisanFactory)
    category = factory.SubFactory(CategoryFactory)
    name = factory.Sequence(lambda n: f"Karya {n}")
    slug = factory.Sequence(lambda n: f"karya-{n}")
    description = "Dibuat dengan tangan."
    packed_length_cm = 30
    packed_width_cm = 20
    packed_height_cm = 5
    packed_weight_g = 400


class VariantFactory(DjangoModelFactory):
    class Meta:
        model = Variant

    product = factory.SubFactory(DraftFactory)
    sku = factory.Sequence(lambda n: f"KL-{n}")
    price = 150_000
    on_hand = 3


class PhotoFactory(DjangoModelFactory):
    class Meta:
        model = Photo

    product = factory.SubFactory(DraftFactory)
    picture = "photos/contoh.webp"
    picture_width = 1200
    picture_height = 1500
    picture_alt = "Kain terlipat di meja"


class ProductFactory(DraftFactory):
    """A published work: one variant, one photo, a technique and a material."""

    @factory.post_generation
    def variant(self, create, extracted, **fields):
        VariantFactory(product=self, **fields)

    @factory.post_generation
    def technique(self, create, extracted, **kwargs):
        self.techniques.add(extracted or TechniqueFactory())

    @factory.post_generation
    def published(self, create, extracted, **kwargs):
        PhotoFactory(product=self)
        ProductMaterial.objects.create(product=self, material=MaterialFactory())
        listing.publish(self.pk)
        self.refresh_from_db()


class StoryFactory(DjangoModelFactory):
    class Meta:
        model = Story

    title = factory.Sequence(lambda n: f"Cerita {n}")
    slug = factory.Sequence(lambda n: f"cerita-{n}")
    lead = "Pembuka."
    body = "Isi."
    picture = "stories/contoh.webp"
    picture_width = 1920
    picture_height = 1080
    picture_alt = "Kain di jemuran"
    published_at = factory.LazyFunction(timezone.now)


class CollectionFactory(DjangoModelFactory):
    """A published collection; `works=[…]` puts them in, in that order."""

    class Meta:
        model = Collection
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Koleksi {n}")
    slug = factory.Sequence(lambda n: f"koleksi-{n}")
    intro = "Pengantar koleksi. Kalimat kedua."
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def works(self, create, extracted, **kwargs):
        for position, product in enumerate(extracted or []):
            CollectionItem.objects.create(collection=self, product=product, position=position)


class AnnouncementFactory(DjangoModelFactory):
    class Meta:
        model = Announcement

    text = "Pameran pekan ini"
    text_en = "Fair this week"
    starts_at = factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(hours=1))
    ends_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(hours=1))


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    kind = Document.Kind.PRIVACY
    version = "2026-01"
    valid_from = datetime.date(2026, 1, 1)
    body = "## Data\n\nYang kami simpan."
    body_en = "## Data\n\nWhat we keep."
