"""Reading what the marketplace brings back. Each function needs a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import pgettext_lazy

from sellerdesk.core import clock, tally
from sellerdesk.core import rules as dated
from sellerdesk.core.db import cursor_decode, cursor_encode, utc
from sellerdesk.core.errors import Invalid
from sellerdesk.core.tally import Tally
from sellerdesk.core.types import Page
from sellerdesk.returns import rules
from sellerdesk.returns.models import Return
from sellerdesk.returns.queries import claims
from sellerdesk.returns.types import DONE, STATES, ReturnFilter, ReturnRow, Storage
from sellerdesk.sellers.types import OpenEnd, SellerRef

_ROW = ("id", "seller_id", "scheme", "posting_number", "order_id", "order_number", "kind", "product_id", "warehouse_id",
        "sku", "offer_id", "name", "quantity", "amount_minor", "commission_minor", "currency", "reason", "state",
        "created_at", "changed_at", "arrived_at", "received_at", "place_id", "from_city", "place__city",
        "storage_minor", "storage_rule_id", "dispose_at", "disposal_minor", "compensation", "compensation_minor",
        "compensation_at", "giveout_id")


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
    found = [_made(row) for row in rows.order_by(*order).values_list(*_ROW)[: limit + 1]]
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
    found = [_made(row) for row in
             _filtered(seller, filter).filter(id__gt=last_id).order_by("id").values_list(*_ROW)[: limit + 1]]
    return found[:limit], len(found) > limit


def _made(row: tuple[Any, ...]) -> ReturnRow:
    values = list(row)
    values[_ROW.index("place_id")] = values[_ROW.index("place_id")] or 0
    values[_ROW.index("place__city")] = values[_ROW.index("place__city")] or ""
    return ReturnRow(*values)


def storage(row: ReturnRow, now: datetime) -> Storage | None:
    """What waiting costs: so far where the goods still wait, in the end where they are gone. None before the arrival.

    No query once the rules are read.
    """
    if row.arrived_at is None or row.dispose_at is None:
        return None
    rule = dated.get("returns.storage", row.currency, row.arrived_at).value
    until = now if row.state == "arrived" else row.changed_at
    days, paid = rules.storage_days(row.arrived_at, until, rule["free_days"])
    fee = rules.storage_minor(row.arrived_at, until, row.quantity, rule)
    return Storage(days, paid, fee, rule["dispose"] * row.quantity, row.currency,
                   row.arrived_at + timedelta(days=rule["free_days"]), row.dispose_at)


def by_posting(seller: SellerRef, posting_number: str) -> list[ReturnRow]:
    """What comes back of one posting, oldest first. One query."""
    rows = Return.objects.filter(seller_id=seller.id, posting_number=posting_number)
    return [_made(row) for row in rows.order_by("id").values_list(*_ROW)]


def units_since(seller: SellerRef, since: datetime) -> int:
    """How many units were taken in again since a moment. One query."""
    return Return.objects.filter(seller_id=seller.id, received_at__gte=since).aggregate(
        units=Sum("quantity"))["units"] or 0


def counts(seller: SellerRef, warehouse_ids: Sequence[int] = ()) -> dict[str, int]:
    """Returns by state, and `all`; to these warehouses only where some are named. One query over an index."""
    found = dict.fromkeys([*STATES, "all", "lost"], 0)
    rows = Return.objects.filter(seller_id=seller.id)
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=warehouse_ids)
    for state, number in rows.values_list("state").annotate(n=Count("id")).order_by():
        found[state] = number
        found["all"] += number
    return found


def open_end(seller: SellerRef) -> OpenEnd | None:
    """Returns and claims that keep a shop from closing. Two queries over indexes."""
    open_count = Return.objects.filter(seller_id=seller.id).exclude(state__in=DONE).count() + claims.open_claim_count(
        seller)
    return OpenEnd("returns", pgettext_lazy("closing", "Returns not taken in yet"), "returns:returns",
                   count=open_count) if open_count else None


def arrived_count(seller: SellerRef, warehouse_ids: Sequence[int] = ()) -> int:
    """How many wait to be taken in; in these warehouses where some are named. One query over an index."""
    return tally.ask([arrived_tally(seller, warehouse_ids)])[0]


def arrived_tally(seller: SellerRef, warehouse_ids: Sequence[int] = ()) -> Tally:
    """The same for the menu, which asks together with others."""
    rows = Return.objects.filter(seller_id=seller.id, state="arrived")
    return tally.rows(rows.filter(warehouse_id__in=warehouse_ids) if warehouse_ids else rows)


def open_returns(before: datetime, limit: int = 500) -> list[ReturnRow]:
    """Returns of all shops that are not received and came into their state before a moment: couriers' work."""
    rows = Return.objects.exclude(state__in=DONE).filter(clock.shops(), changed_at__lt=before)
    return [_made(row) for row in rows.order_by("id").values_list(*_ROW)[:limit]]


def _filtered(seller: SellerRef, where: ReturnFilter) -> QuerySet[Return]:
    rows = Return.objects.filter(seller_id=seller.id)
    if where.tab in STATES:
        rows = rows.filter(state=where.tab)
    if where.states:
        rows = rows.filter(state__in=where.states)
    equal = (("kind", where.kind), ("reason", where.reason), ("scheme", where.scheme), ("order_id", where.order_id),
             ("place_id", where.place_id), ("compensation", where.compensation))
    for column, value in equal:
        if value:
            rows = rows.filter(**{column: value})
    lists = (("posting_number", where.posting_numbers), ("offer_id", where.offer_ids),
             ("warehouse_id", where.warehouse_ids), ("pk", where.ids))
    for column, values in lists:
        if values:
            rows = rows.filter(**{f"{column}__in": values})
    ranges = (("created_at", where.since, where.to), ("arrived_at", where.arrived_from, where.arrived_to),
              ("changed_at", where.changed_from, where.changed_to),
              ("storage_starts_at", where.stored_from, where.stored_to))
    for column, low, high in ranges:
        if low:
            rows = rows.filter(**{f"{column}__gte": low})
        if high:
            rows = rows.filter(**{f"{column}__lt": high})
    for word in rules.fold(where.product_name[:200]).split():
        rows = rows.filter(search_text__contains=word)
    for word in rules.fold(where.search[:200]).split():
        rows = rows.filter(search_text__contains=word)
    return rows
