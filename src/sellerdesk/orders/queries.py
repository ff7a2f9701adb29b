"""Reading orders. Each function needs a fixed number of queries, whatever the size of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from sellerdesk.core import rules as dated
from sellerdesk.core.db import (
    cursor_decode,
    cursor_encode,
    db_time,
    fetch_all,
    fetch_one,
    json_param,
    json_rows,
    placeholders,
    utc,
)
from sellerdesk.core.errors import Invalid
from sellerdesk.core.models import Activity, DatedRule
from sellerdesk.core.types import Page
from sellerdesk.inventory import queries as inventory
from sellerdesk.logistics import queries as logistics
from sellerdesk.orders import events, rules, states
from sellerdesk.orders.errors import PostingNotFound
from sellerdesk.orders.models import Posting, PostingLine
from sellerdesk.orders.types import (
    CancelReason,
    DayRow,
    Due,
    LineRow,
    MarketFigures,
    MarketPosting,
    PostingCard,
    PostingFilter,
    PostingRow,
    SoldRow,
    WorkItem,
)
from sellerdesk.sellers.types import SellerRef

_ROW = ("id", "number", "order_id", "order__number", "state", "substate", "warehouse_id", "delivery_method_id",
        "tracking_number", "order__buyer_name", "city", "currency", "units", "amount_minor", "in_process_at", "ship_by",
        "handed_over_at", "delivered_at", "cancelled_at", "changed_at")
_LINE = ("product_id", "sku", "offer_id", "name", "quantity", "price_minor", "old_price_minor", "commission_minor",
         "commission_bp", "commission_rule_id", "weight_g")
_CARD = ("id", "seller_id", "number", "parent_number", "order_id", "order__number", "scheme", "state", "substate",
         "previous_substate", "version", "order__buyer_name", "order__buyer_phone", "city", "order__region",
         "order__address", "warehouse_id", "delivery_method_id", "tracking_number", "currency", "units", "weight_g",
         "amount_minor", "logistics_minor", "logistics_rule_id", "in_process_at", "ship_by", "deliver_by", "packed_at",
         "handed_over_at", "delivered_at", "cancelled_at", "changed_at", "cancel_reason_id", "cancel_message",
         "cancelled_by", "cancelled_after_ship")
# What a list may be ordered by: the column, always followed by the id.
SORTS = {"in_process_at": "in_process_at", "ship_by": "ship_by", "amount": "amount_minor", "changed_at": "changed_at"}


# -- lists -------------------------------------------------------------------------------------------------------


def postings_page(seller: SellerRef, *, filter: PostingFilter, cursor: str | None = None, limit: int = 50,
                  newest_first: bool = True, sort: str = "in_process_at") -> Page[PostingRow]:
    """A page of postings with their lines. Two queries.

    `sort` is a key of SORTS; the order is that column and then the id, both descending when `newest_first`. Raises
    Invalid `cursor_invalid`.
    """
    column = SORTS[sort]
    rows = _filtered(seller, filter)
    if cursor:
        place, last_id, backwards = _place(cursor, column)
        descending = newest_first != backwards
        beyond = "lt" if descending else "gt"
        rows = rows.filter(Q(**{f"{column}__{beyond}": place}) | Q(**{column: place, f"id__{beyond}": last_id}))
    else:
        backwards, descending = False, newest_first
    sign = "-" if descending else ""
    found = list(rows.order_by(f"{sign}{column}", f"{sign}id").values_list(*_ROW)[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    shown = _rows(found)
    if not shown:
        return Page([])
    key = "amount_minor" if sort == "amount" else column
    first, last = shown[0], shown[-1]
    return Page(
        shown,
        cursor_encode(getattr(last, key), last.id, False) if more or backwards else "",
        cursor_encode(getattr(first, key), first.id, True) if (more if backwards else bool(cursor)) else "")


def _place(cursor: str, column: str) -> tuple[Any, int, bool]:
    """Where a page ended: the column's value, the id and the direction. Raises Invalid `cursor_invalid`."""
    value, last_id, backwards = cursor_decode(cursor, 3)
    try:
        return int(value) if column == "amount_minor" else utc(str(value)), int(last_id), bool(backwards)
    except (TypeError, ValueError):
        raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]}) from None


def postings_offset(seller: SellerRef, *, filter: PostingFilter, offset: int, limit: int,
                    newest_first: bool = False, sort: str = "in_process_at") -> tuple[list[PostingRow], bool]:
    """A slice of the list, and whether more follows: for the older methods of the API. Two queries."""
    sign, column = ("-" if newest_first else ""), SORTS[sort]
    found = list(_filtered(seller, filter).order_by(f"{sign}{column}", f"{sign}id").values_list(*_ROW)
                 [offset:offset + limit + 1])
    return _rows(found[:limit]), len(found) > limit


def count(seller: SellerRef, filter: PostingFilter) -> int:
    """How many postings a filter finds. One query."""
    return _filtered(seller, filter).count()


def counts(seller: SellerRef, warehouse_ids: Sequence[int] = ()) -> dict[str, int]:
    """Postings by tab of states.TABS, and `all`; of these warehouses only where some are named. One query."""
    found: dict[str, int] = dict.fromkeys([*states.TABS, "all"], 0)
    tab_of = {state: tab for tab, members in states.TABS.items() for state in members}
    places = f" AND warehouse_id IN ({placeholders(warehouse_ids)})" if warehouse_ids else ""
    for state, number in fetch_all(
            f"SELECT state, COUNT(*) FROM orders_posting WHERE seller_id = %s{places} GROUP BY state",
            [seller.id, *warehouse_ids]):
        found[tab_of[state]] += number
        found["all"] += number
    return found


def _filtered(seller: SellerRef, filter: PostingFilter) -> QuerySet[Posting]:
    rows = Posting.objects.filter(seller_id=seller.id)
    wanted = set(states.TABS.get(filter.tab, ()))
    if filter.states:
        wanted = wanted & set(filter.states) if wanted else set(filter.states)
        if not wanted:
            return rows.none()
    if wanted:
        rows = rows.filter(state__in=sorted(wanted))
    ranges = (("in_process_at", filter.since, filter.to), ("ship_by", filter.cutoff_from, filter.cutoff_to),
              ("handed_over_at", filter.delivering_from, filter.delivering_to),
              ("changed_at", filter.changed_from, filter.changed_to))
    for column, low, high in ranges:
        if low:
            rows = rows.filter(**{f"{column}__gte": low})
        if high:
            rows = rows.filter(**{f"{column}__lt": high})
    lists = (("number", filter.numbers), ("order__number", filter.order_numbers),
             ("warehouse_id", filter.warehouse_ids), ("delivery_method_id", filter.delivery_method_ids))
    for column, values in lists:
        if values:
            rows = rows.filter(**{f"{column}__in": values})
    if filter.waiting:
        rows = rows.filter(state__in=[states.AWAITING_PACKAGING, states.AWAITING_DELIVER]).exclude(
            substate="posting_in_carriage")
    if filter.order_id:
        rows = rows.filter(order_id=filter.order_id)
    if filter.product_id:
        rows = rows.filter(id__in=PostingLine.objects.filter(
            seller_id=seller.id, product_id=filter.product_id).values("posting_id"))
    # Each word must occur somewhere: number, tracking, SKU, offer, name of the goods or of the buyer.
    for word in rules.fold(filter.search[:200]).split():
        rows = rows.filter(search_text__contains=word)
    return rows


def _rows(found: Sequence[tuple[Any, ...]]) -> list[PostingRow]:
    lines = _lines([row[0] for row in found])
    made = []
    for row in found:
        values: list[Any] = [*row, tuple(lines[row[0]])]
        made.append(PostingRow(*values))
    return made


def _lines(posting_ids: Sequence[int]) -> dict[int, list[LineRow]]:
    found: dict[int, list[LineRow]] = defaultdict(list)
    if posting_ids:
        for row in PostingLine.objects.filter(posting_id__in=posting_ids).order_by("id").values_list(
                "posting_id", *_LINE):
            found[row[0]].append(LineRow(*row[1:]))
    return found


# -- single postings ---------------------------------------------------------------------------------------------


def posting(seller: SellerRef, number: str) -> PostingCard:
    """Everything about one posting. Raises PostingNotFound, also for another shop's."""
    found = cards(seller, [number])
    if not found:
        raise PostingNotFound(number)
    return found[0]


def cards(seller: SellerRef, numbers: Iterable[str]) -> list[PostingCard]:
    """Everything about these postings, in the order asked; unknown ones are left out. Four queries."""
    wanted = list(dict.fromkeys(numbers))
    found = {row[2]: row for row in
             Posting.objects.filter(seller_id=seller.id, number__in=wanted).values_list(*_CARD)}
    if not found:
        return []
    lines = _lines([row[0] for row in found.values()])
    warehouses = {row.id: row for row in inventory.warehouses(seller)}
    methods = {row.id: row for row in logistics.methods(seller)}
    made = []
    for number in wanted:
        if number not in found:
            continue
        values = dict(zip((name.removeprefix("order__") if name != "order__number" else "order_number"
                           for name in _CARD), found[number], strict=True))
        method, warehouse = methods[values["delivery_method_id"]], warehouses.get(values["warehouse_id"])
        upper, lower = rules.barcodes(values["id"])
        own = tuple(lines[values["id"]])
        made.append(PostingCard(
            **values, available_actions=states.available_actions(values["state"], values["substate"]),
            warehouse_name=warehouse.name if warehouse else "", warehouse_city=warehouse.city if warehouse else "",
            delivery_method_name=method.name, carrier_code=method.carrier_code, carrier_number=method.carrier_number,
            carrier_names=method.carrier_names, upper_barcode=upper, lower_barcode=lower,
            commission_minor=sum(line.commission_minor for line in own), lines=own))
    return made


def numbers_in(seller: SellerRef, numbers: Iterable[str], warehouse_ids: Sequence[int]) -> set[str]:
    """Which of these postings lie in these warehouses. One query."""
    return set(Posting.objects.filter(seller_id=seller.id, number__in=set(numbers), warehouse_id__in=warehouse_ids)
               .values_list("number", flat=True))


def siblings(seller: SellerRef, order_id: int) -> list[str]:
    """Numbers of all postings of an order, oldest first."""
    return list(Posting.objects.filter(seller_id=seller.id, order_id=order_id).order_by("id").values_list(
        "number", flat=True))


def cancel_reasons(at: datetime) -> list[CancelReason]:
    """The catalogue of reasons in force at a moment, by id; `available` says whether sellers may use one."""
    return [
        CancelReason(int(key), rule.value["names"], rule.value["kind"], rule.value["available"],
                     rule.value["message"], rule.value["counts"],
                     rule.value.get("after_hand_over", False), rule.id)
        for key, rule in sorted(dated.all_of("orders.cancel_reason", at).items(), key=lambda item: int(item[0]))]


def rule_versions(ids: Iterable[int]) -> dict[int, tuple[datetime, str]]:
    """Since when a version of a dated rule is in force, and where it comes from. One query."""
    rows = DatedRule.objects.filter(pk__in=set(ids)).values_list("id", "valid_from", "source")
    return {id_: (since, source) for id_, since, source in rows}


# -- news --------------------------------------------------------------------------------------------------------


def latest_change(seller: SellerRef) -> int:
    """A number that grows whenever something happens in the shop: cheap to ask for every second."""
    row = fetch_one("SELECT MAX(id) FROM core_activity WHERE seller_id = %s", [seller.id])
    return int(row[0] or 0) if row else 0


def latest_change_of(seller: SellerRef, number: str) -> str:
    """A word that changes whenever something happens to one posting or its parcel. One query over an index."""
    row = fetch_one(
        """SELECT (SELECT MAX(id) FROM core_activity WHERE seller_id = %s AND target_type = 'posting'
                       AND target_id = %s),
                  (SELECT MAX(id) FROM core_activity WHERE seller_id = %s AND target_type = 'parcel'
                       AND target_id = (SELECT tracking_number FROM orders_posting WHERE number = %s))""",
        [seller.id, number, seller.id, number])
    return "-".join(str(value or 0) for value in row) if row else ""


def changed_since(seller: SellerRef, after_id: int, limit: int = 1000) -> list[tuple[int, str]]:
    """(activity id, posting number) of what happened to postings after an activity id, oldest first. One query."""
    return list(Activity.objects.filter(seller_id=seller.id, id__gt=after_id, event__in=events.CHANGES)
                .order_by("id").values_list("id", "target_id")[:limit])


# -- figures -----------------------------------------------------------------------------------------------------


def day_series(seller: SellerRef, start: datetime, end: datetime, time_zone: str) -> list[DayRow]:
    """Orders by local day of `time_zone`, for every day from `start`'s to `end`'s, also the empty ones. One query.

    Days have their real length where clocks change.
    """
    zone = ZoneInfo(time_zone)
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    days = [first + timedelta(days=index) for index in range((last - first).days + 1)]
    bounds = [datetime.combine(day, time(), zone) for day in [*days, last + timedelta(days=1)]]
    rows = {
        row[0]: row[1:] for row in fetch_all(
            f"""SELECT v.day, COUNT(p.id), SUM(CASE WHEN p.state <> 'cancelled' THEN p.units ELSE 0 END),
                    SUM(CASE WHEN p.state <> 'cancelled' THEN p.amount_minor ELSE 0 END),
                    SUM(CASE WHEN p.state = 'cancelled' THEN 1 ELSE 0 END)
                FROM {json_rows("v", day="int", low="time", high="time")}
                CROSS JOIN orders_posting p
                WHERE p.seller_id = %s AND p.in_process_at >= v.low AND p.in_process_at < v.high GROUP BY v.day""",
            [json_param([[index, bounds[index], bounds[index + 1]] for index in range(len(days))]), seller.id])}
    return [DayRow(day, *(int(value) for value in rows.get(index, (0, 0, 0, 0)))) for index, day in enumerate(days)]


def between(seller: SellerRef, start: datetime, end: datetime) -> DayRow:
    """The same figures for any stretch of time, `end` exclusive, dated by its start. One query."""
    row = fetch_one(
        """SELECT COUNT(*), SUM(CASE WHEN state <> 'cancelled' THEN units ELSE 0 END),
               SUM(CASE WHEN state <> 'cancelled' THEN amount_minor ELSE 0 END),
               SUM(CASE WHEN state = 'cancelled' THEN 1 ELSE 0 END)
           FROM orders_posting WHERE seller_id = %s AND in_process_at >= %s AND in_process_at < %s""",
        [seller.id, db_time(start), db_time(end)])
    return DayRow(start.date(), *(int(value or 0) for value in row or (0, 0, 0, 0)))


def sold(seller: SellerRef, start: datetime, end: datetime) -> list[SoldRow]:
    """What was ordered of each product and not cancelled, the most units first. One query."""
    return [SoldRow(*(int(value) for value in row)) for row in fetch_all(
        """SELECT l.product_id, SUM(l.quantity), SUM(l.price_minor * l.quantity)
           FROM orders_posting p JOIN orders_postingline l ON l.posting_id = p.id
           WHERE p.seller_id = %s AND p.in_process_at >= %s AND p.in_process_at < %s AND p.state <> 'cancelled'
           GROUP BY l.product_id ORDER BY 2 DESC, 3 DESC, 1""", [seller.id, db_time(start), db_time(end)])]


def today(seller: SellerRef, now: datetime) -> DayRow:
    """The current day of the shop's own time zone. One query."""
    return day_series(seller, now, now, seller.time_zone)[0]


def due(seller: SellerRef, now: datetime) -> Due:
    """What waits for the seller. `due_today` ends with the shop's local day. One query."""
    zone = ZoneInfo(seller.time_zone)
    tonight = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
    row = fetch_one(
        """SELECT SUM(CASE WHEN state = 'awaiting_packaging' THEN 1 ELSE 0 END),
               SUM(CASE WHEN state = 'awaiting_deliver' AND substate <> 'posting_in_carriage' THEN 1 ELSE 0 END),
               SUM(CASE WHEN ship_by < %s THEN 1 ELSE 0 END),
               SUM(CASE WHEN ship_by >= %s AND ship_by < %s THEN 1 ELSE 0 END)
           FROM orders_posting WHERE seller_id = %s AND state IN ('awaiting_packaging', 'awaiting_deliver')
               AND substate <> 'posting_in_carriage'""",
        [db_time(now), db_time(now), db_time(tonight), seller.id])
    return Due(*(int(value or 0) for value in row)) if row else Due(0, 0, 0, 0)


def to_pack_count(seller: SellerRef, warehouse_ids: Sequence[int] = ()) -> int:
    """How many postings wait for packing, for the menu; in these warehouses where some are named. One query."""
    rows = Posting.objects.filter(seller_id=seller.id, state=states.AWAITING_PACKAGING)
    return (rows.filter(warehouse_id__in=warehouse_ids) if warehouse_ids else rows).count()


def work_list(state: str, substate: str, before: datetime, limit: int = 500,
              after_id: int = 0) -> list[WorkItem]:
    """Open postings of all shops that came into this place before a moment, oldest first: couriers' work. One query."""
    rows = Posting.objects.filter(state=state, substate=substate, changed_at__lt=before, id__gt=after_id)
    return [WorkItem(*row) for row in rows.order_by("id").values_list(
        "seller_id", "number", "tracking_number", "state", "substate", "city", "in_process_at", "ship_by",
        "changed_at")[:limit]]


# -- for operators -----------------------------------------------------------------------------------------------


def market_page(*, search: str = "", state: str = "", seller_id: int = 0, cursor: str | None = None,
                limit: int = 50) -> Page[MarketPosting]:
    """Postings of all shops (or of one), newest first. One query. Raises Invalid `cursor_invalid`."""
    rows = Posting.objects.filter(**{key: value for key, value in (("state", state), ("seller_id", seller_id))
                                     if value})
    for word in rules.fold(search[:200]).split():
        rows = rows.filter(search_text__contains=word)
    backwards = False
    if cursor:
        last_id, backwards = cursor_decode(cursor, 2)
        if not isinstance(last_id, int):
            raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]})
        rows = rows.filter(id__gt=last_id) if backwards else rows.filter(id__lt=last_id)
    found = [MarketPosting(*row) for row in rows.order_by("id" if backwards else "-id").values_list(
        "id", "seller_id", "number", "state", "city", "currency", "units", "amount_minor", "in_process_at",
        "ship_by")[:limit + 1]]
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    if not found:
        return Page([])
    return Page(found, cursor_encode(found[-1].id, False) if more or backwards else "",
                cursor_encode(found[0].id, True) if (more if backwards else bool(cursor)) else "")


def market_figures(now: datetime) -> MarketFigures:
    """What all shops together sold within a day, and what they owe. Two queries."""
    ordered = Posting.objects.filter(in_process_at__gte=now - timedelta(days=1), in_process_at__lte=now).count()
    row = fetch_one(
        """SELECT COUNT(*), SUM(CASE WHEN ship_by < %s THEN 1 ELSE 0 END) FROM orders_posting
           WHERE state IN ('awaiting_packaging', 'awaiting_deliver')""", [db_time(now)]) or (0, 0)
    return MarketFigures(ordered, int(row[0]), int(row[1] or 0))
