"""Below /akun/: a person's addresses; signing in, second factor, sessions by allauth's views."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from accounts import views

urlpatterns = [
    path(_("addresses/"), views.address_list, name="address_list"),
    path(_("addresses/new/"), views.address_add, name="address_add"),
    path(_("addresses/<int:pk>/"), views.address_edit, name="address_edit"),
    path(_("addresses/<int:pk>/usual/"), views.address_make_usual, name="address_make_usual"),
    path(_("addresses/<int:pk>/delete/"), views.address_delete, name="address_delete"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
