"""What a scenic area sells: products, visitor categories, slots, with names in every language."""

from shared.domain.catalog.model import Catalog, Category, Product, Site, Slot

__all__ = ["Catalog", "Category", "Product", "Site", "Slot"]
