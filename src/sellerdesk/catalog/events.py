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


def _batch(entry: Entry) -> str | None:
    return reverse("catalog:batch", args=[int(entry.target_id)]) if entry.target_type == "batch" else None


def _upload(entry: Entry) -> str | None:
    return reverse("catalog:picture_upload", args=[int(entry.target_id)])


# data: created, updated (how many), product_ids. before/after: by product id, the fields that changed.
PRODUCT_CREATED = EventType("catalog.product.created", _("Product %(target)s created"), _product)
PRODUCT_UPDATED = EventType("catalog.product.updated", _("Product %(target)s changed"), _product)
PRODUCTS_SAVED = EventType("catalog.products.saved", _("Products saved: %(created)s new, %(updated)s changed"))
PRODUCTS_ARCHIVED = EventType("catalog.products.archived", _("Moved to the archive: %(target)s"), _product)
PRODUCTS_UNARCHIVED = EventType("catalog.products.unarchived", _("Brought back from the archive: %(target)s"), _product)
PRODUCTS_DELETED = EventType("catalog.products.deleted", _("Deleted: %(target)s"))
CARD_TAKEN = EventType("catalog.card.taken", _("Card %(target)s taken over from SKU %(sku)s"), _import)
CARD_LENT = EventType("catalog.card.lent", _("The shop “%(shop)s” took over the card %(target)s"), _product)
COPYING_FORBIDDEN = EventType("catalog.copying.forbidden", _("Copying of this shop’s cards forbidden"))
COPYING_ALLOWED = EventType("catalog.copying.allowed", _("Copying of this shop’s cards allowed"))
VALUE_PROPOSED = EventType("catalog.value.proposed", _("Value “%(target)s” proposed"))
VALUE_ACCEPTED = EventType("catalog.value.accepted", _("Proposed value “%(target)s” accepted"))
VALUE_REFUSED = EventType("catalog.value.refused", _("Proposed value “%(target)s” refused: %(reason)s"))
PICTURES_FETCHED = EventType("catalog.pictures.fetched", _("Pictures fetched: %(ready)s ready, %(failed)s failed"))
# data: count (how many refused pictures are queued again).
PICTURES_RETRIED = EventType("catalog.pictures.retried", _("Pictures of %(target)s fetched once more"), _product)
PICTURE_FILES_SAVED = EventType(
    "catalog.pictures.saved",
    _("Pictures by file name: %(saved)s on %(products)s products, %(left)s left out"), _upload)
IMPORT_FINISHED = EventType(
    "catalog.import.finished",
    _("Import of %(target)s finished: %(created)s new, %(updated)s changed, %(failed)s failed"), _import)
# data: count (set back), conflicts, source of the batch.
BATCH_UNDONE = EventType("catalog.batch.undone", _("Undone: %(target)s – %(count)s products set back, %(conflicts)s "
                                                   "left as they are"), _batch)
TREE_LOADED = EventType("catalog.tree.loaded", _("Category tree loaded: %(created)s new, %(updated)s changed"))

register(PRODUCT_CREATED, PRODUCT_UPDATED, PRODUCTS_SAVED, PRODUCTS_ARCHIVED, PRODUCTS_UNARCHIVED, PRODUCTS_DELETED,
         CARD_TAKEN, CARD_LENT, COPYING_FORBIDDEN, COPYING_ALLOWED,
         VALUE_PROPOSED, VALUE_ACCEPTED, VALUE_REFUSED,
         PICTURES_FETCHED, PICTURES_RETRIED, PICTURE_FILES_SAVED, IMPORT_FINISHED, BATCH_UNDONE, TREE_LOADED)
