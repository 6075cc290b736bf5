"""Public addresses, in both languages; Indonesian stands in locale/id."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from catalogue import views

urlpatterns = [
    path("", views.home, name="home"),
    path(_("catalogue/"), views.product_list, name="product_list"),
    path(_("products/<slug:slug>/"), views.product, name="product"),
    path(_("report/<slug:slug>/"), views.listing_report, name="listing_report"),
    path(
        _("report/<slug:slug>/thanks/"), views.listing_report_thanks, name="listing_report_thanks"
    ),
    path(_("artisans/"), views.artisan_list, name="artisan_list"),
    path(_("artisans/<slug:slug>/"), views.artisan, name="artisan"),
    path(_("districts/"), views.district_list, name="district_list"),
    path(_("districts/<slug:slug>/"), views.district, name="district"),
    path(_("about/"), views.about, name="about"),
    path(_("style/"), views.style_page, name="style_page"),
]
