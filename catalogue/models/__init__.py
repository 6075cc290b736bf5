"""What is made: the shelves, the words of the craft, and the works themselves."""

from catalogue.models.announcement import Announcement
from catalogue.models.category import Category
from catalogue.models.composition import ProductMaterial
from catalogue.models.editorial import Collection, CollectionItem, Story
from catalogue.models.finding import (
    CatalogueChange,
    SearchDocument,
    SearchMiss,
    SearchWord,
    Synonym,
)
from catalogue.models.photo import Photo
from catalogue.models.product import Product
from catalogue.models.report import ListingReport
from catalogue.models.tier import PriceTier
from catalogue.models.variant import StockMovement, Variant
from catalogue.models.vocabulary import Material, Motif, Technique

__all__ = [
    "Announcement",
    "CatalogueChange",
    "Category",
    "Collection",
    "CollectionItem",
    "ListingReport",
    "Material",
    "Motif",
    "Photo",
    "PriceTier",
    "Product",
    "ProductMaterial",
    "SearchDocument",
    "SearchMiss",
    "SearchWord",
    "StockMovement",
    "Story",
    "Synonym",
    "Technique",
    "Variant",
]
