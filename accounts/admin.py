from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Region, User


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
