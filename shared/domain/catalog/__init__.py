"""What a scenic area sells: products, visitor categories, slots, with names in every language."""

from shared.domain.catalog.model import Catalog, Category, Product, Site
from shared.domain.catalog.reading import CatalogErrors, catalog_from_document, catalog_to_document
from shared.domain.catalog.slots import Slot, SlotTemplate

__all__ = [
    "Catalog",
    "CatalogErrors",
    "Category",
    "Product",
    "Site",
    "Slot",
    "SlotTemplate",
    "catalog_from_document",
    "catalog_to_document",
]
