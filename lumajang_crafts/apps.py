"""The project itself as an app (commands, template tags) and its admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class LumajangCraftsConfig(AppConfig):
    name = "lumajang_crafts"


class CouncilAdminConfig(AdminConfig):
    default_site = "lumajang_crafts.admin.CouncilAdminSite"
