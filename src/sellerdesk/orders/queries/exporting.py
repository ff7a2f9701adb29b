"""Postings with their lines as plain tuples, for files of any length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from sellerdesk.core.db import fetch_all, json_param, json_rows, utc
from sellerdesk.orders.models import Posting
from sellerdesk.orders.queries.listing import beyond, filtered
from sellerdesk.orders.types import PostingFilter
from sellerdesk.sellers.types import SellerRef

#: What is told of a posting, the first two as its place; and of each line.
POSTING = ("in_process_at", "id", "order__number", "number", "scheme", "state", "substate", "ship_by", "handed_over_at",
           "delivered_at", "cancelled_at", "warehouse_id", "city", "tracking_number", "currency")
LINE = ("sku", "offer_id", "name", "quantity", "price_minor", "commission_minor")
_BATCH = 2000


def every_posting(seller: SellerRef, *, filter: PostingFilter
                  ) -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    """All that match, the oldest first: POSTING and, of each line, LINE. Two queries for each two thousand of them.
    Moments are as raw SQL gives them, see core.db.utc.

    What happens meanwhile behind the place that is read is read as it is then.
    """
    rows = filtered(seller, filter).order_by("in_process_at", "id").values_list(*POSTING)
    found = _plain(rows[:_BATCH])
    while found:
        lines: dict[int, list[tuple[Any, ...]]] = {row[1]: [] for row in found}
        for posting_id, *line in fetch_all(
                f"SELECT l.posting_id, {', '.join(f'l.{name}' for name in LINE)} FROM {json_rows('v', id='int')}"
                " CROSS JOIN orders_postingline l WHERE l.posting_id = v.id ORDER BY l.id",
                [json_param([[id_] for id_ in lines])]):
            lines[posting_id].append(tuple(line))
        for row in found:
            yield row, lines[row[1]]
        at, last = found[-1][:2]
        # The first condition is for the index: of the second alone it would read everything before.
        at = utc(at)
        found = _plain(rows.filter(beyond(("in_process_at", "id"), (at, last), ascending=True), in_process_at__gte=at)[
            :_BATCH]) if len(found) == _BATCH else []


def _plain(rows: QuerySet[Posting, tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """As the database gives them: what Django makes of each moment costs more than reading it."""
    try:
        return fetch_all(*rows.query.sql_with_params())
    except EmptyResultSet:
        return []
