"""The engine behind every write of products: load once, judge in memory, write once, tell once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellerdesk.catalog.services import changes
from sellerdesk.catalog.services.applying.judging_rows import judge, judge_parts
from sellerdesk.catalog.services.applying.rows import Refused, Wish
from sellerdesk.catalog.services.applying.writing import write
from sellerdesk.catalog.types import ItemOutcome
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers.types import SellerRef


def apply_wishes(seller: SellerRef, wishes: Sequence[Wish], actor: Actor, now: datetime, *, source: str = "",
                 title: str = "", batch_id: int = 0, only_parts: bool = False) -> list[ItemOutcome]:
    """One outcome per wish. Rows refused late, by a part's own domain, roll back alone.

    Card, price and stock of all rows are one batch of the journal: the one named, or a new one with this source. With
    `only_parts` cards are neither loaded nor judged: a sheet of prices touches nothing but prices.
    """
    late: dict[int, list[FieldError]] = {}
    while True:
        try:
            with atomic(), changes.gathering(seller=seller, source=source, title=title, actor=actor, now=now,
                                             batch_id=batch_id) as gathered:
                locked(f"catalog:{seller.id}")
                rows = (judge_parts(seller, wishes, late, now) if only_parts
                        else judge(seller, wishes, late, now))
                write(seller, [row for row in rows if not row.failed], actor, now, gathered)
                gathered.unchanged += sum(row.outcome == "unchanged" for row in rows)
                break
        except Refused as refusal:
            late |= refusal.errors
    return [ItemOutcome(row.at, row.draft.offer_id, row.product_id if not row.failed or row.existing else 0,
                        row.outcome, tuple(row.errors)) for row in rows]
