"""Public pages to read: motifs, collections, stories, and how buying works."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from artisans.models import Artisan
from catalogue import makers, version
from catalogue.models import Collection, Motif, Product, Story
from lumajang_crafts.lib.addressed import moved

MOTIFS_PER_PAGE = 24
ARTICLES_PER_PAGE = 13  # one large, then rows of two or three
WORKS_BESIDE = 8
NEIGHBOURS = 4
OTHER_ARTICLES = 3


@require_safe
def motif_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(Motif.objects.for_list(), MOTIFS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "pictured": [motif for motif in page if motif.picture],
        "plain": [motif for motif in page if not motif.picture],
    }
    return render(request, "catalogue/motif_list.html", context)


@require_safe
def motif(request: HttpRequest, slug: str) -> HttpResponse:
    motif = Motif.objects.with_work_counts().filter(slug=slug).first()
    if motif is None:
        return moved(request, Motif.objects.all(), slug)
    works = Product.objects.published().filter(motifs=motif)
    context = {
        "motif": motif,
        "products": works.newest().for_cards()[:WORKS_BESIDE],
        "neighbours": Motif.objects.beside(motif)[:NEIGHBOURS],
    }
    return render(request, "catalogue/motif.html", context)


@require_safe
def collection_list(request: HttpRequest) -> HttpResponse:
    collections = Collection.objects.published().for_cards()
    page = Paginator(collections, ARTICLES_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "catalogue/collection_list.html", {"page": page})


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Collection.objects.published()
    collection = shown.filter(slug=slug).first()
    if collection is None:
        return moved(request, shown, slug)
    works = Product.objects.published().in_order_of(collection).for_cards()
    others = shown.exclude(pk=collection.pk).for_cards()
    context = {
        "collection": collection,
        "products": Paginator(works, settings.PRODUCTS_PER_PAGE).get_page(request.GET.get("page")),
        "others": others[:OTHER_ARTICLES],
    }
    return render(request, "catalogue/collection.html", context)


@require_safe
def story_list(request: HttpRequest) -> HttpResponse:
    stories = Story.objects.published().select_related("artisan")
    page = Paginator(stories, ARTICLES_PER_PAGE).get_page(request.GET.get("page"))
    collections = Collection.objects.published().for_cards()[:OTHER_ARTICLES]
    context = {"page": page, "collections": collections}
    return render(request, "catalogue/story_list.html", context)


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Story.objects.published()
    story = shown.filter(slug=slug).first()
    if story is None:
        return moved(request, shown, slug)
    storyteller = Artisan.objects.published().filter(stories=story)
    works = Product.objects.published().filter(artisan__stories=story).newest()
    others = shown.exclude(pk=story.pk).select_related("artisan")
    context = {
        "story": story,
        "maker": next(iter(makers.counted(version.now(), storyteller)), None),
        "products": works.for_cards()[:NEIGHBOURS],
        "others": others[:OTHER_ARTICLES],
    }
    return render(request, "catalogue/story.html", context)


@require_safe
def how_to_buy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/how_to_buy.html")


@require_safe
def delivery(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/delivery.html")


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/contact.html")
