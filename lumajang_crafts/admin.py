"""The council's desk: Django's admin behind a second factor."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _


class CouncilAdminSite(admin.AdminSite):
    site_header = _("Council's desk")
    site_title = _("Council's desk")
    index_title = _("Catalogue and makers")

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff only, and only with a second factor where it is required."""
        return super().has_permission(request) and not self._lacks_second_factor(request)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign in on the site's own page; then set up the second factor if it is missing."""
        if super().has_permission(request) and self._lacks_second_factor(request):
            messages.info(request, _("Set up a second factor to enter the council's desk."))
            return redirect("mfa_activate_totp")
        answer: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return answer

    @staticmethod
    def _lacks_second_factor(request: HttpRequest) -> bool:
        return settings.STAFF_NEED_SECOND_FACTOR and not is_mfa_enabled(request.user)
