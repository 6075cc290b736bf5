import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Document, Region, User


class UserCreationForm(AdminUserCreationForm[User]):
    """A new person: e-mail or phone, and a first password."""

    class Meta:
        model = User
        fields = ["email", "phone", "name"]


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    add_form = UserCreationForm
    list_display = ["__str__", "email", "phone", "is_staff", "is_active"]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["name", "email", "phone"]
    ordering = ["name", "pk"]
    readonly_fields = ["last_login", "joined_at"]
    filter_horizontal = ["groups"]
    fieldsets = [
        (None, {"fields": ["name", "email", "phone", "password", "language"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Times"), {"fields": ["last_login", "joined_at"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["name", "email", "phone", "usable_password", "password1", "password2"]})
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Only a superuser may make staff or hand out rights."""
        rights = [] if request.user.is_superuser else ["is_staff", "is_superuser", "groups"]
        return [*self.readonly_fields, *rights]


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin[Region]):
    list_display = ["name", "code", "level", "parent", "postcode"]
    list_filter = ["level"]
    list_select_related = ["parent"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["parent"]


class DocumentForm(forms.ModelForm[Document]):
    """A new version: nobody can have been bound by it before today."""

    def clean_valid_from(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["valid_from"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("A version begins today at the earliest."))
        return day


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin[Document]):
    """Versions are added and never changed: people have agreed to them."""

    form = DocumentForm
    list_display = ["__str__", "valid_from"]
    list_filter = ["kind"]
    fields = ["kind", ("version", "valid_from"), "body", "body_en"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
