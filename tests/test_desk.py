"""The council's desk: plain admin, in Indonesian, for those who may."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts import groups
from catalogue.models import Product, StockMovement, Variant
from tests.factories import (
    AnnouncementFactory,
    CategoryFactory,
    CertificateFactory,
    CollectionFactory,
    DocumentFactory,
    DraftFactory,
    MaterialFactory,
    ProductFactory,
    StoryFactory,
    TechniqueFactory,
    UserFactory,
    VariantFactory,
)
from tests.test_pictures import drawn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings, tmp_path):
    settings.STAFF_NEED_SECOND_FACTOR = False
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


OURS = [
    model
    for model in admin.site._registry
    if model._meta.app_label in {"accounts", "artisans", "catalogue"}
]


def names(model) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


class TestPages:
    @pytest.mark.parametrize("model", OURS, ids=names)
    def test_each_list_costs_the_same_queries_at_any_length(
        self, desk, model, django_assert_max_num_queries
    ):
        url = reverse(f"admin:{names(model)}_changelist")
        desk.get(url)  # the first page of a session also records the session
        counts = []
        for number in range(2):
            product = ProductFactory()
            AnnouncementFactory()
            CollectionFactory(works=[product])
            DocumentFactory(version=f"2026-0{number + 1}")
            StoryFactory(artisan=product.artisan)
            CertificateFactory(artisan=product.artisan)
            StockMovement.objects.create(
                variant=product.variants.get(), reason="received", quantity=1
            )
            with django_assert_max_num_queries(30) as queries:
                assert desk.get(url).status_code == 200
            counts.append(len(queries))

        assert counts[0] == counts[1]

    @pytest.mark.parametrize("model", OURS, ids=names)
    def test_each_form_opens_in_indonesian(self, desk, model):
        url = reverse(f"admin:{names(model)}_add")
        response = desk.get(url)

        assert response.status_code in {200, 403}
        assert 'lang="id"' in response.text

    def test_staff_who_prefer_english_get_it_at_the_same_address(self, client):
        client.force_login(UserFactory(is_staff=True, is_superuser=True, language="en"))

        assert "Council&#x27;s desk" in client.get(reverse("admin:index")).text

    def test_strangers_are_sent_to_sign_in_and_buyers_stay_outside(self, client):
        assert client.get(reverse("admin:index")).status_code == 302
        client.force_login(UserFactory())
        assert client.get(reverse("admin:catalogue_product_changelist")).status_code == 302


class TestLeastPrivilege:
    @pytest.mark.parametrize("group", groups.GROUPS)
    @pytest.mark.parametrize("model", OURS, ids=names)
    def test_each_group_opens_exactly_what_it_may_view(self, client, group, model):
        groups.sync()
        officer = UserFactory(is_staff=True)
        officer.groups.add(Group.objects.get(name=group))
        client.force_login(officer)
        may = officer.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")

        response = client.get(reverse(f"admin:{names(model)}_changelist"))

        assert response.status_code == (200 if may else 403)


def listing_form(**changes) -> dict[str, object]:
    """What a curator sends for a new work with one variant, one photo, one material."""
    form = {
        "artisan": DraftFactory().artisan_id,
        "category": CategoryFactory().pk,
        "name": "Tampah",
        "slug": "tampah",
        "description": "Tampah anyaman kepang.",
        "techniques": [TechniqueFactory().pk],
        "packed_length_cm": 45,
        "packed_width_cm": 45,
        "packed_height_cm": 6,
        "packed_weight_g": 500,
        "lead_days": 2,
        "min_order": 1,
        "is_exportable": "on",
        "variants-TOTAL_FORMS": 1,
        "variants-INITIAL_FORMS": 0,
        "variants-0-sku": "KL-TMP-1",
        "variants-0-price": 65000,
        "variants-0-supply": "stock",
        "variants-0-is_active": "on",
        "variants-0-position": 0,
        "photos-TOTAL_FORMS": 1,
        "photos-INITIAL_FORMS": 0,
        "photos-0-picture_alt": "Tampah di meja",
        "photos-0-position": 0,
        "composition-TOTAL_FORMS": 1,
        "composition-INITIAL_FORMS": 0,
        "composition-0-material": MaterialFactory().pk,
    }
    upload = drawn()
    upload.seek(0)
    upload.name = "tampah.jpg"
    form["photos-0-upload"] = upload
    return form | changes


class TestWorks:
    def test_a_curator_adds_a_work_with_a_photo_and_publishes_it(self, desk):
        added = desk.post(reverse("admin:catalogue_product_add"), listing_form())
        assert added.status_code == 302, added.context["errors"]
        work = Product.objects.get(slug="tampah")
        assert (work.status, work.price_min) == ("draft", 65000)
        assert work.photos.get().picture.name.startswith("photos/")

        action = {"action": "publish", "_selected_action": [work.pk]}
        desk.post(reverse("admin:catalogue_product_changelist"), action)

        assert desk.get("/produk/tampah/").status_code == 200

    def test_a_name_that_says_batik_without_being_it_is_refused_beside_the_field(self, desk):
        response = desk.post(
            reverse("admin:catalogue_product_add"), listing_form(name="Kain batik cetak")
        )

        assert response.status_code == 200
        assert "bermotif batik" in str(response.context["adminform"].form.errors["name"])
        assert Product.objects.filter(slug="tampah").exists() is False

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"variants-0-price": 0}, "Harga harus di atas nol."),
            ({"photos-0-picture_alt": ""}, "Jelaskan gambar"),
            ({"variants-0-supply": "made_to_order"}, "batas per pesanan"),
            ({"packed_weight_g": 0}, "di atas nol"),
        ],
    )
    def test_wrong_input_is_said_in_indonesian_and_nothing_is_saved(self, desk, changes, words):
        response = desk.post(reverse("admin:catalogue_product_add"), listing_form(**changes))

        assert response.status_code == 200
        assert words in response.text
        assert Product.objects.filter(slug="tampah").exists() is False

    def test_publishing_an_empty_draft_says_what_is_missing(self, desk):
        draft = DraftFactory()
        action = {"action": "publish", "_selected_action": [draft.pk]}

        response = desk.post(reverse("admin:catalogue_product_changelist"), action, follow=True)

        assert "Tambahkan sedikitnya satu foto." in response.text
        draft.refresh_from_db()
        assert draft.status == "draft"

    def test_withdrawing_hides_the_work(self, desk):
        work = ProductFactory()
        action = {"action": "withdraw", "_selected_action": [work.pk]}
        desk.post(reverse("admin:catalogue_product_changelist"), action)

        assert desk.get(work.get_absolute_url()).status_code == 404


class TestStock:
    URL = "admin:catalogue_stockmovement_add"

    def test_a_delivery_is_booked_with_its_officer(self, desk):
        variant = VariantFactory(on_hand=0)
        desk.post(reverse(self.URL), {"variant": variant.pk, "reason": "received", "quantity": 4})

        movement = StockMovement.objects.get()
        assert (movement.quantity, movement.actor.is_superuser) == (4, True)
        assert Variant.objects.get(pk=variant.pk).on_hand == 4

    def test_taking_more_than_there_is_is_refused_in_words(self, desk):
        variant = VariantFactory(on_hand=2, reserved=1)
        response = desk.post(
            reverse(self.URL), {"variant": variant.pk, "reason": "sold", "quantity": -2}
        )

        assert "dijanjikan kepada pembeli" in response.text
        assert StockMovement.objects.exists() is False

    def test_a_rival_who_is_faster_leaves_a_message_and_no_row(self, desk, monkeypatch):
        variant = VariantFactory(on_hand=1, reserved=1)
        with monkeypatch.context() as patch:
            patch.setattr("catalogue.forms.StockMovementForm.clean", lambda form: form.cleaned_data)
            response = desk.post(
                reverse(self.URL),
                {"variant": variant.pk, "reason": "sold", "quantity": -1},
                follow=True,
            )

        assert "dijanjikan kepada pembeli" in response.text
        assert StockMovement.objects.exists() is False

    def test_the_ledger_cannot_be_edited(self, desk):
        movement = StockMovement.objects.create(
            variant=VariantFactory(), reason="received", quantity=1
        )
        url = reverse("admin:catalogue_stockmovement_change", args=[movement.pk])

        assert desk.post(url, {"quantity": 9}).status_code == 403

    def test_a_variant_with_history_keeps_its_kind(self, desk):
        work = ProductFactory()
        variant = work.variants.get()
        StockMovement.objects.create(variant=variant, reason="received", quantity=1)
        form = listing_form(
            **{
                "slug": work.slug,
                "variants-INITIAL_FORMS": 1,
                "variants-0-id": variant.pk,
                "variants-0-product": work.pk,
                "variants-0-sku": variant.sku,
                "variants-0-supply": "one_of_a_kind",
            }
        )
        response = desk.post(reverse("admin:catalogue_product_change", args=[work.pk]), form)

        assert "riwayat stok" in response.text


class TestCertificates:
    def test_the_first_check_stays(self, desk):
        certificate = CertificateFactory(verified_at=None)
        url = reverse("admin:artisans_certificate_changelist")
        action = {"action": "verify", "_selected_action": [certificate.pk]}
        desk.post(url, action)
        certificate.refresh_from_db()
        first = certificate.verified_at

        desk.post(url, action)

        certificate.refresh_from_db()
        assert (certificate.verified_at, certificate.verified_by.is_staff) == (first, True)
