"""Signing up, in and out; who is staff and what staff may do."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import Group
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import groups
from accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "kain-panjang-7"


def known(**fields) -> User:
    user = UserFactory(**fields)
    if user.email:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client, login, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": login, "password": password})


class TestIdentity:
    def test_neither_e_mail_nor_phone_is_refused_by_the_database(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create_user()

    @pytest.mark.parametrize("field", ["email", "phone"])
    def test_each_is_unique_where_present(self, field):
        taken = {"email": "ibu@contoh.example", "phone": "+6281234567890"}
        User.objects.create_user(**{field: taken[field]})
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create_user(**{field: taken[field]})

    def test_many_may_have_no_e_mail(self):
        User.objects.create_user(phone="+6281234567890")
        User.objects.create_user(phone="+6281234567891")

        assert User.objects.filter(email=None).count() == 2

    def test_an_e_mail_in_capitals_is_the_same_address(self):
        assert User.objects.create_user("IBU@Contoh.example").email == "ibu@contoh.example"
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(email="ibu@contoh.example").update(email="IBU@contoh.example")


class TestSigningIn:
    def test_by_e_mail(self, client):
        user = known()

        assert sign_in(client, user.email.upper()).status_code == 302
        assert client.session["_auth_user_id"] == str(user.pk)

    @pytest.mark.parametrize("spelling", ["0812-3456-7890", "+62 812 3456 7890", "6281234567890"])
    def test_by_phone_however_it_is_written(self, client, spelling):
        user = known(email=None, phone="+6281234567890")

        assert sign_in(client, spelling).status_code == 302
        assert client.session["_auth_user_id"] == str(user.pk)

    def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(self, client):
        user = known()

        wrong = sign_in(client, user.email, "salah-sekali-1")
        unknown = sign_in(client, "siapa@contoh.example")

        assert wrong.status_code == unknown.status_code == 200
        assert wrong.context["form"].non_field_errors() == (
            unknown.context["form"].non_field_errors()
        )

    def test_the_session_gets_a_new_key(self, client):
        client.get(reverse("account_login"))
        client.session["x"] = 1
        before = client.session.session_key
        sign_in(client, known().email)

        assert client.session.session_key != before

    def test_signing_out_needs_a_post(self, client):
        client.force_login(known())

        client.get(reverse("account_logout"))
        assert "_auth_user_id" in client.session
        client.post(reverse("account_logout"))
        assert "_auth_user_id" not in client.session

    def test_guessing_is_slowed_down(self, client):
        user = known()
        for _ in range(12):
            answer = sign_in(client, user.email, "salah-sekali-1")

        right = sign_in(client, user.email)
        assert "_auth_user_id" not in client.session
        assert answer.status_code in {200, 429}
        assert right.status_code in {200, 429}


class TestSigningUp:
    def sign_up(self, client, email="baru@contoh.example", password="anyam-rotan-halus"):
        form = {"email": email, "password1": password, "password2": password}
        return client.post(reverse("account_signup"), form)

    def test_a_new_person_confirms_by_mail_and_is_no_staff(self, client):
        assert self.sign_up(client).status_code == 302
        assert "_auth_user_id" not in client.session

        link = re.search(r"http://\S+confirm-email/\S+", mail.outbox[0].body)[0]
        client.post(link)

        user = User.objects.get(email="baru@contoh.example")
        assert user.emailaddress_set.get().verified is True
        assert (user.is_staff, user.is_superuser, user.language) == (False, False, "id")

    def test_forged_rights_are_ignored(self, client):
        client.post(
            reverse("account_signup"),
            {
                "email": "licik@contoh.example",
                "password1": "anyam-rotan-halus",
                "password2": "anyam-rotan-halus",
                "is_staff": "on",
                "is_superuser": "on",
            },
        )

        user = User.objects.get(email="licik@contoh.example")
        assert (user.is_staff, user.is_superuser) == (False, False)

    def test_a_taken_address_gets_the_same_answer_as_a_new_one(self, client):
        known(email="ada@contoh.example")

        taken, new = self.sign_up(client, "ada@contoh.example"), self.sign_up(client)

        assert (taken.status_code, taken.url) == (new.status_code, new.url)
        assert User.objects.filter(email="ada@contoh.example").count() == 1

    @pytest.mark.parametrize("weak", ["pendek", "password123", "lumajang2026", "batik-12"])
    def test_a_weak_or_local_password_is_refused(self, client, weak):
        answer = self.sign_up(client, password=weak)

        assert answer.status_code == 200
        assert answer.context["form"].errors
        assert User.objects.exists() is False

    def test_the_language_of_the_page_is_remembered(self, client):
        form = {
            "email": "visitor@contoh.example",
            "password1": "woven-by-hand-9",
            "password2": "woven-by-hand-9",
        }
        client.post("/en/account/signup/", form)

        assert User.objects.get().language == "en"


class TestForgottenPassword:
    def test_the_link_works_once(self, client):
        user = known()
        client.post(reverse("account_reset_password"), {"email": user.email})
        link = re.search(r"http://\S+/reset/key/\S+", mail.outbox[0].body)[0]
        page = client.get(link, follow=True)
        form = {"password1": "anyam-rotan-halus", "password2": "anyam-rotan-halus"}
        client.post(page.request["PATH_INFO"], form)

        assert sign_in(client, user.email, "anyam-rotan-halus").status_code == 302
        again = client.get(link, follow=True)
        assert again.context["token_fail"] is True

    def test_an_unknown_address_gets_the_same_answer(self, client):
        user = known()

        one = client.post(reverse("account_reset_password"), {"email": user.email})
        other = client.post(reverse("account_reset_password"), {"email": "x@contoh.example"})

        assert (one.status_code, one.url) == (other.status_code, other.url)


class TestSecondFactor:
    def officer(self, **fields) -> User:
        return known(is_staff=True, is_superuser=True, **fields)

    def test_staff_without_one_are_sent_to_set_it_up(self, client):
        client.force_login(self.officer())

        answer = client.get(reverse("admin:index"), follow=True)

        assert answer.redirect_chain[-1][0].startswith(reverse("mfa_activate_totp")) or (
            answer.redirect_chain[-1][0].startswith(reverse("account_reauthenticate"))
        )

    def test_staff_with_one_enter(self, client):
        officer = self.officer()
        totp.TOTP.activate(officer, totp.generate_totp_secret())
        client.force_login(officer)

        assert client.get(reverse("admin:index")).status_code == 200

    def test_signing_in_asks_for_the_code_and_refuses_a_used_one(self, client):
        officer = self.officer()
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(officer, secret)
        code = totp.format_hotp_value(
            totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
        )

        first = sign_in(client, officer.email)
        assert first.url == reverse("mfa_authenticate")
        assert "_auth_user_id" not in client.session
        client.post(first.url, {"code": code})
        assert client.session["_auth_user_id"] == str(officer.pk)

        client.logout()
        second = sign_in(client, officer.email)
        client.post(second.url, {"code": code})
        assert "_auth_user_id" not in client.session

    def test_the_demo_lets_staff_in_without(self, client, settings):
        settings.STAFF_NEED_SECOND_FACTOR = False
        client.force_login(self.officer())

        assert client.get(reverse("admin:index")).status_code == 200

    def test_no_secret_is_stored_for_people_without_one(self):
        known()

        assert Authenticator.objects.count() == 0


class TestGroups:
    @pytest.mark.parametrize(
        ("group", "allowed", "refused"),
        [
            ("Kurator", "catalogue.change_product", "catalogue.delete_story"),
            ("Meja pesanan", "catalogue.view_product", "catalogue.change_product"),
            ("Keuangan", "catalogue.view_variant", "catalogue.change_variant"),
            ("Redaktur", "catalogue.change_story", "catalogue.change_variant"),
            ("Pembaca", "catalogue.view_product", "catalogue.change_product"),
        ],
    )
    def test_each_may_do_its_work_and_no_other(self, group, allowed, refused):
        groups.sync()
        user = UserFactory(is_staff=True)
        user.groups.add(Group.objects.get(name=group))

        assert user.has_perm(allowed) is True
        assert user.has_perm(refused) is False
        assert user.has_perm("accounts.change_user") is False

    def test_a_right_given_by_hand_is_taken_back_by_the_next_sync(self):
        groups.sync()
        reader = Group.objects.get(name="Pembaca")
        before = reader.permissions.count()
        reader.permissions.add(Group.objects.get(name="Kurator").permissions.last())
        groups.sync()

        assert reader.permissions.count() == before
