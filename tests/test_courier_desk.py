"""Couriers come from their file once and are kept at the desk; the demo has places for money."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from accounts import groups
from catalogue import vocabulary
from catalogue.models import Category
from orders import couriers_data, delivery, demo_selling
from orders.delivery import Place
from orders.models import BankAccount, CourierService, QrisCode, Rate, SalesPolicy, Zone
from orders.payments import qris
from tests.factories import UserFactory, tempeh

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.STAFF_NEED_SECOND_FACTOR = False


@pytest.fixture
def couriers():
    vocabulary.load()
    couriers_data.load()


@pytest.fixture
def desk(client):
    groups.sync()
    officer = UserFactory(is_staff=True)
    officer.groups.add(Group.objects.get(name="Meja pesanan"))
    client.force_login(officer)
    return client


class TestLoading:
    def test_the_file_fills_services_zones_and_rates(self, couriers):
        assert CourierService.objects.count() == 6
        assert Zone.objects.get(code="lumajang").areas == ["35.08"]
        rate = Rate.objects.get(service__code="jne-reg", zone__code="jawa-timur")
        assert (rate.first_price, rate.days_min, rate.days_max) == (13_000, 2, 3)
        assert CourierService.objects.get(code="ems").excluded.filter(slug="perak").exists()

    def test_the_regency_s_own_zone_wins_over_its_province_s(self, couriers):
        assert delivery.zone_of(Place("ID", "35.08.05")).code == "lumajang"
        assert delivery.zone_of(Place("ID", "35.73.01")).code == "jawa-timur"
        assert delivery.zone_of(Place("MY")).code == "malaysia-singapura"

    def test_what_staff_changed_stays(self, couriers):
        Rate.objects.update(first_price=1)
        CourierService.objects.exclude(code="ems").delete()
        call_command("load_couriers")

        assert CourierService.objects.count() == 1
        assert set(Rate.objects.values_list("first_price", flat=True)) == {1}

    def test_refused_goods_must_be_known(self):
        with pytest.raises(Category.DoesNotExist):
            couriers_data.load()

        assert CourierService.objects.exists() is False

    @pytest.mark.parametrize(
        ("code", "label"),
        [
            ("jne-reg", "JNE Reguler"),
            ("pos-reguler", "Pos Reguler"),
            ("ems", "Pos Indonesia EMS (kiriman cepat luar negeri)"),
        ],
    )
    def test_nobody_is_named_twice(self, couriers, code, label):
        assert CourierService.objects.get(code=code).label == label


class TestDemo:
    def test_it_can_receive_money_that_two_people_agreed_on(self):
        vocabulary.load()
        proposer = UserFactory(email=demo_selling.PROPOSES)
        approver = UserFactory(email=demo_selling.APPROVES)
        call_command("load_selling_demo")
        call_command("load_selling_demo")

        account, code = BankAccount.objects.live().get(), QrisCode.objects.live().get()
        for place in (account, code):
            assert (place.proposed_by, place.approved_by) == (proposer, approver)
        assert "CONTOH" in account.holder
        assert qris.parse(code.payload).merchant_name == code.merchant_name
        assert SalesPolicy.objects.count() == 1

    def test_without_its_people_it_adds_no_place_for_money(self):
        vocabulary.load()

        assert demo_selling.load() == 0
        assert BankAccount.objects.exists() is False


class TestDesk:
    def change(self, desk, areas):
        zone = Zone.objects.create(code="contoh", name="Contoh", areas=["35"])
        path = reverse("admin:orders_zone_change", args=[zone.pk])
        sent = {"code": "contoh", "name": "Contoh", "name_en": "", "areas": areas}
        response = desk.post(path, sent)
        zone.refresh_from_db()
        return response, zone.areas

    @pytest.mark.parametrize("areas", ["35.08, 35.08.05", "sg, NL"])
    def test_a_zone_takes_codes_that_exist(self, desk, areas):
        tempeh()
        response, kept = self.change(desk, areas)

        assert response.status_code == 302
        assert kept == areas.upper().split(", ")

    @pytest.mark.parametrize("areas", ["99", "35.99", "XX", "ID"])
    def test_others_would_never_be_found(self, desk, areas):
        tempeh()
        response, kept = self.change(desk, areas)

        assert f"dengan kode {areas}." in response.text
        assert kept == ["35"]

    def test_a_service_is_switched_off_never_deleted(self, desk, couriers):
        service = CourierService.objects.get(code="ems")
        path = reverse("admin:orders_courierservice_delete", args=[service.pk])

        assert desk.post(path, {"post": "yes"}).status_code == 403
        assert CourierService.objects.filter(code="ems").exists()

    @pytest.mark.parametrize("group", ["Kurator", "Redaktur", "Pembaca"])
    def test_others_keep_no_couriers(self, client, group):
        groups.sync()
        member = UserFactory(is_staff=True)
        member.groups.add(Group.objects.get(name=group))
        client.force_login(member)

        assert client.get(reverse("admin:orders_zone_changelist")).status_code == 403
