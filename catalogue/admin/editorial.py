from django.contrib import admin

from catalogue.models import Collection, CollectionItem, Story
from lumajang_crafts.lib.pictured_admin import PicturedAdmin


class CollectionItemInline(admin.TabularInline[CollectionItem, Collection]):
    model = CollectionItem
    extra = 0
    autocomplete_fields = ["product"]


@admin.register(Collection)
class CollectionAdmin(PicturedAdmin[Collection]):
    list_display = ["title", "title_en", "published_at"]
    search_fields = ["title", "title_en"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [CollectionItemInline]
    fields = [
        ("title", "title_en"),
        "slug",
        ("intro", "intro_en"),
        "preview",
        "upload",
        ("picture_alt", "picture_alt_en"),
        "published_at",
    ]


@admin.register(Story)
class StoryAdmin(PicturedAdmin[Story]):
    list_display = ["title", "title_en", "artisan", "published_at"]
    list_select_related = ["artisan"]
    search_fields = ["title", "title_en"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["artisan"]
    fields = [
        ("title", "title_en"),
        "slug",
        ("lead", "lead_en"),
        ("body", "body_en"),
        "artisan",
        "preview",
        "upload",
        ("picture_alt", "picture_alt_en"),
        "published_at",
    ]
