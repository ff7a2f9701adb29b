"""The archive: putting products away, bringing them back, and deleting those that nobody was ever offered.

Figures are dated rules of `catalog.archive` and `catalog.assortment`. Screens, the API and undo all end in `move`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db.models import F

from sellerdesk.catalog import events, queries, states
from sellerdesk.catalog.errors import MESSAGES, TooManyItems
from sellerdesk.catalog.models import DayCount, Product
from sellerdesk.catalog.services import changes, deciding
from sellerdesk.catalog.types import ItemOutcome, ProductRef
from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked, of_shop
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers.types import SellerRef

MANUAL, AUTO, SEASONAL = "manual", "auto", "seasonal"
_RESTORED = "restored_auto"
_LABELS_SHOWN = 3
# The journal of a deleted product holds all that brings it back.
_OF_A_PRODUCT = ("sku", "offer_id", "name", "names", "description", "descriptions", "category_id", "type_id",
                 "barcodes", "depth_mm", "width_mm", "height_mm", "weight_g", "vat", "attributes", "images",
                 "complexes", "documents")


def archive(*, seller: SellerRef, product_ids: Sequence[int], actor: Actor, now: datetime,
            how: str = MANUAL) -> list[ItemOutcome]:
    """Take up to 100 products off the shelf; they keep their history and may come back. One outcome per id.

    One that still has units for sale is refused and stays. Raises TooManyItems.
    """
    _bound("archive_a_call", product_ids, now)
    with atomic():
        locked(f"catalog:{seller.id}")
        stocked = queries.in_stock(seller, product_ids)

        def refuse(ref: ProductRef) -> FieldError | None:
            return _error("archive_with_stock", ref.offer_id) if ref.id in stocked else None

        return move(seller=seller, product_ids=product_ids, archived=True, actor=actor, now=now, how=how,
                    refuse=refuse)


def unarchive(*, seller: SellerRef, product_ids: Sequence[int], actor: Actor, now: datetime) -> list[ItemOutcome]:
    """Bring up to 100 products back. One outcome per id. Raises TooManyItems.

    Of those that were put away by themselves only so many a day come back (the day begins at 03:00 in Moscow), and no
    more than the shop may have on its shelf; the rest is refused and stays.
    """
    _bound("archive_a_call", product_ids, now)
    with atomic():
        locked(f"catalog:{seller.id}")
        limits = queries.archive_limits(seller, now)
        auto = set(Product.objects.filter(of_shop(seller.id), id__in=list(product_ids), archived=True,
                                          archived_how=AUTO).values_list("id", flat=True))
        room, restored = limits.live_limit - limits.live, limits.restored

        def refuse(ref: ProductRef) -> FieldError | None:
            nonlocal room, restored
            if room <= 0:
                return _error("item_limit_exceeded", ref.offer_id, limit=limits.live_limit)
            if ref.id in auto and restored >= limits.restored_limit:
                return _error("restore_limit", ref.offer_id, limit=limits.restored_limit)
            room -= 1
            restored += ref.id in auto
            return None

        outcomes = move(seller=seller, product_ids=product_ids, archived=False, actor=actor, now=now, refuse=refuse)
        if restored > limits.restored:
            DayCount.objects.bulk_create(
                [DayCount(seller_id=seller.id, name=_RESTORED, day=limits.day, used=restored)],
                update_conflicts=True, unique_fields=["seller", "name", "day"], update_fields=["used"])
        return outcomes


def move(*, seller: SellerRef, product_ids: Sequence[int], archived: bool, actor: Actor, now: datetime,
         how: str = MANUAL, refuse: Callable[[ProductRef], FieldError | None] = lambda _ref: None) -> list[ItemOutcome]:
    """Move products into the archive or out of it, whatever their number. One outcome per id, in the order asked."""
    with atomic(), changes.gathering(seller=seller, source="archive", actor=actor, now=now) as gathered:
        locked(f"catalog:{seller.id}")
        known = {ref.id: ref for ref in queries.refs(seller, product_ids=product_ids)}
        errors = {key: error for key in dict.fromkeys(product_ids)
                  if key in known and known[key].archived != archived and (error := refuse(known[key]))}
        moving = [ref for ref in known.values() if ref.archived != archived and ref.id not in errors]
        if moving:
            Product.objects.filter(of_shop(seller.id), id__in=[ref.id for ref in moving]).update(
                archived=archived, archived_how=how if archived else "", archived_at=now if archived else None,
                version=F("version") + 1, updated_at=now)
            if archived:
                deciding.drop(seller=seller, product_ids=[ref.id for ref in moving])
            else:
                deciding.pick_up(seller=seller, product_ids=[ref.id for ref in moving], now=now)
            for ref in moving:
                gathered.note(ref.id, ref.offer_id, {"archived": not archived}, {"archived": archived})
            _tell(events.PRODUCTS_ARCHIVED.name if archived else events.PRODUCTS_UNARCHIVED.name, seller, moving,
                  actor, now)
    moved = {ref.id for ref in moving}

    def outcome(at: int, key: int) -> ItemOutcome:
        if key not in known:
            return ItemOutcome(at, "", key, "failed", (_unknown(str(key)),))
        if key in errors:
            return ItemOutcome(at, known[key].offer_id, key, "failed", (errors[key],))
        return ItemOutcome(at, known[key].offer_id, key, "updated" if key in moved else "unchanged")

    return [outcome(at, key) for at, key in enumerate(product_ids)]


def delete(*, seller: SellerRef, offer_ids: Sequence[str], actor: Actor, now: datetime) -> list[ItemOutcome]:
    """Delete up to 500 products for good. One outcome per offer id. Raises TooManyItems.

    Only products from the archive that were never offered to buyers and that nothing hangs on; the journal can bring
    them back for as long as an undo lasts.
    """
    _bound("delete_a_call", offer_ids, now)
    with atomic(), changes.gathering(seller=seller, source="delete", actor=actor, now=now) as gathered:
        locked(f"catalog:{seller.id}")
        rows = {row["offer_id"]: row for row in Product.objects.filter(
            seller_id=seller.id, offer_id__in=set(offer_ids)).values("id", "status", "archived", *_OF_A_PRODUCT)}
        tied = queries.sold(seller, [row["id"] for row in rows.values()])
        errors: dict[str, FieldError] = {}
        for offer_id in dict.fromkeys(offer_ids):
            row = rows.get(offer_id)
            if row is None:
                errors[offer_id] = _unknown(offer_id)
            elif not row["archived"]:
                errors[offer_id] = _error("delete_not_archived", offer_id)
            elif row["status"] in (states.PRICE_SENT, states.HIDDEN) or row["id"] in tied:
                errors[offer_id] = _error("delete_was_sold", offer_id)
        going = [row for offer_id, row in rows.items() if offer_id not in errors]
        if going:
            Product.objects.filter(of_shop(seller.id), id__in=[row["id"] for row in going]).delete()
            for row in going:
                gathered.note(row["id"], row["offer_id"], {key: row[key] for key in _OF_A_PRODUCT}, {}, deleted=True)
            _tell(events.PRODUCTS_DELETED.name, seller,
                  [ProductRef(row["id"], row["offer_id"], row["sku"], row["name"], row["status"], True,
                              row["type_id"], row["category_id"], 0) for row in going], actor, now)
    return [ItemOutcome(at, offer_id, rows[offer_id]["id"] if offer_id in rows else 0, "failed", (errors[offer_id],))
            if offer_id in errors else ItemOutcome(at, offer_id, rows[offer_id]["id"], "updated")
            for at, offer_id in enumerate(offer_ids)]


def _bound(key: str, items: Sequence[object], now: datetime) -> None:
    limit = dated.get("catalog.archive", "", now).value[key]
    if len(items) > limit:
        raise TooManyItems(data={"limit": limit})


def _error(code: str, value: str, **data: int) -> FieldError:
    return FieldError("product_id", code, MESSAGES[code], value, {"offer": value, **data})


def _unknown(value: str) -> FieldError:
    return FieldError("product_id", "product_unknown", MESSAGES["product_unknown"], value)


def _tell(event: str, seller: SellerRef, refs: Sequence[ProductRef], actor: Actor, now: datetime) -> None:
    one = len(refs) == 1
    activity.record(
        event, now=now, actor=actor, seller_id=seller.id, target_type="product" if one else "products",
        target_id=refs[0].id if one else "",
        target_label=", ".join(ref.offer_id for ref in refs[:_LABELS_SHOWN])
        + ("…" if len(refs) > _LABELS_SHOWN else ""),
        data={"count": len(refs), "product_ids": [ref.id for ref in refs]})
