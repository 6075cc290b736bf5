"""Two pages: a constant of some 21 KB, and 24 rows of one indexed query, some 13 KB."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import path
from django.views.decorators.http import require_safe

from bench.floor.models import Row

ROWS = 24
SENTENCE = "<p>Halaman ini tidak berubah: ia menunjukkan ongkos merangkai dan mengirim saja.</p>\n"
HEAD = "<!DOCTYPE html>\n<html lang=id>\n<meta charset=utf-8>\n<title>Lantai</title>\n"
CONST = engines["django"].from_string(HEAD + SENTENCE * 250)


@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@require_safe
def const(request: HttpRequest) -> HttpResponse:
    return HttpResponse(CONST.render({}, request))


@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    newest = Row.objects.order_by("-published_at")[:ROWS]
    return render(request, "floor/rows.html", {"rows": newest})


urlpatterns = [path("livez", livez), path("const", const), path("rows", rows)]
