"""The catalogue at the council's desk."""

from catalogue.admin import announcement, editorial, finding, product, report, stock, vocabulary

__all__ = ["announcement", "editorial", "finding", "product", "report", "stock", "vocabulary"]
