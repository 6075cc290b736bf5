"""Addresses of the privacy notice and the terms; every version keeps its own."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts import views
from accounts.models import Document

PRIVACY, TERMS = {"kind": Document.Kind.PRIVACY.value}, {"kind": Document.Kind.TERMS.value}

urlpatterns = [
    path(_("privacy/"), views.document, PRIVACY, name="privacy"),
    path(_("privacy/<slug:version>/"), views.document, PRIVACY, name="privacy_version"),
    path(_("terms/"), views.document, TERMS, name="terms"),
    path(_("terms/<slug:version>/"), views.document, TERMS, name="terms_version"),
]
