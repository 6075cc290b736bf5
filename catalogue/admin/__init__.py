"""The catalogue at the council's desk."""

from catalogue.admin import editorial, product, report, stock, vocabulary

__all__ = ["editorial", "product", "report", "stock", "vocabulary"]
