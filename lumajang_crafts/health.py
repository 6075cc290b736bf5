"""Two questions for machines: is the process alive, and may it get traffic."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

CHECK_EVERY = 30  # seconds between looks at the migrations


@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Answer without the database: a process must not be restarted for its sake."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 503 while the database is away or its schema is behind the code."""
    try:
        reason = "" if _is_migrated() else "migrations"
    except DatabaseError:
        reason = "database"
    if reason:
        return HttpResponse(reason, status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


def _is_migrated() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if cache.get("readyz"):
        return True
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    cache.set("readyz", True, CHECK_EVERY)
    return True
