"""An officer at the desk: signing in, pressing the buttons of a row."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts import groups
from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.STAFF_NEED_SECOND_FACTOR = False


def member(group: str = "Keuangan", **fields):
    groups.sync()
    officer = UserFactory(is_staff=True, **fields)
    officer.groups.add(Group.objects.get(name=group))
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    return officer


PASSWORD = {"password": "kain-panjang-7"}


def sign_in(client, officer):
    """With the password given twice, as approving asks for."""
    client.logout()
    client.post(reverse("account_login"), {"login": officer.email, **PASSWORD})
    client.post(reverse("account_reauthenticate"), PASSWORD)


def row_page(row) -> str:
    return reverse(f"admin:orders_{row._meta.model_name}_change", args=[row.pk])


def act(client, row, name, **given):
    address = reverse(f"admin:orders_{row._meta.model_name}_act", args=[row.pk, name])
    return client.post(address, given, follow=True)
