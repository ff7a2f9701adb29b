"""The journal: batches of changes, what each did to which product, and the history of one product."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from sellerdesk.catalog.errors import BatchUnknown
from sellerdesk.catalog.models import Batch, Change
from sellerdesk.catalog.types import BatchInfo, ChangeInfo, Conflict, VersionInfo
from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.types import Page
from sellerdesk.sellers.types import SellerRef

_BATCH = ("id", "source", "title", "actor_label", "at", "import_task_id", "undo_of_id", "created", "changed",
          "unchanged", "state", "undo_until", "undone_by")
_CHANGE = ("id", "batch_id", "product_id", "offer_id", "created", "deleted", "before", "after", "undo", "conflict")


def _batches(seller: SellerRef) -> Any:
    last = Batch.objects.filter(undo_of_id=OuterRef("pk")).order_by("-id").values("id")[:1]
    return Batch.objects.filter(seller_id=seller.id).annotate(undone_by=Subquery(last))


def batch(seller: SellerRef, batch_id: int) -> BatchInfo:
    """One act. Raises BatchUnknown, for another shop's too."""
    row = _batches(seller).filter(pk=batch_id).values_list(*_BATCH).first()
    if row is None:
        raise BatchUnknown()
    return BatchInfo(*row)


def batch_of_import(seller: SellerRef, task_id: int) -> BatchInfo | None:
    """What an import changed; None while it has changed nothing."""
    row = _batches(seller).filter(import_task_id=task_id, undo_of=None).order_by("id").values_list(*_BATCH).first()
    return BatchInfo(*row) if row else None


def batches(seller: SellerRef, *, sources: Sequence[str] = (), cursor: str | None = None,
            limit: int = 25) -> Page[BatchInfo]:
    """The shop's acts, newest first. One query. Raises Invalid `cursor_invalid`."""
    rows = _batches(seller)
    if sources:
        rows = rows.filter(source__in=list(sources))
    backwards = False
    if cursor:
        way, last_id = cursor_decode(cursor, 2)
        backwards = way == "prev"
        rows = rows.filter(id__gt=last_id) if backwards else rows.filter(id__lt=last_id)
    found = [BatchInfo(*row) for row in rows.order_by("id" if backwards else "-id").values_list(*_BATCH)[:limit + 1]]
    more = len(found) > limit
    found = found[:limit]
    if backwards:
        found.reverse()
    has_next, has_prev = (bool(cursor), more) if backwards else (more, bool(cursor))
    return Page(found, cursor_encode("next", found[-1].id) if found and has_next else "",
                cursor_encode("prev", found[0].id) if found and has_prev else "")


def changes(seller: SellerRef, batch_id: int, *, undo: str | None = None, after: int = 0,
            limit: int = 50) -> list[ChangeInfo]:
    """What an act did, product by product, after a change's id; with `undo` those in that state. One query."""
    rows = Change.objects.filter(batch_id=batch_id, seller_id=seller.id, id__gt=after)
    if undo is not None:
        rows = rows.filter(undo=undo)
    return [_change(row) for row in rows.order_by("id").values_list(*_CHANGE)[:limit]]


def conflicts_total(seller: SellerRef, batch_id: int) -> int:
    """How many products of an act could not be set back. One query."""
    return Change.objects.filter(batch_id=batch_id, seller_id=seller.id, undo=Change.Undo.CONFLICT).count()


def of_product(seller: SellerRef, product_id: int, *, cursor: str | None = None, limit: int = 20) -> Page[VersionInfo]:
    """What was done to a product, newest first, each with what differs. One query. Raises Invalid `cursor_invalid`."""
    rows = Change.objects.filter(seller_id=seller.id, product_id=product_id)
    if cursor:
        rows = rows.filter(id__lt=cursor_decode(cursor, 1)[0])
    found = list(rows.order_by("-id").values_list(
        *_CHANGE, "batch__source", "batch__title", "batch__actor_label", "batch__at")[:limit + 1])
    shown = [VersionInfo(_change(row[:10]), *row[10:]) for row in found[:limit]]
    return Page(shown, cursor_encode(shown[-1].change.id) if len(found) > limit else "")


def _change(row: Sequence[Any]) -> ChangeInfo:
    said = row[9]
    conflict = None
    if said:
        at = datetime.fromisoformat(said["at"]) if said.get("at") else None
        conflict = Conflict(tuple(said.get("keys", ())), said.get("by", ""), at, said.get("reason", ""))
    (id_, batch_id, product_id, offer_id, created, deleted, before, after, undo) = row[:9]
    return ChangeInfo(id_, batch_id, product_id, offer_id, created, deleted, before, after, undo, conflict)
