"""What is made: the shelves, the words of the craft, and the works themselves."""

from catalogue.models.category import Category
from catalogue.models.editorial import Collection, CollectionItem, Story
from catalogue.models.photo import Photo
from catalogue.models.product import Product, ProductMaterial
from catalogue.models.report import ListingReport
from catalogue.models.variant import StockMovement, Variant
from catalogue.models.vocabulary import Material, Motif, Technique

__all__ = [
    "Category",
    "Collection",
    "CollectionItem",
    "ListingReport",
    "Material",
    "Motif",
    "Photo",
    "Product",
    "ProductMaterial",
    "StockMovement",
    "Story",
    "Technique",
    "Variant",
]
