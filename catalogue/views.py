"""Public pages: works, makers, places."""

from dataclasses import asdict
from http import HTTPStatus

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accounts import regions
from artisans.models import Artisan, District
from catalogue import (
    addresses,
    answers,
    atlas,
    choices,
    facets,
    makers,
    offer,
    reports,
    sharing,
    shelves,
    structured,
    structured_offers,
    version,
    works,
)
from catalogue.filters import SORTS, ProductFilter
from catalogue.forms import ListingReportForm, StyleForm
from catalogue.models import Product, Story
from catalogue.search import misses
from catalogue.search.query import MAX_LENGTH
from catalogue.search.suggestions import suggest
from lumajang_crafts.lib.addressed import moved
from lumajang_crafts.lib.demo import demo_only
from lumajang_crafts.lib.requests import client

MAKERS_AT_HOME = 3
NEAR = 6
STYLE_CARDS = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    present = version.now()
    products = answers.newest(present)
    context = {
        "crafts": shelves.filled(present),
        "products": products,
        "artisans": makers.leading(present, MAKERS_AT_HOME),
        "atlas": atlas.draw(present),
        "story": Story.objects.published().select_related("artisan").first(),
        "structured": structured.home(products),
    }
    return render(request, "catalogue/home.html", context)


@require_safe
def product_list(request: HttpRequest) -> HttpResponse:
    chosen = ProductFilter(request.GET, version.now())
    page = answers.page(chosen, request.GET.get("page"))
    if chosen.found and chosen.found.is_empty:
        misses.note(chosen.values["q"])
    heading = facets.heading(chosen)
    context = {
        **addresses.of_list(request, heading),
        "structured": structured.shelf(heading, page),
        "filter": chosen,
        "page": page,
        "heading": heading,
        "facets": facets.facets(chosen),
        "chips": facets.chips(chosen, request.GET, request.path),
        "artisan_count": facets.maker_count(chosen),
        "sorts": [*SORTS.items()][0 if chosen.found else 1 :],
        "district": chosen.understood_district,
        "near": [] if page.object_list else chosen.near.for_cards()[:NEAR],
    }
    return render(request, "catalogue/product_list.html", context)


@cache_control(max_age=60)
@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """What the search box offers while someone types; main.js draws it."""
    found = suggest(request.GET.get("q", "")[:MAX_LENGTH], version.now())
    return JsonResponse({"suggestions": [asdict(suggestion) for suggestion in found]})


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        work = works.shown(version.now(), slug)
    except Product.DoesNotExist:
        return moved(request, Product.objects.published(), slug)
    product = work.product
    variants = offer.variants(product)
    sku = request.GET.get("sku", "")
    chosen = offer.chosen_variant(variants, sku)
    context = {
        "structured": [structured_offers.work(product, variants)],
        "product": product,
        "photos": offer.photos(product, variants, sku),
        "options": choices.options(product, variants, chosen),
        "chosen": chosen,
        "sharing": sharing.links(product, chosen),
        "ready_on": offer.ready_on(product, chosen),
        "certificate": work.certificate,
        "provinces": regions.provinces(),
        "beside": work.beside,
    }
    return render(request, "catalogue/product.html", context)


@require_safe
def artisan_list(request: HttpRequest) -> HttpResponse:
    page = makers.page(version.now(), request.GET.get("page"))
    context = {"page": page, "structured": structured.makers(page)}
    return render(request, "catalogue/artisan_list.html", context)


@require_safe
def artisan(request: HttpRequest, slug: str) -> HttpResponse:
    artisans = Artisan.objects.published()
    artisan = artisans.for_cards().filter(slug=slug).first()
    if artisan is None:
        return moved(request, artisans, slug)
    made = Product.objects.published().filter(artisan=artisan)
    paginator = Paginator(made.newest().for_cards(), settings.PRODUCTS_PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "structured": structured.profile(artisan, page),
        "artisan": artisan,
        "products": page,
        "techniques": offer.techniques(made),
        "certificates": offer.certificates(artisan),
    }
    return render(request, "catalogue/artisan.html", context)


@require_safe
def district_list(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/district_list.html", {"atlas": atlas.draw(version.now())})


@require_safe
def district(request: HttpRequest, slug: str) -> HttpResponse:
    district = get_object_or_404(District, slug=slug)
    made = Product.objects.published().filter(artisan__district=district)
    paginator = Paginator(made.newest().for_cards(), settings.PRODUCTS_PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    artisans = Artisan.objects.published().filter(district=district)
    present = version.now()
    context = {
        "structured": structured.place(district, page),
        "district": district,
        "atlas": atlas.draw(present),
        "artisans": makers.counted(present, artisans),
        "products": page,
    }
    return render(request, "catalogue/district.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html")


@require_safe
@demo_only
def style_page(request: HttpRequest) -> HttpResponse:
    """The living style page: every component, drawn with real rows. Demo only."""
    context = {
        "products": Product.objects.published().newest().for_cards()[:STYLE_CARDS],
        "artisan": Artisan.objects.published().for_cards().first(),
        "atlas": atlas.draw(version.now()),
        "form": StyleForm({"email": "ibu@", "name": ""}),
    }
    return render(request, "pages/style.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def listing_report(request: HttpRequest, slug: str) -> HttpResponse:
    product = get_object_or_404(Product.objects.published().for_cards(), slug=slug)
    form = ListingReportForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            _file_report(request, product, form)
        except reports.TooManyReports:
            form.add_error(None, _("That is enough for an hour. Please try again later."))
            status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            return redirect("listing_report_thanks", product.slug)
    context = {"product": product, "form": form, "robots": "noindex, follow"}
    return render(request, "catalogue/listing_report.html", context, status=status)


@require_safe
def listing_report_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    product = get_object_or_404(Product.objects.published(), slug=slug)
    context = {"product": product, "robots": "noindex, follow"}
    return render(request, "catalogue/listing_report_thanks.html", context)


def _file_report(request: HttpRequest, product: Product, form: ListingReportForm) -> None:
    """Keep the report; what takes the bait is thanked and dropped."""
    if not form.is_baited:
        told = {name: form.cleaned_data[name] for name in ("reason", "text", "contact")}
        reports.file(product, client(request), **told)
