"""Every address of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.static import serve

from lumajang_crafts import health

handler400 = "lumajang_crafts.errors.bad_request"
handler403 = "lumajang_crafts.errors.permission_denied"
handler404 = "lumajang_crafts.errors.not_found"
handler500 = "lumajang_crafts.errors.server_error"

urlpatterns = [
    path("livez", health.livez),
    path("readyz", health.readyz),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("", include("catalogue.urls_machines")),
    path("", include("orders.urls_machines")),
    *i18n_patterns(
        path(_("account/"), include("orders.urls_account")),
        path(_("account/"), include("accounts.urls")),
        path("", include("accounts.urls_documents")),
        path("", include("accounts.urls_machines")),
        path("", include("catalogue.urls")),
        path("", include("orders.urls")),
        prefix_default_language=False,
    ),
]

if settings.DEMO or settings.DEBUG:  # in production the proxy or S3 serves media
    urlpatterns.append(
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})
    )
