from django.contrib import admin

from catalogue.models import Category, Material, Motif, Technique
from lumajang_crafts.lib.pictured_admin import PicturedAdmin
from lumajang_crafts.lib.searched_admin import SearchedAdmin


@admin.register(Category)
class CategoryAdmin(SearchedAdmin):
    search_paths = ("category", "category__parent")
    list_display = ["name", "parent", "is_batik", "hs_code", "position"]
    list_filter = ["parent", "is_batik"]
    list_select_related = ["parent"]
    search_fields = ["name", "name_en"]
    prepopulated_fields = {"slug": ["name"]}
    fields = [
        "parent",
        ("name", "name_en"),
        "slug",
        ("intro", "intro_en"),
        ("care", "care_en"),
        ("is_batik", "hs_code", "position"),
    ]


@admin.register(Technique)
class TechniqueAdmin(SearchedAdmin):
    search_paths = ("techniques",)
    list_display = ["name", "name_en", "is_batik", "batikmark_colour"]
    list_filter = ["is_batik"]
    search_fields = ["name", "name_en"]
    prepopulated_fields = {"slug": ["name"]}
    fields = [
        ("name", "name_en"),
        "slug",
        ("is_batik", "batikmark_colour"),
        ("description", "description_en"),
        ("steps", "steps_en"),
    ]


@admin.register(Material)
class MaterialAdmin(SearchedAdmin):
    search_paths = ("materials",)
    list_display = ["name", "name_en", "kind", "needs_papers"]
    list_filter = ["kind", "needs_papers"]
    search_fields = ["name", "name_en"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Motif)
class MotifAdmin(SearchedAdmin, PicturedAdmin[Motif]):
    search_paths = ("motifs",)
    list_display = ["name", "name_en", "origin", "is_restricted", "position"]
    list_filter = ["is_restricted"]
    search_fields = ["name", "name_en"]
    prepopulated_fields = {"slug": ["name"]}
    fields = [
        ("name", "name_en"),
        "slug",
        ("meaning", "meaning_en"),
        ("origin", "origin_en"),
        ("source", "source_en"),
        ("keeper", "is_restricted", "position"),
        "preview",
        "upload",
        ("picture_alt", "picture_alt_en"),
    ]
