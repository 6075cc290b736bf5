"""Rows with a readable address, which keep answering at their former ones."""

from collections.abc import Iterable
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Func
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse


class Addressed(models.Model):
    """A row found by its `slug`; what `save` changes is remembered in `former_slugs`.

    Whoever left a slug last is found at it, unless it is a row's slug today.
    `QuerySet.update` remembers nothing: change a slug by saving its row.
    """

    former_slugs = ArrayField(
        models.SlugField(max_length=130), default=list, db_default=[], blank=True, editable=False
    )
    _slug_before: str = ""

    class Meta:
        abstract = True

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        slug, before = self.__dict__.get("slug", ""), self._slug_before
        has_moved = bool(before) and slug != before
        if not has_moved or (update_fields is not None and "slug" not in update_fields):
            super().save(update_fields=update_fields, **options)
        else:
            kept = [former for former in self.former_slugs if former not in {slug, before}]
            self.former_slugs = [*kept, before]
            if update_fields is not None:
                update_fields = {*update_fields, "former_slugs"}
            with transaction.atomic():
                super().save(update_fields=update_fields, **options)
                _take_from_others(self, before)
        if update_fields is None or "slug" in update_fields:
            self._slug_before = slug

    save.alters_data = True  # type: ignore[attr-defined]

    @classmethod
    def from_db(cls, *arguments: Any, **options: Any) -> Self:
        row = super().from_db(*arguments, **options)
        row._slug_before = row.__dict__.get("slug", "")  # noqa: SLF001  its own class
        return row


def moved(
    request: HttpRequest, rows: models.QuerySet[Any, Any], slug: str
) -> HttpResponsePermanentRedirect:
    """Lead a former address to the present one, in the same language and with the same query.

    `rows` are those that the visitor may see; raises Http404 when none had the slug.
    """
    row = get_object_or_404(rows, former_slugs__contains=[slug])
    match = request.resolver_match
    assert match is not None  # noqa: S101  views are only called by the resolver
    query = request.META.get("QUERY_STRING", "")
    path = reverse(match.view_name, args=[row.slug])
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def _take_from_others(row: Addressed, slug: str) -> None:
    rows = type(row)._default_manager.exclude(pk=row.pk)  # noqa: SLF001  Django's documented name
    removed = Func(F("former_slugs"), models.Value(slug), function="array_remove")
    rows.filter(former_slugs__contains=[slug]).update(former_slugs=removed)
