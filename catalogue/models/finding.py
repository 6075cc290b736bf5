"""What finding needs: a version of the catalogue, texts as searched, words, synonyms, misses."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from catalogue.models.product import Product


class CatalogueChange(models.Model):
    """One change that may alter a list; triggers write it in the change's own transaction.

    The sum of the weights and the highest id are the catalogue's version
    (`catalogue/version.py`). Rows are only added, so writers never wait for each
    other; a job folds them into one row that keeps their sum.
    """

    weight = models.PositiveBigIntegerField(default=1, db_default=1)

    class Meta:
        verbose_name = _("catalogue change")
        verbose_name_plural = _("catalogue changes")

    def __str__(self) -> str:
        return f"{self.pk}: {self.weight}"


class SearchDocument(models.Model):
    """A product as it is searched: stems with weights, and the words of its headline facts.

    Weights: A names; B craft, technique, material, motif; C maker and place; D the
    description. `words` are unstemmed: corrections and suggestions offer them.
    """

    product = models.OneToOneField(
        Product, models.CASCADE, primary_key=True, related_name="document"
    )
    vector = SearchVectorField()
    words = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        indexes = [GinIndex(fields=["vector"], name="catalogue_searchdocument_gin")]

    def __str__(self) -> str:
        return str(self.product_id)


class SearchWord(models.Model):
    """A word that stands in published works, and in how many: what a typing error may have meant."""

    word = models.CharField(max_length=40, primary_key=True)
    uses = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        indexes = [
            GinIndex(OpClass("word", name="gin_trgm_ops"), name="catalogue_searchword_trigrams")
        ]

    def __str__(self) -> str:
        return self.word


class Synonym(models.Model):
    """A word of the catalogue and what else people type for it.

    `equals` mean the same: each finds the others. `leads_here` are misspellings
    and narrower or foreign words: they find this word, never the reverse.
    """

    word = models.CharField(_("word"), max_length=60)
    equals = models.TextField(
        _("means the same"), blank=True, help_text=_("Separate words or phrases with commas.")
    )
    leads_here = models.TextField(
        _("also typed"),
        blank=True,
        help_text=_("Misspellings and other words that should find this one; not the reverse."),
    )

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(Upper("word"), name="catalogue_synonym_word_unique"),
            models.CheckConstraint(
                condition=~Q(equals="") | ~Q(leads_here=""),
                name="catalogue_synonym_says_something",
                violation_error_message=_("Write at least one other word."),
            ),
        ]

    def __str__(self) -> str:
        return self.word


class SearchMiss(models.Model):
    """A search that found nothing, counted; no reader can be known from it."""

    query = models.CharField(_("searched for"), max_length=60, unique=True)
    count = models.PositiveIntegerField(_("times"), default=0)
    last_on = models.DateField(_("last searched"))

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        ordering = ["-count", "query"]

    def __str__(self) -> str:
        return self.query
