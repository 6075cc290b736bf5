"""Give the serving role what it needs, and nothing more."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from psycopg import sql

GRANTS = [
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
    "REVOKE CREATE ON SCHEMA public FROM {role}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
]
APPEND_ONLY = "REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}"


class Command(BaseCommand):
    help = "Grant the application role its rights; run as the owner after every migration"

    @transaction.atomic
    def handle(self, **options: Any) -> str:
        """Models with `append_only = True` (ledgers, history, audit) cannot be rewritten."""
        role = sql.Identifier(settings.DATABASE_APP_ROLE)
        tables = [
            model._meta.db_table  # noqa: SLF001  Django's documented name
            for model in apps.get_models()
            if getattr(model, "append_only", False)
        ]
        with connection.cursor() as cursor:
            for statement in GRANTS:
                cursor.execute(sql.SQL(statement).format(role=role))
            for table in tables:
                cursor.execute(sql.SQL(APPEND_ONLY).format(table=sql.Identifier(table), role=role))
        return f"{settings.DATABASE_APP_ROLE}: {len(tables)} append-only tables"
