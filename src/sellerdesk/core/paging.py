"""Pages of any list by the place of its last row: what comes or goes meanwhile neither repeats nor skips one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import Invalid
from sellerdesk.core.types import Page

_FORWARD, _BACK = ">", "<"


def keyset(rows: QuerySet[Any], *order: str, cursor: str | None, limit: int, columns: tuple[str, ...] = ()
           ) -> Page[Any]:
    """One page of `rows` in an order that ends with a unique column; a leading "-" turns a column round. One query.

    Columns of the order are never NULL. Rows are tuples of `columns`, or objects where none are named. Raises Invalid
    `cursor_invalid` for a cursor that is none of this list.
    """
    names = [name.lstrip("-") for name in order]
    back, place = False, []
    if cursor:
        way, *place = cursor_decode(cursor, len(order) + 1)
        back = way == _BACK
    falls = [name.startswith("-") != back for name in order]
    taken = rows.order_by(*(f"-{name}" if down else name for name, down in zip(names, falls, strict=True)))
    try:
        if place:
            # The first column's own bound lets an index begin there.
            taken = taken.filter(_beyond(names, falls, place), **{
                f"{names[0]}__{'lte' if falls[0] else 'gte'}": place[0]})
        if columns:
            read = [(row[:len(names)], row[len(names):]) for row in taken.values_list(*names, *columns)[:limit + 1]]
        else:
            read = [(tuple(getattr(row, name) for name in names), row) for row in taken[:limit + 1]]
    except (ValidationError, ValueError, TypeError) as wrong:
        if not place:
            raise
        raise Invalid("cursor_invalid", field="cursor", data={"value": (cursor or "")[:60]}) from wrong
    more, shown = len(read) > limit, read[:limit]
    if back:
        shown.reverse()
    if not shown:
        return Page([])
    has_next, has_prev = (True, more) if back else (more, bool(place))
    return Page([row for _place, row in shown], cursor_encode(_FORWARD, *shown[-1][0]) if has_next else "",
                cursor_encode(_BACK, *shown[0][0]) if has_prev else "")


def _beyond(names: list[str], falls: list[bool], place: list[Any]) -> Q:
    """Further than a place: beyond it by the first column, or level there and beyond by the next."""
    found = Q()
    for at, (name, down) in enumerate(zip(names, falls, strict=True)):
        level = Q(**dict(zip(names[:at], place[:at], strict=True)))
        found |= level & Q(**{f"{name}__{'lt' if down else 'gt'}": place[at]})
    return found
