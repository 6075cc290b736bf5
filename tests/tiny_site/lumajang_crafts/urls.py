import os

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path


def role(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return HttpResponse(f"{cursor.fetchone()[0]} {os.environ['SITE_URL']}")


def standin(request: HttpRequest) -> HttpResponse:
    return HttpResponse(os.environ.get("STANDIN_URL", "none"))


urlpatterns = [
    path("livez", lambda request: HttpResponse("ok")),
    path("stand-in", standin),
    path("", role),
]
