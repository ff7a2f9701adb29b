"""Writing: reference data, products, pictures, imports, and the registry of an offer's parts."""

from sellerdesk.catalog.services import importing, loading, parts, pictures, products

__all__ = ["importing", "loading", "parts", "pictures", "products"]
