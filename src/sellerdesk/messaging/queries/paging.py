"""Pages of rows, the newest first, by a moment and an id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from sellerdesk.core.db import cursor_decode, cursor_encode, utc
from sellerdesk.core.errors import Invalid
from sellerdesk.core.types import Page

R = TypeVar("R")


def newest(rows: QuerySet[Any], columns: Sequence[str], make: Callable[[tuple[Any, ...]], R], moment: str,
           cursor: str | None, limit: int) -> Page[R]:
    """One query. Raises Invalid `cursor_invalid`."""
    backwards = False
    if cursor:
        value, last_id, backwards = cursor_decode(cursor, 3)
        try:
            place, last_id = utc(str(value)), int(last_id)
        except (TypeError, ValueError):
            raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]}) from None
        beyond = "gt" if backwards else "lt"
        rows = rows.filter(Q(**{f"{moment}__{beyond}": place}) | Q(**{moment: place, f"id__{beyond}": last_id}))
    order = (moment, "id") if backwards else (f"-{moment}", "-id")
    found = list(rows.order_by(*order).values_list(moment, "id", *columns)[:limit + 1])
    more, shown = len(found) > limit, found[:limit]
    if backwards:
        shown.reverse()
    if not shown:
        return Page([])
    return Page([make(row[2:]) for row in shown],
                cursor_encode(shown[-1][0], shown[-1][1], False) if more or backwards else "",
                cursor_encode(shown[0][0], shown[0][1], True) if (more if backwards else cursor) else "")
