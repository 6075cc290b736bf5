"""Orders at the council's desk: everything to see, nothing to edit, links to revoke."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts import groups
from orders import links
from orders.models import Order
from tests.factories import UserFactory
from tests.order_rows import PaymentFactory, place

pytestmark = pytest.mark.django_db

LIST = "admin:orders_order_changelist"


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.STAFF_NEED_SECOND_FACTOR = False


def officer_of(client, group: str):
    groups.sync()
    officer = UserFactory(is_staff=True)
    officer.groups.add(Group.objects.get(name=group))
    client.force_login(officer)
    return officer


@pytest.fixture
def desk(client):
    officer_of(client, "Meja pesanan")
    return client


def detail(order) -> str:
    return reverse("admin:orders_order_change", args=[order.pk])


class TestList:
    @pytest.mark.parametrize(
        "words", ["KL-2611-77777", "Wulandari", "wulan@contoh.example", "+6281230000007"]
    )
    def test_an_order_is_found_by_number_name_and_contact(self, desk, words):
        order = place(
            number="KL-2611-77777",
            name="Ibu Wulandari",
            email="wulan@contoh.example",
            phone="+6281230000007",
        )
        place()

        response = desk.get(reverse(LIST), {"q": words})

        assert list(response.context["cl"].queryset) == [order]
        assert "Rp318.000" in response.text

    def test_the_list_shows_no_contact(self, desk):
        order = place()

        text = desk.get(reverse(LIST)).text

        assert order.number in text
        assert order.email not in text
        assert str(order.phone) not in text

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_queries_at_any_length(self, desk, count, django_assert_num_queries):
        for _ in range(count):
            place(parts=count)
        desk.get(reverse(LIST))  # the first page of a session also records the session

        with django_assert_num_queries(13):
            assert desk.get(reverse(LIST)).status_code == 200


class TestDetail:
    def test_it_shows_parts_lines_payments_and_history(self, desk):
        order = place(parts=2)
        payment = PaymentFactory(order=order)

        response = desk.get(detail(order))

        for part in order.suborders.all():
            assert part.artisan.name in response.text
            assert part.lines.get().sku in response.text
        assert str(payment.unique_code) in response.text
        assert "menunggu pembayaran" in response.text
        assert response.context["has_change_permission"] is False
        assert 'name="_save"' not in response.text

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_queries_at_any_size(self, desk, count, django_assert_num_queries):
        order = place(parts=count, lines=count)
        for attempt in range(count):
            PaymentFactory(order=order, attempt=attempt + 1, status="failed")
        for part in order.suborders.all():
            order.record("", "waiting", source="staff", suborder=part, actor=UserFactory())
        desk.get(detail(order))

        with django_assert_num_queries(15):
            assert desk.get(detail(order)).status_code == 200

    def test_nothing_can_be_written_added_or_deleted(self, desk):
        order = place()

        assert desk.post(detail(order), {"name": "Lain", "status": "paid"}).status_code == 403
        assert desk.get(reverse("admin:orders_order_add")).status_code == 403
        delete = reverse("admin:orders_order_delete", args=[order.pk])
        assert desk.post(delete, {"post": "yes"}).status_code == 403
        order.refresh_from_db()
        assert (order.name, order.status) == ("Retno Contoh", "pending")


class TestRevoking:
    def revoke(self, client, order):
        action = {"action": "revoke_links", "_selected_action": [order.pk]}
        return client.post(reverse(LIST), action, follow=True)

    def test_the_desk_makes_a_link_worthless_and_it_is_written_down(self, desk):
        order = place()
        old = links.path(order)

        response = self.revoke(desk, order)

        assert "Tautan 1 pesanan tidak berlaku lagi." in response.text
        assert desk.get(old).status_code == 404
        assert desk.get(links.path(Order.objects.get(pk=order.pk))).status_code == 200
        assert LogEntry.objects.get().object_id == str(order.pk)

    @pytest.mark.parametrize("group", ["Keuangan"])
    def test_who_may_only_look_revokes_nothing(self, client, group):
        officer_of(client, group)
        order = place()

        assert client.get(detail(order)).status_code == 200
        self.revoke(client, order)

        assert client.get(links.path(order)).status_code == 200

    @pytest.mark.parametrize("group", ["Kurator", "Redaktur", "Pembaca"])
    def test_the_others_see_no_order(self, client, group):
        officer_of(client, group)

        assert client.get(reverse(LIST)).status_code == 403
        assert client.get(detail(place())).status_code == 403
