"""Uploading a row's picture in the admin."""

from typing import Any, TypeVar

from django import forms
from django.contrib import admin
from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lumajang_crafts.lib import pictures
from lumajang_crafts.lib.pictured import Pictured

Row = TypeVar("Row", bound=Pictured)


class PicturedForm(forms.ModelForm[Row]):
    """Takes an upload, makes it safe while the form is checked, keeps it on saving."""

    upload = forms.FileField(
        label=_("new picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": pictures.ACCEPT}),
        help_text=_("JPEG, PNG, WebP or HEIC, up to 20 MB."),
    )

    def clean_upload(self) -> ContentFile[bytes] | None:
        upload = self.cleaned_data["upload"]
        return pictures.normalise(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        has_picture = bool(cleaned.get("upload") or self.instance.picture)
        if has_picture and not cleaned.get("picture_alt"):
            self.add_error("picture_alt", _("Describe the picture for those who cannot see it."))
        return cleaned

    def save(self, commit: bool = True) -> Row:
        row: Row = super().save(commit=False)
        if commit:
            self.keep(row)
            self.save_m2m()
        return row

    def keep(self, row: Row) -> None:
        """Save the row, with its new picture if one came."""
        upload = self.cleaned_data.get("upload")
        if upload:
            row.keep_picture(upload)
        else:
            row.save()


class PicturedAdmin(admin.ModelAdmin[Row]):
    """Shows the picture and takes a new one; list `preview` and `upload` among the fields."""

    form = PicturedForm  # type: ignore[assignment]  # its rows are ours
    readonly_fields = ["preview"]
    exclude = ["picture"]

    @admin.display(description=_("picture"))
    def preview(self, row: Row) -> str:
        return thumbnail(row)

    def save_model(self, request: HttpRequest, obj: Row, form: Any, change: bool) -> None:
        form.keep(obj)


def thumbnail(row: Pictured) -> SafeString | str:
    if not row.picture:
        return "–"
    name = row.picture.name or ""
    if row.picture_widths:
        name = pictures.variant_name(name, row.picture_widths[0], "webp")
    url = row.picture.storage.url(name)
    return format_html('<img src="{}" width="96" alt="{}">', url, row.picture_alt)
