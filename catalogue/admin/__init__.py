"""The catalogue at the council's desk."""

from catalogue.admin import announcement, editorial, product, stock, vocabulary

__all__ = ["announcement", "editorial", "product", "stock", "vocabulary"]
