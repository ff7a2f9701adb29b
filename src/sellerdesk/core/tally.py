"""Counts that are asked together: what a frame shows beside a dozen menu items costs one statement, not a dozen.

    waiting = tally.rows(CancelRequest.objects.filter(seller_id=seller.id, state="ON_APPROVAL"))
    to_pack, wishes = tally.ask([orders.to_pack(seller), waiting])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet, Value

from sellerdesk.core.db import fetch_one


@dataclass(frozen=True, slots=True)
class Tally:
    """A number that the database is still to be asked for: a SELECT of one value, which may be NULL for none."""

    sql: str
    params: tuple[Any, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        return Tally(f"SELECT COALESCE(({self.sql}), 0) + COALESCE(({other.sql}), 0)", (*self.params, *other.params))


def rows(found: QuerySet[Any]) -> Tally:
    """How many rows a query set has. Asks nothing yet."""
    one_each = found.order_by().annotate(tallied=Value(1)).values("tallied")
    try:
        sql, params = one_each.query.sql_with_params()
    except EmptyResultSet:
        return Tally("SELECT 0")
    return Tally(f"SELECT COUNT(*) FROM ({sql}) AS tallied_rows", tuple(params))


def ask(tallies: Sequence[Tally]) -> list[int]:
    """The numbers, in the order asked. One statement, none where nothing is asked."""
    if not tallies:
        return []
    row = fetch_one("SELECT " + ", ".join(f"({one.sql})" for one in tallies),
                    [param for one in tallies for param in one.params])
    return [int(value or 0) for value in row or ()]
