"""Rows at the desk that nobody edits: a page to read, and below it a form for each act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_stubs_ext import StrOrPromise


class Refusal(Exception):
    """What staff asked for is not done; the message is a translated sentence for them."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that staff may do to a row. `run` gets the request, the row and the form's values.

    `is_guarded` asks for the password or second factor again.
    """

    name: str
    label: StrOrPromise
    run: Callable[[HttpRequest, Any, dict[str, Any]], None]
    is_offered: Callable[[Any], bool]
    form: type[forms.Form] = forms.Form
    is_guarded: bool = False


class ActAdmin(admin.ModelAdmin[Any]):
    """Whoever may change a row may run its acts; its fields nobody changes."""

    change_form_template = "admin/acts.html"
    acts: Sequence[Act] = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def may_act(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request)

    def get_urls(self) -> list[URLPattern]:
        act = require_POST(self.admin_site.admin_view(self.act_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        return [path("<int:pk>/act/<slug:act>/", act, name=name), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        row = options.get("obj")
        if row is not None and self.may_act(request):
            context["acts"] = [self._offer(act, row) for act in self.acts if act.is_offered(row)]
        return super().render_change_form(request, context, *args, **options)

    def act_view(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        row = self.get_object(request, str(pk))
        chosen = {each.name: each for each in self.acts}.get(act)
        if row is None or chosen is None:
            raise Http404
        if not self.may_act(request):
            raise PermissionDenied
        run = self._run
        if chosen.is_guarded:
            run = reauthentication_required(run)
        return run(request, row, chosen)

    def _run(self, request: HttpRequest, row: Model, act: Act) -> HttpResponse:
        """Do it and say so, or say why not; either way back to the row's page."""
        form = act.form(request.POST)
        if not form.is_valid():
            for error in form.errors.values():
                messages.error(request, " ".join(map(str, error)))
        else:
            self._try(request, row, act, form.cleaned_data)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)

    def _try(self, request: HttpRequest, row: Model, act: Act, given: dict[str, Any]) -> None:
        try:
            act.run(request, row, given)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            self.log_change(request, row, act.name)
            messages.success(request, _("Done."))

    def _offer(self, act: Act, row: Model) -> dict[str, Any]:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_act"
        address = reverse(name, args=[row.pk, act.name])
        return {"label": act.label, "form": act.form(), "address": address}
