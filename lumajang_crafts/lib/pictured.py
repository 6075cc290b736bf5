"""What every model with one picture shares."""

from contextlib import ExitStack
from functools import partial
from typing import Any, BinaryIO

from django.contrib.postgres.fields import ArrayField
from django.core.files import File
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumajang_crafts.lib import jobs, pictures
from lumajang_crafts.lib.translated import Translated


class Pictured(Translated, models.Model):
    """A row with one picture, its size in px and its text for those who cannot see it.

    `picture_widths` lists the variants that exist; while it is empty the pages
    show the master.
    """

    picture_folder = "pictures"

    picture = models.ImageField(
        _("picture"),
        blank=True,
        width_field="picture_width",
        height_field="picture_height",
        max_length=120,
    )
    picture_width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    picture_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    picture_widths = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, editable=False
    )
    picture_alt = models.CharField(_("picture in words"), max_length=300, blank=True)
    picture_alt_en = models.CharField(_("picture in words (English)"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def attach_picture(self, upload: BinaryIO, *, priority: int = 0) -> None:
        """Keep a safe copy of the upload, save the row and queue its variants.

        Raises ValidationError when the file is no photo. The caller holds the
        transaction: the job is queued in it.
        """
        self.keep_picture(pictures.normalise(upload), priority=priority)

    attach_picture.alters_data = True  # type: ignore[attr-defined]

    def keep_picture(self, master: File[Any], *, priority: int = 0) -> None:
        """Store a picture that is already normal, or that we drew ourselves.

        If the row cannot be saved, the file goes again; if the caller's
        transaction fails later, `stray_files.sweep` finds it.
        """
        storage, old, widths = self.picture.storage, self.picture.name, self.picture_widths
        self.picture_widths = []
        self.picture.save(pictures.random_name(self.picture_folder), master, save=False)
        with ExitStack() as on_failure:
            on_failure.callback(storage.delete, self.picture.name or "")
            self.save()
            jobs.defer(
                "make_picture_variants",
                priority=priority,
                model=self._meta.label_lower,
                pk=self.pk,
            )
            on_failure.pop_all()
        if old:
            transaction.on_commit(partial(pictures.delete, storage, old, widths))

    keep_picture.alters_data = True  # type: ignore[attr-defined]

    def picture_url(self, width: int) -> str:
        """Address of the JPEG at that width or the widest; while there is none, the master's."""
        return self.picture.storage.url(self.picture_name(width))

    def picture_name(self, width: int) -> str:
        """Name in the storage of what `picture_url` leads to."""
        widths = [have for have in self.picture_widths if have >= width] or self.picture_widths[-1:]
        name = self.picture.name or ""
        return pictures.variant_name(name, widths[0], "jpg") if widths else name

    def make_variants(self) -> None:
        """Encode the variants, then say that they exist; safe to repeat."""
        if not self.picture:
            return
        widths = pictures.make_variants(self.picture.storage, self.picture.name or "")
        rows = type(self)._default_manager  # noqa: SLF001  Django's documented name
        rows.filter(pk=self.pk, picture=self.picture.name).update(picture_widths=widths)

    make_variants.alters_data = True  # type: ignore[attr-defined]


def has_alt_text(prefix: str) -> models.CheckConstraint:
    """A picture always has words: WCAG 2.2, success criterion 1.1.1."""
    return models.CheckConstraint(
        condition=Q(picture="") | ~Q(picture_alt=""), name=f"{prefix}_picture_has_words"
    )
