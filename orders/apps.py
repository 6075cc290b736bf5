"""Buying as an app: it listens to people signing in and out."""

from importlib import import_module

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"

    def ready(self) -> None:
        import_module("orders.sign_in")
