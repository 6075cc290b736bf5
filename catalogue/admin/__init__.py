"""The catalogue at the council's desk."""

from catalogue.admin import editorial, finding, product, stock, vocabulary

__all__ = ["editorial", "finding", "product", "stock", "vocabulary"]
