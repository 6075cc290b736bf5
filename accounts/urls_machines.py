"""What scripts ask for, in the language of the page."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts import views

urlpatterns = [path(_("regions/"), views.regions, name="regions")]
