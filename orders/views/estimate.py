"""What sending a work costs, asked from its page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from catalogue import offer
from catalogue.models import Product
from orders import estimating
from orders.estimate_form import EstimateForm

TEN_MINUTES = 600  # seconds


@cache_control(public=True, max_age=TEN_MINUTES)
@require_safe
def shipping_estimate(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for everyone; a script asks for the answer alone, to show it beside the work."""
    works = Product.objects.published().select_related("artisan")
    product = get_object_or_404(works, slug=slug)
    form = EstimateForm(request.GET or None)
    context = {"product": product, "form": form, "robots": "noindex"}
    if form.is_valid():
        variants = offer.variants(product)
        chosen = offer.chosen_variant(variants, form.cleaned_data["sku"])
        context["estimate"] = estimating.estimate(product, chosen, form.place)
    is_fragment = form.is_bound and form.cleaned_data.get("fragment")
    template = "orders/estimate_fragment.html" if is_fragment else "orders/estimate.html"
    return render(request, template, context)
