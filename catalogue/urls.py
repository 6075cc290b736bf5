"""Public addresses, in both languages; Indonesian stands in locale/id."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from catalogue import reading, views

urlpatterns = [
    path("", views.home, name="home"),
    path(_("catalogue/"), views.product_list, name="product_list"),
    path(_("catalogue/suggestions/"), views.suggestions, name="suggestions"),
    path(_("products/<slug:slug>/"), views.product, name="product"),
    path(_("report/<slug:slug>/"), views.listing_report, name="listing_report"),
    path(
        _("report/<slug:slug>/thanks/"), views.listing_report_thanks, name="listing_report_thanks"
    ),
    path(_("artisans/"), views.artisan_list, name="artisan_list"),
    path(_("artisans/<slug:slug>/"), views.artisan, name="artisan"),
    path(_("districts/"), views.district_list, name="district_list"),
    path(_("districts/<slug:slug>/"), views.district, name="district"),
    path(_("motifs/"), reading.motif_list, name="motif_list"),
    path(_("motifs/<slug:slug>/"), reading.motif, name="motif"),
    path(_("collections/"), reading.collection_list, name="collection_list"),
    path(_("collections/<slug:slug>/"), reading.collection, name="collection"),
    path(_("stories/"), reading.story_list, name="story_list"),
    path(_("stories/<slug:slug>/"), reading.story, name="story"),
    path(_("how-to-buy/"), reading.how_to_buy, name="how_to_buy"),
    path(_("delivery-and-returns/"), reading.delivery, name="delivery"),
    path(_("contact/"), reading.contact, name="contact"),
    path(_("about/"), views.about, name="about"),
    path(_("style/"), views.style_page, name="style_page"),
]
