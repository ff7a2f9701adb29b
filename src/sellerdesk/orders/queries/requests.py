"""Reading buyers' wishes to cancel. Each function needs a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet

from sellerdesk.core import tally
from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.tally import Tally
from sellerdesk.core.types import Page
from sellerdesk.orders.errors import RequestNotFound
from sellerdesk.orders.models import CancelRequest
from sellerdesk.orders.types import REQUEST_STATES, CancelRequestRow, RequestFilter
from sellerdesk.sellers.types import SellerRef

_ROW = ("id", "number", "warehouse_id", "posting__order__created_at", "posting__integration", "posting__amount_minor",
        "posting__currency", "posting__city", "reason_id", "message", "state", "created_at", "due_at", "decided_at",
        "decided_by", "comment")


def cancel_requests_page(seller: SellerRef, *, filter: RequestFilter, cursor: str | None = None,
                         limit: int = 50) -> Page[CancelRequestRow]:
    """Requests, newest first. One query. Raises Invalid `cursor_invalid`."""
    rows, backwards = _filtered(seller, filter), False
    if cursor:
        last_id, backwards = cursor_decode(cursor, 2)
        rows = rows.filter(**{"id__gt" if backwards else "id__lt": int(last_id)})
    found = [CancelRequestRow(*row) for row in
             rows.order_by("id" if backwards else "-id").values_list(*_ROW)[: limit + 1]]
    more, shown = len(found) > limit, found[:limit]
    if backwards:
        shown.reverse()
    if not shown:
        return Page([])
    return Page(shown, cursor_encode(shown[-1].id, False) if more or backwards else "",
                cursor_encode(shown[0].id, True) if (more if backwards else cursor) else "")


def cancel_requests_after(seller: SellerRef, *, filter: RequestFilter, last_id: int = 0,
                          limit: int = 500) -> list[CancelRequestRow]:
    """Requests with an id above `last_id`, by id: for the API. One query."""
    rows = _filtered(seller, filter).filter(id__gt=last_id).order_by("id")
    return [CancelRequestRow(*row) for row in rows.values_list(*_ROW)[:limit]]


def cancel_requests_count(seller: SellerRef, filter: RequestFilter) -> int:
    """How many requests a filter finds. One query."""
    return _filtered(seller, filter).count()


def cancel_request(seller: SellerRef, request_id: int, warehouse_ids: Sequence[int] = ()) -> CancelRequestRow:
    """One request. Raises RequestNotFound, also for one outside the warehouses given."""
    rows = _filtered(seller, RequestFilter(warehouse_ids=tuple(warehouse_ids))).filter(pk=request_id)
    found = rows.values_list(*_ROW).first()
    if found is None:
        raise RequestNotFound(request_id)
    return CancelRequestRow(*found)


def open_cancel_request(seller: SellerRef, number: str) -> CancelRequestRow | None:
    """The wish that waits for an answer on one posting, if any. One query."""
    found = _filtered(seller, RequestFilter(numbers=(number,), states=("ON_APPROVAL",))).values_list(*_ROW).first()
    return CancelRequestRow(*found) if found else None


def cancel_request_counts(seller: SellerRef, warehouse_ids: Sequence[int] = ()) -> dict[str, int]:
    """Requests by state, and `all`. One query over an index."""
    found: dict[str, int] = dict.fromkeys([*REQUEST_STATES, "all"], 0)
    rows = _filtered(seller, RequestFilter(warehouse_ids=tuple(warehouse_ids)))
    for state, number in rows.values_list("state").annotate(n=Count("id")).order_by():
        found[state] = number
        found["all"] += number
    return found


def cancel_requests_waiting(seller: SellerRef, warehouse_ids: Sequence[int] = ()) -> Tally:
    """How many wait for an answer, for the menu. Over an index."""
    return tally.rows(_filtered(seller, RequestFilter(states=("ON_APPROVAL",), warehouse_ids=tuple(warehouse_ids))))


def _filtered(seller: SellerRef, where: RequestFilter) -> QuerySet[CancelRequest, Any]:
    rows = CancelRequest.objects.filter(seller_id=seller.id)
    for column, values in (("state", where.states), ("number", where.numbers), ("warehouse_id", where.warehouse_ids)):
        if values:
            rows = rows.filter(**{f"{column}__in": values})
    return rows.filter(number__contains=where.search.strip()[:40]) if where.search.strip() else rows
