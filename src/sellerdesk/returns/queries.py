"""Reading returns. Each function needs a fixed number of queries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from sellerdesk.core.db import cursor_decode, cursor_encode, utc
from sellerdesk.core.errors import Invalid
from sellerdesk.core.types import Page
from sellerdesk.returns import texts
from sellerdesk.returns.models import Return
from sellerdesk.returns.types import STATES, ReturnFilter, ReturnRow
from sellerdesk.sellers.types import SellerRef

_ROW = ("id", "seller_id", "posting_number", "kind", "product_id", "warehouse_id", "sku", "offer_id", "name",
        "quantity", "amount_minor", "currency", "reason", "state", "created_at", "changed_at", "received_at")


def returns_page(seller: SellerRef, *, filter: ReturnFilter, cursor: str | None = None,
                 limit: int = 50) -> Page[ReturnRow]:
    """Returns, newest first. One query. Raises Invalid `cursor_invalid`."""
    rows = _filtered(seller, filter)
    backwards = False
    if cursor:
        value, last_id, backwards = cursor_decode(cursor, 3)
        try:
            place, last_id = utc(str(value)), int(last_id)
        except (TypeError, ValueError):
            raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]}) from None
        beyond = "gt" if backwards else "lt"
        rows = rows.filter(Q(**{f"created_at__{beyond}": place}) | Q(**{"created_at": place, f"id__{beyond}": last_id}))
    order = ("created_at", "id") if backwards else ("-created_at", "-id")
    found = [ReturnRow(*row) for row in rows.order_by(*order).values_list(*_ROW)[: limit + 1]]
    more, shown = len(found) > limit, found[:limit]
    if backwards:
        shown.reverse()
    if not shown:
        return Page([])
    return Page(shown, cursor_encode(shown[-1].created_at, shown[-1].id, False) if more or backwards else "",
                cursor_encode(shown[0].created_at, shown[0].id, True) if (more if backwards else cursor) else "")


def returns_after(seller: SellerRef, *, filter: ReturnFilter, last_id: int = 0,
                  limit: int = 500) -> tuple[list[ReturnRow], bool]:
    """Returns with an id above `last_id`, by id, and whether more follow: for the API. One query."""
    found = [ReturnRow(*row) for row in
             _filtered(seller, filter).filter(id__gt=last_id).order_by("id").values_list(*_ROW)[: limit + 1]]
    return found[:limit], len(found) > limit


def by_posting(seller: SellerRef, posting_number: str) -> list[ReturnRow]:
    """What comes back of one posting, oldest first. One query."""
    rows = Return.objects.filter(seller_id=seller.id, posting_number=posting_number)
    return [ReturnRow(*row) for row in rows.order_by("id").values_list(*_ROW)]


def counts(seller: SellerRef) -> dict[str, int]:
    """Returns by state, and `all`. One query over an index."""
    found = dict.fromkeys([*STATES, "all"], 0)
    for state, number in (Return.objects.filter(seller_id=seller.id).values_list("state").annotate(n=Count("id"))
                          .order_by()):
        found[state] = number
        found["all"] += number
    return found


def arrived_count(seller: SellerRef) -> int:
    """How many wait to be taken in, for the menu. One query over an index."""
    return Return.objects.filter(seller_id=seller.id, state="arrived").count()


def open_returns(before: datetime, limit: int = 500) -> list[ReturnRow]:
    """Returns of all shops that are not received and came into their state before a moment: couriers' work."""
    rows = Return.objects.exclude(state="received").filter(changed_at__lt=before)
    return [ReturnRow(*row) for row in rows.order_by("id").values_list(*_ROW)[:limit]]


def reason_text(code: str) -> Any:
    """A reason in words, lazily translated."""
    return texts.REASONS.get(code, code)


def _filtered(seller: SellerRef, where: ReturnFilter) -> QuerySet[Return]:
    rows = Return.objects.filter(seller_id=seller.id)
    if where.tab in STATES:
        rows = rows.filter(state=where.tab)
    if where.kind:
        rows = rows.filter(kind=where.kind)
    if where.posting_numbers:
        rows = rows.filter(posting_number__in=where.posting_numbers)
    if where.offer_ids:
        rows = rows.filter(offer_id__in=where.offer_ids)
    if where.since:
        rows = rows.filter(created_at__gte=where.since)
    if where.to:
        rows = rows.filter(created_at__lt=where.to)
    for word in where.search[:200].casefold().replace("ё", "е").split():
        rows = rows.filter(search_text__contains=word)
    return rows
