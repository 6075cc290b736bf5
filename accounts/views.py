"""Documents that people agree to: the version in force, and every other one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import Document


@require_safe
def document(request: HttpRequest, kind: str, version: str = "") -> HttpResponse:
    in_force = Document.objects.in_force(kind)
    shown = get_object_or_404(Document, kind=kind, version=version) if version else in_force
    if shown is None:
        raise Http404
    context = {
        "document": shown,
        "in_force": in_force,
        "is_own_address": bool(version),
        "versions": Document.objects.history(kind),
    }
    return render(request, "accounts/document.html", context)
