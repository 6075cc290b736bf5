from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    def handle(self, **options: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO lumajang_app")
            cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO lumajang_app")
