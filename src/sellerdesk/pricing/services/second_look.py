"""Many prices that fall by much at once, where a shop wants a second person for that: they wait, two release them.

What counts as much and as many is the dated rule `pricing.two_people_drop`. One act is looked at, not a day: whoever
lowers prices in small portions is seen in the history, not held.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.pricing import rules
from sellerdesk.pricing.judging import Judged
from sellerdesk.pricing.types import WaitingRow
from sellerdesk.sellers.queries.approvals import two_people
from sellerdesk.sellers.services import approvals
from sellerdesk.sellers.types import SellerRef


def held(seller: SellerRef, judged: Sequence[Judged], now: datetime) -> list[Judged]:
    """The rows, with those that fall by much waiting where there are many. One query where there are, else none."""
    limit = dated.get("pricing.two_people_drop", "", now).value

    def falls(row: Judged) -> bool:
        return row.product is not None and row.moves and rules.falls(row.before, row.after, limit["bp"])

    falling = {row.product.id for row in judged if row.product and falls(row)}
    if len(falling) <= limit["products"] or approvals.PRICE_DROP not in two_people(seller):
        return list(judged)
    return [replace(row, waits=True, by_two=True) if falls(row) else row for row in judged]


def must_be_two(seller: SellerRef, rows: Sequence[WaitingRow], offers: Sequence[str], actor: Actor) -> None:
    """In the transaction of a release. The approval covers exactly these prices. Raises ApprovalRequired."""
    wanted = sorted((row.product_id, row.price_minor) for row in rows)
    names = ", ".join(offers[:3]) + ("…" if len(offers) > 3 else "")
    digest = hashlib.sha256(repr(wanted).encode()).hexdigest()
    approvals.second_person(seller=seller, kind=approvals.PRICE_DROP, actor=actor, real_now=clock.real_now(),
                            wish={"prices": digest, "count": len(wanted)}, label=f"{names} ({len(wanted)})")
