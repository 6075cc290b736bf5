"""Small answers for browsers and search engines."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

FOR_SCRIPTS = ["/katalog/saran/", "/en/catalogue/suggestions/", "/wilayah/", "/en/regions/"]
ICONS = [
    ("icons/icon-192.png", "192x192", "any"),
    ("icons/icon-512.png", "512x512", "any"),
    ("icons/icon-maskable-512.png", "512x512", "maskable"),
]


@cache_control(max_age=3600)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of private pages; a demo is not indexed at all.

    The admin's address is not named here: this file is read by everyone.
    """
    refused = (
        ["/"] if settings.DEMO else ["/akun/", "/en/account/", "/ruang-perajin/", *FOR_SCRIPTS]
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in refused)]
    lines += ["", f"Sitemap: {settings.SITE['url']}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@cache_control(max_age=3600)
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Let a phone put the catalogue on its home screen."""
    body = {
        "name": settings.SITE["name"],
        "short_name": settings.SITE["name"],
        "lang": "id",
        "start_url": "/",
        "display": "standalone",
        "background_color": "#f6f2e9",
        "theme_color": "#f6f2e9",
        "icons": [
            {"src": static(src), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for src, sizes, purpose in ICONS
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@cache_control(max_age=86400)
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("favicon.svg"))
