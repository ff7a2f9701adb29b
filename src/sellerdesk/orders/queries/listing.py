"""Lists of postings: pages by cursor, due-first order, filters and search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from sellerdesk.core.db import cursor_decode, cursor_encode, of_shop, utc
from sellerdesk.core.errors import Invalid
from sellerdesk.core.types import Page
from sellerdesk.orders import states
from sellerdesk.orders.models import Posting, PostingLine
from sellerdesk.orders.queries.searching import searched
from sellerdesk.orders.types import LineRow, PostingFilter, PostingRow
from sellerdesk.sellers.types import SellerRef

ROW = ("id", "number", "order_id", "order__number", "scheme", "integration", "state", "substate", "warehouse_id",
       "delivery_method_id", "tracking_number", "order__buyer_name", "city", "currency", "units", "amount_minor",
       "in_process_at", "ship_by", "handed_over_at", "delivered_at", "cancelled_at", "changed_at", "previous_substate",
       "slot_changes", "over_limits")
LINE = ("product_id", "sku", "offer_id", "name", "quantity", "price_minor", "old_price_minor", "commission_minor",
        "commission_bp", "commission_rule_id", "weight_g", "needs", "country",
        "depth_mm", "width_mm", "height_mm", "batteries",
        "list_price_minor", "action_ids", "buyer_price_minor", "buyer_currency", "rate_id",
        "declared_minor", "declared_currency", "declared_price_minor", "declared_rate_id")
# What a list may be ordered by: the column, always followed by the id.
SORTS = {"in_process_at": "in_process_at", "ship_by": "ship_by", "amount": "amount_minor", "changed_at": "changed_at"}
# What is with the carrier already has no deadline any more, and stands behind everything that has one.
_HANDED_OVER = Case(When(substate="posting_in_carriage", then=Value(1)), default=Value(0), output_field=IntegerField())


def postings_page(seller: SellerRef, *, filter: PostingFilter, cursor: str | None = None, limit: int = 50,
                  newest_first: bool = True, sort: str = "in_process_at") -> Page[PostingRow]:
    """A page of postings with their lines. Two queries.

    `sort` is a key of SORTS; the order is that column and then the id, both descending when `newest_first`. `urgency`
    is by deadline with what is handed over at the end. Raises Invalid `cursor_invalid`.
    """
    urgent = sort == "urgency"
    column = "ship_by" if urgent else SORTS[sort]
    rows = filtered(seller, filter)
    if urgent:
        rows = rows.annotate(handed=_HANDED_OVER)
    names = (*(("handed",) if urgent else ()), column, "id")
    backwards = False
    if cursor:
        *place, backwards = _place(cursor, column, urgent)
        rows = rows.filter(beyond(names, place, ascending=newest_first == backwards))
    sign = "-" if newest_first != backwards else ""
    found = list(rows.order_by(*(f"{sign}{name}" for name in names)).values_list(
        *ROW, *(("handed",) if urgent else ()))[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    if not found:
        return Page([])
    handed = [row[len(ROW):] for row in found]
    shown = with_lines([row[:len(ROW)] for row in found])
    key = "amount_minor" if sort == "amount" else column
    ends = [cursor_encode(*handed[at], getattr(shown[at], key), shown[at].id, at == 0) for at in (0, -1)]
    return Page(shown, ends[1] if more or backwards else "", ends[0] if (more if backwards else bool(cursor)) else "")


def beyond(names: Sequence[str], place: Sequence[Any], *, ascending: bool) -> Q:
    """What lies behind a place in the order of these columns: (a, b) > (x, y), spelled out."""
    sign, same, found = "gt" if ascending else "lt", Q(), Q()
    for name, value in zip(names, place, strict=True):
        found |= same & Q(**{f"{name}__{sign}": value})
        same &= Q(**{name: value})
    return found


def _place(cursor: str, column: str, urgent: bool) -> list[Any]:
    """Where a page ended: the columns' values, the id and the direction. Raises Invalid `cursor_invalid`."""
    *handed, value, last_id, backwards = cursor_decode(cursor, 4 if urgent else 3)
    try:
        return [*(int(one) for one in handed), int(value) if column == "amount_minor" else utc(str(value)),
                int(last_id), bool(backwards)]
    except (TypeError, ValueError):
        raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]}) from None


def postings_offset(seller: SellerRef, *, filter: PostingFilter, offset: int, limit: int,
                    newest_first: bool = False, sort: str = "in_process_at") -> tuple[list[PostingRow], bool]:
    """A slice of the list, and whether more follows: for the older methods of the API. Two queries."""
    sign, column = ("-" if newest_first else ""), SORTS[sort]
    found = list(filtered(seller, filter).order_by(f"{sign}{column}", f"{sign}id").values_list(*ROW)
                 [offset:offset + limit + 1])
    return with_lines(found[:limit]), len(found) > limit


def count(seller: SellerRef, filter: PostingFilter) -> int:
    """How many postings a filter finds. One query."""
    return filtered(seller, filter).count()


def count_up_to(seller: SellerRef, filter: PostingFilter, most: int) -> int:
    """How many postings a filter finds, and `most` where there are as many or more. One query."""
    return filtered(seller, filter).order_by()[:most].count()


def filtered(seller: SellerRef, filter: PostingFilter) -> QuerySet[Posting]:
    """Postings of a shop that match, in no order."""
    rows = Posting.objects.filter(of_shop(seller.id) if filter.numbers else Q(seller_id=seller.id))
    if filter.waiting or not (filter.with_fbo or filter.scheme):
        rows = rows.exclude(scheme="fbo")
    wanted = set(states.TABS.get(filter.tab, ()))
    if filter.states:
        wanted = wanted & set(filter.states) if wanted else set(filter.states)
        if not wanted:
            return rows.none()
    if wanted:
        rows = rows.filter(state__in=sorted(wanted))
    ranges = (("in_process_at", filter.since, filter.to), ("ship_by", filter.cutoff_from, filter.cutoff_to),
              ("handed_over_at", filter.delivering_from, filter.delivering_to),
              ("changed_at", filter.changed_from, filter.changed_to),
              ("cancelled_at", filter.cancelled_from, filter.cancelled_to),
              ("delivered_at", filter.delivered_from, filter.delivered_to))
    for column, low, high in ranges:
        if low:
            rows = rows.filter(**{f"{column}__gte": low})
        if high:
            rows = rows.filter(**{f"{column}__lt": high})
    lists = (("number", filter.numbers), ("order__number", filter.order_numbers),
             ("integration", filter.integrations), ("warehouse_id", filter.warehouse_ids),
             ("delivery_method_id", filter.delivery_method_ids))
    for column, values in lists:
        if values:
            rows = rows.filter(**{f"{column}__in": values})
    if filter.waiting:
        rows = rows.filter(state__in=[states.AWAITING_PACKAGING, states.AWAITING_DELIVER]).exclude(
            substate="posting_in_carriage")
    if filter.order_id:
        rows = rows.filter(order_id=filter.order_id)
    if filter.region:
        rows = rows.filter(Q(order__region=filter.region) | Q(order__region="", city=filter.region))
    if filter.scheme:
        rows = rows.filter(scheme=filter.scheme)
    if filter.sku:
        rows = rows.filter(id__in=PostingLine.objects.filter(seller_id=seller.id, sku=filter.sku).values("posting_id"))
    if filter.product_id:
        rows = rows.filter(id__in=PostingLine.objects.filter(
            seller_id=seller.id, product_id=filter.product_id).values("posting_id"))
    return searched(rows, seller, filter.search)


def with_lines(found: Sequence[tuple[Any, ...]]) -> list[PostingRow]:
    lines = lines_of([row[0] for row in found])
    made = []
    for row in found:
        values: list[Any] = [*row, tuple(lines[row[0]])]
        made.append(PostingRow(*values))
    return made


def lines_of(posting_ids: Sequence[int]) -> dict[int, list[LineRow]]:
    found: dict[int, list[LineRow]] = defaultdict(list)
    if posting_ids:
        for row in PostingLine.objects.filter(posting_id__in=posting_ids).order_by("id").values_list(
                "posting_id", *LINE):
            found[row[0]].append(LineRow(*row[1:]))
    return found
