"""The catalogue at the council's desk."""

from catalogue.admin import editorial, product, stock, vocabulary

__all__ = ["editorial", "product", "stock", "vocabulary"]
