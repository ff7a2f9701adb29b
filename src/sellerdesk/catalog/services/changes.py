"""The journal: every act on products is kept as a batch with one row per product, to be looked at and undone.

    with changes.gathering(seller=seller, source="grid", title="", actor=actor, now=now) as gathered:
        ...
        gathered.note(product_id, offer_id, {"price.price": 100}, {"price.price": 200})
    gathered.batch_id   # 0 when nothing changed

Acts nest: what a card, its price and its stock note inside one outer `gathering` lands in ONE batch and one row per
product, so saving a spreadsheet is one act. Two statements for any number of products.
"""

from __future__ import annotations

import contextvars
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from sellerdesk.catalog.models import Batch
from sellerdesk.catalog.types import ProductChange
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import execute, json_param, json_rows
from sellerdesk.sellers.types import SellerRef

_DOORS = {"user": "form", "key": "api", "operator": "console"}
_open: contextvars.ContextVar[Gathered | None] = contextvars.ContextVar("open_batch", default=None)


@dataclass(slots=True)
class Gathered:
    """What has been noted so far, one change per product. `batch_id` is known once the outermost act is written.

    `source` is the door of the outermost act, where it said so."""

    seller_id: int
    batch_id: int = 0
    source: str = ""
    changes: dict[int, ProductChange] = field(default_factory=dict)
    unchanged: int = 0

    def note(self, product_id: int, offer_id: str, before: Mapping[str, Any], after: Mapping[str, Any], *,
             created: bool = False, deleted: bool = False) -> None:
        """Remember what was done to a product; a second note on the same product joins the first."""
        self.add(ProductChange(product_id, offer_id, before, after, created, deleted))

    def add(self, change: ProductChange) -> None:
        known = self.changes.get(change.product_id)
        self.changes[change.product_id] = _joined(known, change) if known else change


def _joined(first: ProductChange, second: ProductChange) -> ProductChange:
    """Two changes of one product as one: the values before the first, and those after the second."""
    before, after = {**second.before, **first.before}, {**first.after, **second.after}
    if first.created:
        before = {}
    else:
        before = {key: value for key, value in before.items() if key not in after or after[key] != value}
        after = {key: value for key, value in after.items() if key in before}
    return ProductChange(first.product_id, first.offer_id, before, after, first.created,
                         first.deleted or second.deleted)


@contextmanager
def gathering(*, seller: SellerRef, source: str = "", title: str = "", actor: Actor, now: datetime, batch_id: int = 0,
              import_task_id: int | None = None, undo_of: int | None = None) -> Iterator[Gathered]:
    """Gather the changes of one act and write them when it ends well, in the caller's transaction.

    Inside another act of the same shop it joins that one. `batch_id` names a batch opened before (work in chunks);
    `source` is by default the door the actor came through. When the act ends in an exception nothing is noted.
    """
    outer = _open.get()
    outer = outer if outer and outer.seller_id == seller.id else None
    own = Gathered(seller.id, outer.batch_id if outer else batch_id, outer.source if outer else source)
    marker = _open.set(own)
    try:
        yield own
    finally:
        _open.reset(marker)
    if outer:
        for change in own.changes.values():
            outer.add(change)
        outer.unchanged += own.unchanged
        return
    rows = [change for change in own.changes.values()
            if change.before or change.after or change.created or change.deleted]
    if not rows and not own.batch_id:
        return
    if own.batch_id:
        note(seller=seller, batch_id=own.batch_id, rows=rows, unchanged=own.unchanged)
        return
    created = sum(row.created for row in rows)
    own.batch_id = _insert_batch(seller, source, title, actor, now, import_task_id, undo_of, created=created,
                                 changed=len(rows) - created, unchanged=own.unchanged)
    _insert_changes(seller, own.batch_id, rows)


def undo_days(now: datetime) -> int:
    """For how many days a batch can be undone."""
    return int(dated.get("catalog.undo", "", now).value["days"])


def open_batch(*, seller: SellerRef, source: str = "", title: str = "", actor: Actor, now: datetime,
               import_task_id: int | None = None, undo_of: int | None = None) -> int:
    """Begin a batch that will be filled in several transactions; returns its id."""
    return _insert_batch(seller, source, title, actor, now, import_task_id, undo_of)


def _insert_batch(seller: SellerRef, source: str, title: str, actor: Actor, now: datetime, import_task_id: int | None,
                  undo_of: int | None, **counts: int) -> int:
    made = Batch.objects.create(
        seller_id=seller.id, source=source or _DOORS.get(actor.kind, "system"), title=title[:255], at=now,
        actor=asdict(actor), actor_label=actor.label[:200], import_task_id=import_task_id, undo_of_id=undo_of,
        undo_until=now + timedelta(days=undo_days(now)), **counts)
    return made.pk


def note(*, seller: SellerRef, batch_id: int, rows: Sequence[ProductChange], unchanged: int = 0) -> None:
    """Write changes into a batch, in the caller's transaction. Two statements for any number of rows."""
    if rows:
        _insert_changes(seller, batch_id, rows)
    created = sum(row.created for row in rows)
    Batch.objects.filter(pk=batch_id, seller_id=seller.id).update(
        created=F("created") + created, changed=F("changed") + len(rows) - created,
        unchanged=F("unchanged") + unchanged)


def _insert_changes(seller: SellerRef, batch_id: int, rows: Sequence[ProductChange]) -> None:
    columns = {"product_id": "int", "offer_id": "text", "created": "bool", "deleted": "bool", "before": "json",
               "after": "json"}
    execute(
        f"INSERT INTO catalog_change (seller_id, batch_id, {', '.join(columns)}, undo)"
        f" SELECT %s, %s, {', '.join(f'v.{name}' for name in columns)}, '' FROM {json_rows('v', **columns)}",
        [seller.id, batch_id, json_param([[row.product_id, row.offer_id[:50], row.created, row.deleted,
                                           dict(row.before), dict(row.after)] for row in rows])])
