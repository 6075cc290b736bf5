import os

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path


def role(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return HttpResponse(f"{cursor.fetchone()[0]} {os.environ['SITE_URL']}")


urlpatterns = [path("livez", lambda request: HttpResponse("ok")), path("", role)]
