"""Reading orders. Each function needs a fixed number of queries, whatever the size of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import pgettext_lazy

from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.db import (
    cursor_decode,
    cursor_encode,
    db_time,
    fetch_all,
    fetch_one,
    json_param,
    json_rows,
    of_shop,
    placeholders,
    utc,
)
from sellerdesk.core.errors import Invalid
from sellerdesk.core.models import Activity
from sellerdesk.core.types import Page
from sellerdesk.inventory import queries as inventory
from sellerdesk.logistics import queries as logistics
from sellerdesk.orders import events, rules, states
from sellerdesk.orders.errors import PostingNotFound
from sellerdesk.orders.models import Posting, PostingLine
from sellerdesk.orders.queries.counting import SHOPS_TABS as SHOPS_TABS
from sellerdesk.orders.queries.counting import counts as counts
from sellerdesk.orders.queries.counting import counts_by_warehouse as counts_by_warehouse
from sellerdesk.orders.queries.counting import to_pack_count as to_pack_count
from sellerdesk.orders.queries.counting import to_pack_tally as to_pack_tally
from sellerdesk.orders.queries.counting import urgent as urgent
from sellerdesk.orders.queries.delivered import delivered_units as delivered_units
from sellerdesk.orders.queries.expected import expected as expected
from sellerdesk.orders.queries.expected import origins as origins
from sellerdesk.orders.queries.exporting import every_posting as every_posting
from sellerdesk.orders.queries.inbox import batches as batches
from sellerdesk.orders.queries.inbox import cancel_requests_due as cancel_requests_due
from sellerdesk.orders.queries.inbox import missing as missing
from sellerdesk.orders.queries.listing import SORTS as SORTS
from sellerdesk.orders.queries.listing import count as count
from sellerdesk.orders.queries.listing import count_up_to as count_up_to
from sellerdesk.orders.queries.listing import lines_of
from sellerdesk.orders.queries.listing import postings_offset as postings_offset
from sellerdesk.orders.queries.listing import postings_page as postings_page
from sellerdesk.orders.queries.requests import cancel_request as cancel_request
from sellerdesk.orders.queries.requests import cancel_request_counts as cancel_request_counts
from sellerdesk.orders.queries.requests import cancel_requests_after as cancel_requests_after
from sellerdesk.orders.queries.requests import cancel_requests_count as cancel_requests_count
from sellerdesk.orders.queries.requests import cancel_requests_page as cancel_requests_page
from sellerdesk.orders.queries.requests import cancel_requests_waiting as cancel_requests_waiting
from sellerdesk.orders.queries.requests import open_cancel_request as open_cancel_request
from sellerdesk.orders.queries.scanning import scan_work
from sellerdesk.orders.queries.searching import corrected as corrected
from sellerdesk.orders.queries.units import countries, lacking, packing, packings, requirements
from sellerdesk.orders.types import (
    MOST_SLOT_CHANGES,
    BuyerView,
    CancelPreview,
    CancelReason,
    DayRow,
    Due,
    Facts,
    MarketFigures,
    MarketPosting,
    PostingCard,
    SlotBounds,
    StockChoice,
    WorkItem,
)
from sellerdesk.sellers.types import OpenEnd, SellerRef

__all__ = ["countries", "lacking", "packing", "packings", "requirements", "scan_work"]
_CARD = ("id", "seller_id", "number", "parent_number", "order_id", "order__number", "scheme", "integration", "state",
         "substate", "previous_substate", "version", "order__buyer_name", "order__buyer_phone", "city",
         "order__country", "order__region", "order__address", "warehouse_id", "delivery_method_id", "tracking_number",
         "currency", "units", "weight_g", "amount_minor", "logistics_minor", "logistics_rule_id", "in_process_at",
         "ship_by", "deliver_from", "deliver_by", "slot_changes", "cutoff_at", "failure", "packed_at",
         "handed_over_at", "delivered_at", "cancelled_at", "changed_at", "cancel_reason_id", "cancel_message",
         "cancelled_by", "cancelled_after_ship", "open_needs", "box_count", "over_limits",
         "order__latin_name", "order__latin_address", "order__company_name",
         "order__company_tax_number", "order__company_tax_reason", "order__company_address")


# -- lists -------------------------------------------------------------------------------------------------------


def ordered(seller: SellerRef, product_ids: Sequence[int]) -> set[int]:
    """Which of the products somebody has ordered, whatever became of it. One query."""
    return set(PostingLine.objects.filter(seller_id=seller.id, product_id__in=list(product_ids)).values_list(
        "product_id", flat=True).distinct())


def last_sales(seller_ids: Sequence[int]) -> dict[int, datetime]:
    """When each of these shops was ordered from last; shops that never were are left out.

    One query that reads one entry of the index for each shop, however many orders it ever had.
    """
    rows = fetch_all(
        "SELECT v.id, (SELECT p.in_process_at FROM orders_posting p WHERE p.seller_id = v.id"
        f" ORDER BY p.in_process_at DESC, p.id DESC LIMIT 1) FROM {json_rows('v', id='int')}",
        [json_param([[id_] for id_ in seller_ids])])
    return {seller_id: moment for seller_id, last in rows if (moment := utc(last))}


def open_end(seller: SellerRef) -> OpenEnd | None:
    """Orders that keep a shop from closing: not delivered and not cancelled. One query."""
    open_count = Posting.objects.filter(seller_id=seller.id).exclude(state__in=states.FINAL).count()
    return OpenEnd("orders", pgettext_lazy("closing", "Orders not delivered yet"), "orders:postings", "tab=all",
                   count=open_count) if open_count else None


# -- single postings ---------------------------------------------------------------------------------------------


def posting(seller: SellerRef, number: str) -> PostingCard:
    """Everything about one posting. Raises PostingNotFound, also for another shop's."""
    found = cards(seller, [number])
    if not found:
        raise PostingNotFound(number)
    return found[0]


def cards(seller: SellerRef, numbers: Iterable[str]) -> list[PostingCard]:
    """Everything about these postings, in the order asked; unknown ones are left out. Four queries, and one
    more where the marketplace ships some of them."""
    wanted = list(dict.fromkeys(numbers))
    found = {row[2]: row for row in
             Posting.objects.filter(of_shop(seller.id), number__in=wanted).values_list(*_CARD)}
    if not found:
        return []
    lines = lines_of([row[0] for row in found.values()])
    warehouses = {row.id: row for row in inventory.warehouses(seller)}
    fbo = any(row[_CARD.index("scheme")] == "fbo" for row in found.values())
    if fbo:
        warehouses |= {row.id: row for row in inventory.platform_warehouses()}
    methods = {row.id: row for row in logistics.methods(seller, platform=fbo)}
    made = []
    for number in wanted:
        if number not in found:
            continue
        values = dict(zip((name.removeprefix("order__") if name != "order__number" else "order_number"
                           for name in _CARD), found[number], strict=True))
        method, warehouse = methods[values["delivery_method_id"]], warehouses.get(values["warehouse_id"])
        upper, lower = rules.barcodes(values["id"])
        own = tuple(lines[values["id"]])
        facts = _facts(values, express=warehouse is not None and warehouse.kind == "express")
        made.append(PostingCard(
            **values, available_actions=states.available_actions(facts), api_actions=tuple(states.api_actions(facts)),
            warehouse_name=warehouse.name if warehouse else "", warehouse_city=warehouse.city if warehouse else "",
            warehouse_country=warehouse.country if warehouse else "",
            delivery_method_name=method.name, carrier_code=method.carrier_code, carrier_number=method.carrier_number,
            carrier_names=method.carrier_names, upper_barcode=upper, lower_barcode=lower,
            commission_minor=sum(line.commission_minor for line in own), lines=own))
    return made


def _facts(values: dict[str, Any], *, express: bool) -> Facts:
    return Facts(
        values["state"], values["substate"], values["scheme"], values["integration"], values["previous_substate"],
        tracking=bool(values["tracking_number"]), slots_left=max(0, MOST_SLOT_CHANGES - values["slot_changes"]),
        express=express, requirements_open=values["open_needs"] > 0)


def numbers_in(seller: SellerRef, numbers: Iterable[str], warehouse_ids: Sequence[int]) -> set[str]:
    """Which of these postings are the shop's and lie in these warehouses, none meaning all. One query."""
    rows = Posting.objects.filter(of_shop(seller.id), number__in=set(numbers))
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=warehouse_ids)
    return set(rows.values_list("number", flat=True))


def common_warehouse(seller: SellerRef, numbers: Iterable[str]) -> int:
    """The warehouse all these postings leave from; 0 where there are several, or none. One query."""
    found = set(Posting.objects.filter(of_shop(seller.id), number__in=set(numbers)).values_list(
        "warehouse_id", flat=True).distinct()[:2])
    return found.pop() if len(found) == 1 else 0


def folded(*texts: str) -> str:
    """Text as postings are searched by, so that others' papers are found alike. No query."""
    return rules.fold(*texts)


def buyer(card: PostingCard, now: datetime, *, whole: bool = False) -> BuyerView:
    """What may be shown of a posting's buyer at `now`, the telephone masked unless `whole`. No query beyond rules.

    Some days after the delivery or the cancellation (dated rule orders.buyer_data) nothing is shown any more.
    """
    hidden = buyer_hidden_since(card.delivered_at, card.cancelled_at, now)
    if hidden:
        return BuyerView("", "", "", hidden)
    return BuyerView(card.buyer_name, card.buyer_phone if whole else rules.masked_phone(card.buyer_phone), card.address)


def buyer_hidden_since(delivered_at: datetime | None, cancelled_at: datetime | None, now: datetime) -> datetime | None:
    """Since when the buyer of an order that ended then is hidden; None for one that is still shown."""
    ended_at = delivered_at or cancelled_at
    if ended_at is None:
        return None
    return rules.hidden_since(ended_at, dated.get("orders.buyer_data", "", ended_at).value["shown_days"], now)


def slot_bounds(card: PostingCard, now: datetime) -> SlotBounds:
    """Where the delivery of a posting may still be moved to. No query."""
    return SlotBounds(now, rules.slot_end(card.in_process_at), max(0, MOST_SLOT_CHANGES - card.slot_changes))


def number_of_barcode(seller: SellerRef, barcode: str) -> str:
    """The posting that carries a barcode, upper or lower. Raises PostingNotFound. One query."""
    text = barcode.strip()
    number = Posting.objects.filter(
        seller_id=seller.id, pk=rules.posting_of_barcode(text)).values_list("number", flat=True).first()
    if number is None:
        raise PostingNotFound(text[:60])
    return str(number)


def siblings(seller: SellerRef, order_id: int) -> list[str]:
    """Numbers of all postings of an order, oldest first."""
    return list(Posting.objects.filter(seller_id=seller.id, order_id=order_id).order_by("id").values_list(
        "number", flat=True))


def ends_of_orders(seller: SellerRef, order_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """How the postings of orders have ended, `delivered` or `cancelled`; orders with an open posting are left out."""
    found: dict[int, set[str]] = {}
    for order_id, state in Posting.objects.filter(seller_id=seller.id, order_id__in=list(order_ids)).values_list(
            "order_id", "state"):
        found.setdefault(order_id, set()).add("cancelled" if state in states.FINAL - {states.DELIVERED} else state)
    return {order_id: frozenset(how) for order_id, how in found.items() if how <= {states.DELIVERED, states.CANCELLED}}


def numbers_of_orders(seller: SellerRef, order_numbers: Iterable[str]) -> list[str]:
    """Numbers of all postings of these orders, oldest first. One query."""
    return list(Posting.objects.filter(seller_id=seller.id, order__number__in=set(order_numbers)).order_by(
        "id").values_list("number", flat=True))


def states_of_order(seller: SellerRef, number: str) -> dict[str, str]:
    """The postings of an order with their states, oldest first; empty for an unknown order. One query."""
    return dict(Posting.objects.filter(seller_id=seller.id, order__number=number).order_by("id").values_list(
        "number", "state"))


def any_open(seller: SellerRef, order_numbers: Iterable[str]) -> bool:
    """Whether any posting of these orders has not come to its end. One query."""
    return Posting.objects.filter(seller_id=seller.id, order__number__in=set(order_numbers)).exclude(
        state__in=states.FINAL).exists()


def cancel_reasons(at: datetime) -> list[CancelReason]:
    """The catalogue of reasons in force at a moment, by id; `available` says whether sellers may use one."""
    return [
        CancelReason(int(key), rule.value["names"], rule.value["kind"], rule.value["available"],
                     rule.value["message"], rule.value["counts"],
                     rule.value.get("after_hand_over", False), rule.id, rule.value.get("stock", "shelf"))
        for key, rule in sorted(dated.all_of("orders.cancel_reason", at).items(), key=lambda item: int(item[0]))]


def usable_reasons(card: PostingCard, at: datetime) -> list[CancelReason]:
    """The reasons for which the seller may end this posting where it is now."""
    return [one for one in cancel_reasons(at) if rules.seller_may_use(one, card.place, card.previous_substate)]


def cancel_preview(card: PostingCard, *, items: Sequence[tuple[int, int]], reason_id: int, stock: StockChoice,
                   at: datetime) -> CancelPreview:
    """What cancelling (SKU, units) of a posting would do. No query but for the catalogue of reasons.

    Raises UnknownProduct, IncorrectQuantity.
    """
    kept, taken = rules.keep_and_take(card.lines, items)
    lines = {line.sku: line for line in card.lines}
    units = dict(taken)
    commission = sum(
        rules.split_commission(line, [line.quantity - units[sku], units[sku]])[1]
        for sku, line in lines.items() if sku in units)
    reason = next((one for one in cancel_reasons(at) if one.id == reason_id), None)
    away = states.left_the_shop(card.place, card.previous_substate)
    return CancelPreview(
        card.number, sum(units.values()), sum(quantity for _, quantity in kept),
        sum(lines[sku].price_minor * quantity for sku, quantity in taken), commission, card.currency,
        "coming_back" if away else stock, bool(reason and reason.counts_in_rating), tuple(kept))


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


def last_changes(seller: SellerRef, numbers: Iterable[str]) -> dict[str, tuple[str, datetime]]:
    """Who last changed each posting and when; nobody's name for carriers, buyers and the marketplace. One query."""
    rows = Activity.objects.filter(
        seller_id=seller.id, target_type="posting", target_id__in=set(numbers), event__in=events.CHANGES)
    return {number: (label if kind in ("user", "operator", "key") else "", at)
            for number, kind, label, at in rows.order_by("id").values_list(
                "target_id", "actor_kind", "actor_label", "at")}


# -- figures -----------------------------------------------------------------------------------------------------


def _places(warehouse_ids: Sequence[int], table: str = "") -> str:
    return f" AND {table}warehouse_id IN ({placeholders(warehouse_ids)})" if warehouse_ids else ""


def between(seller: SellerRef, start: datetime, end: datetime, warehouse_ids: Sequence[int] = ()) -> DayRow:
    """What was ordered in any stretch of time, `end` exclusive, dated by its start. One query.

    Figures are of these warehouses only, where some are named.
    """
    row = fetch_one(
        f"""SELECT COUNT(*), SUM(CASE WHEN state <> 'cancelled' THEN units ELSE 0 END),
               SUM(CASE WHEN state <> 'cancelled' THEN amount_minor ELSE 0 END),
               SUM(CASE WHEN state = 'cancelled' THEN 1 ELSE 0 END)
           FROM orders_posting WHERE seller_id = %s{_places(warehouse_ids)}
               AND in_process_at >= %s AND in_process_at < %s""",
        [seller.id, *warehouse_ids, db_time(start), db_time(end)])
    return DayRow(start.date(), *(int(value or 0) for value in row or (0, 0, 0, 0)))


def units_sold(seller: SellerRef, product_ids: Iterable[int], start: datetime, end: datetime) -> dict[int, int]:
    """Units of these products ordered between two moments and not cancelled; what did not sell is left out. One query,
    none without products."""
    ids = list(product_ids)
    if not ids:
        return {}
    return {int(id_): int(units) for id_, units in fetch_all(
        f"""SELECT l.product_id, SUM(l.quantity) FROM {json_rows("v", id="int")}
           JOIN orders_postingline l ON l.product_id = v.id AND l.seller_id = %s
           JOIN orders_posting p ON p.id = l.posting_id
           WHERE p.in_process_at >= %s AND p.in_process_at < %s AND p.state <> 'cancelled' GROUP BY l.product_id""",
        [json_param([[id_] for id_ in ids]), seller.id, db_time(start), db_time(end)])}


def today(seller: SellerRef, now: datetime) -> DayRow:
    """The current day of the shop's own time zone. One query."""
    zone = ZoneInfo(seller.time_zone)
    day = now.astimezone(zone).date()
    return between(seller, datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone))


def due(seller: SellerRef, now: datetime, warehouse_ids: Sequence[int] = ()) -> Due:
    """What waits for the seller: what the marketplace ships does not. `due_today` ends with the shop's local day.

    One query.
    """
    zone = ZoneInfo(seller.time_zone)
    tonight = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
    row = fetch_one(
        f"""SELECT SUM(CASE WHEN state = 'awaiting_packaging' THEN 1 ELSE 0 END),
               SUM(CASE WHEN state = 'awaiting_deliver' AND substate <> 'posting_in_carriage' THEN 1 ELSE 0 END),
               SUM(CASE WHEN ship_by < %s THEN 1 ELSE 0 END),
               SUM(CASE WHEN ship_by >= %s AND ship_by < %s THEN 1 ELSE 0 END)
           FROM orders_posting WHERE seller_id = %s{_places(warehouse_ids)}
               AND state IN ('awaiting_packaging', 'awaiting_deliver')
               AND substate <> 'posting_in_carriage' AND scheme <> 'fbo'""",
        [db_time(now), db_time(now), db_time(tonight), seller.id, *warehouse_ids])
    return Due(*(int(value or 0) for value in row)) if row else Due(0, 0, 0, 0)


def work_list(state: str, substate: str, before: datetime, limit: int = 500,
              after_id: int = 0) -> list[WorkItem]:
    """Open postings of all shops that came into this place before a moment, oldest first: couriers' work. One query."""
    rows = Posting.objects.filter(clock.shops(), state=state, substate=substate, changed_at__lt=before, id__gt=after_id)
    return [WorkItem(*row) for row in rows.order_by("id").values_list(
        "seller_id", "number", "tracking_number", "state", "substate", "city", "in_process_at", "ship_by",
        "changed_at")[:limit]]


# -- for operators -----------------------------------------------------------------------------------------------


def market_page(*, search: str = "", state: str = "", seller_id: int = 0, cursor: str | None = None,
                limit: int = 50) -> Page[MarketPosting]:
    """Postings of all shops (or of one), newest first. One query. Raises Invalid `cursor_invalid`."""
    rows = Posting.objects.filter(clock.shops(), **{
        key: value for key, value in (("state", state), ("seller_id", seller_id)) if value})
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
    ordered = Posting.objects.filter(
        clock.shops(), in_process_at__gte=now - timedelta(days=1), in_process_at__lte=now).count()
    row = fetch_one(
        f"""SELECT COUNT(*), SUM(CASE WHEN ship_by < %s THEN 1 ELSE 0 END) FROM orders_posting
           WHERE {clock.shops_sql('seller_id')} AND state IN ('awaiting_packaging', 'awaiting_deliver')
               AND scheme <> 'fbo'""", [db_time(now)]) or (0, 0)
    return MarketFigures(ordered, int(row[0]), int(row[1] or 0))
