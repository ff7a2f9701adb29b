"""What can have happened in the catalogue."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.activity import Entry
from sellerdesk.core.events import EventType, register


def _product(entry: Entry) -> str | None:
    return reverse("catalog:product", args=[int(entry.target_id)]) if entry.target_type == "product" else None


def _import(entry: Entry) -> str | None:
    return reverse("catalog:import", args=[int(entry.target_id)]) if entry.target_type == "import" else None


# data: created, updated (how many), product_ids. before/after: by product id, the fields that changed.
PRODUCT_CREATED = EventType("catalog.product.created", _("Product %(target)s created"), _product)
PRODUCT_UPDATED = EventType("catalog.product.updated", _("Product %(target)s changed"), _product)
PRODUCTS_SAVED = EventType("catalog.products.saved", _("Products saved: %(created)s new, %(updated)s changed"))
PRODUCTS_ARCHIVED = EventType("catalog.products.archived", _("Moved to the archive: %(target)s"), _product)
PRODUCTS_UNARCHIVED = EventType("catalog.products.unarchived", _("Brought back from the archive: %(target)s"), _product)
PICTURES_FETCHED = EventType("catalog.pictures.fetched", _("Pictures fetched: %(ready)s ready, %(failed)s failed"))
IMPORT_FINISHED = EventType(
    "catalog.import.finished",
    _("Import of %(target)s finished: %(created)s new, %(updated)s changed, %(failed)s failed"), _import)
TREE_LOADED = EventType("catalog.tree.loaded", _("Category tree loaded: %(created)s new, %(updated)s changed"))

register(PRODUCT_CREATED, PRODUCT_UPDATED, PRODUCTS_SAVED, PRODUCTS_ARCHIVED, PRODUCTS_UNARCHIVED, PICTURES_FETCHED,
         IMPORT_FINISHED, TREE_LOADED)
