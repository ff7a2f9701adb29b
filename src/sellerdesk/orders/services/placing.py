"""Taking orders: everything that depends on today's rules is quoted and frozen here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import activity, ids
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, fetch_all, json_param, json_rows
from sellerdesk.finance import services as finance
from sellerdesk.finance.types import Commission
from sellerdesk.inventory import queries as stock_queries
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockLine, WarehouseRow
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import Quote, QuoteRequest
from sellerdesk.orders import events, rules, states
from sellerdesk.orders.types import OrderRequest, Placed, Refusal
from sellerdesk.pricing import queries as pricing
from sellerdesk.pricing.types import PriceRow
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

ON_SALE = "price_sent"


@dataclass(slots=True)
class _Draft:
    """One order on its way into the tables."""

    request: OrderRequest
    lines: list[tuple[ProductRef, PriceRow, int]]
    warehouse: WarehouseRow
    quote: Quote
    commissions: list[Commission]
    order_id: int = 0
    number: str = ""

    @property
    def posting_number(self) -> str:
        return f"{self.number}-1"

    @property
    def units(self) -> int:
        return sum(quantity for _, _, quantity in self.lines)

    @property
    def amount_minor(self) -> int:
        return sum(price.price_minor * quantity for _, price, quantity in self.lines)

    @property
    def weight_g(self) -> int:
        return sum(ref.weight_g * quantity for ref, _, quantity in self.lines)

    @property
    def ship_by(self) -> datetime:
        place = self.warehouse
        return rules.ship_by(self.request.at, place.time_zone, place.cut_off, place.preparation_hours)

    @property
    def search_text(self) -> str:
        return rules.fold(self.posting_number, self.request.buyer_name,
                          *(f"{ref.offer_id} {ref.sku} {ref.name}" for ref, _, _ in self.lines))


def place_orders(*, seller: SellerRef, orders: Sequence[OrderRequest], actor: Actor) -> list[Placed | Refusal]:
    """Take buyers' orders, one posting each, in the order asked.

    Prices, commission and logistics are those in force at each order's `at` and are kept with it. Stock is reserved
    in the first warehouse that has every unit; an order that finds none is refused and leaves nothing behind, and so is
    every order of a shop that may not sell. A fixed number of statements for any number of orders.
    """
    # Asked anew: who calls may have read the shop before it was suspended.
    if not sellers.seller_ref(seller.id).may_sell:
        return [Refusal("shop_closed")] * len(orders)
    with atomic():
        answers: list[Placed | Refusal] = [Refusal("empty")] * len(orders)
        drafts: dict[int, _Draft] = _drafts(seller, orders, answers)
        _number(seller, list(drafts.values()))
        held = inventory.reserve(seller=seller, lines=[
            StockLine(ref.id, draft.warehouse.id, quantity, draft.posting_number, draft.request.at)
            for draft in drafts.values() for ref, _, quantity in draft.lines]) if drafts else []
        taken: dict[str, bool] = {}
        references = [draft.posting_number for draft in drafts.values() for _ in draft.lines]
        for reference, ok in zip(references, held, strict=True):
            taken[reference] = ok and taken.get(reference, True)
        placed = [draft for draft in drafts.values() if taken[draft.posting_number]]
        _insert(seller, placed)
        activity.record_many(_entries(seller, placed, actor))
        for index, draft in drafts.items():
            answers[index] = (Placed(draft.number, draft.posting_number) if taken[draft.posting_number]
                              else Refusal("out_of_stock"))
        return answers


def _drafts(seller: SellerRef, orders: Sequence[OrderRequest], answers: list[Placed | Refusal]) -> dict[int, _Draft]:
    """The orders that can be filled, by place in the list; the answers of the others are written into `answers`."""
    wanted = sorted({product for order in orders for product, _ in order.lines})
    warehouses = {row.id: row for row in stock_queries.warehouses(seller) if row.active}
    refs = {ref.id: ref for ref in catalog.refs(seller, product_ids=wanted)} if wanted else {}
    prices = pricing.prices(seller, wanted)
    free: dict[int, dict[int, int]] = defaultdict(dict)
    for product_id, rows in (stock_queries.stocks(seller, wanted) if wanted else {}).items():
        for row in rows:
            free[row.warehouse_id][product_id] = row.present - row.reserved
    chosen: dict[int, tuple[WarehouseRow, list[tuple[ProductRef, PriceRow, int]]]] = {}
    for index, order in enumerate(orders):
        units = _merged(order.lines)
        if not units:
            continue
        if any(product not in refs or product not in prices or refs[product].archived
               or refs[product].status != ON_SALE for product in units):
            answers[index] = Refusal("not_on_sale")
            continue
        warehouse_id = rules.choose_warehouse(list(units.items()), free, list(warehouses))
        if warehouse_id is None:
            answers[index] = Refusal("out_of_stock" if warehouses else "no_warehouse")
            continue
        for product, quantity in units.items():
            free[warehouse_id][product] -= quantity
        chosen[index] = (warehouses[warehouse_id],
                         [(refs[product], prices[product], quantity) for product, quantity in units.items()])
    quotes = logistics.quote_many(seller=seller, requests=[
        QuoteRequest(warehouse.id, sum(ref.weight_g * quantity for ref, _, quantity in lines), orders[index].city,
                     orders[index].at) for index, (warehouse, lines) in chosen.items()])
    drafts: dict[int, _Draft] = {}
    for (index, (warehouse, lines)), quote in zip(chosen.items(), quotes, strict=True):
        if quote is None:
            answers[index] = Refusal("not_deliverable")
            continue
        drafts[index] = _Draft(orders[index], lines, warehouse, quote, [])
    _commissions(seller, list(drafts.values()))
    return drafts


def _merged(lines: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Units by product; the same product twice is one line."""
    units: dict[int, int] = {}
    for product, quantity in lines:
        if quantity > 0:
            units[product] = units.get(product, 0) + quantity
    return units


def _commissions(seller: SellerRef, drafts: list[_Draft]) -> None:
    """Ask finance for every line at once, moment by moment: rules may change between two orders of a batch."""
    by_moment: dict[datetime, list[_Draft]] = defaultdict(list)
    for draft in drafts:
        by_moment[draft.request.at].append(draft)
    for at, group in by_moment.items():
        quoted = iter(finance.quote_commission(seller=seller, at=at, lines=[
            (ref.type_id, ref.category_id, price.price_minor, quantity)
            for draft in group for ref, price, quantity in draft.lines]))
        for draft in group:
            draft.commissions = [next(quoted) for _ in draft.lines]


def _number(seller: SellerRef, drafts: list[_Draft]) -> None:
    for draft, order_id in zip(drafts, ids.allocate("orders.order", len(drafts), seller.id) if drafts else (),
                               strict=True):
        draft.order_id, draft.number = order_id, rules.order_number(order_id)


def _insert(seller: SellerRef, drafts: list[_Draft]) -> None:
    if not drafts:
        return
    execute(
        f"""INSERT INTO orders_order (id, seller_id, number, buyer_name, buyer_phone, city, region, address, created_at)
            SELECT v.id, %s, v.number, v.name, v.phone, v.city, v.region, v.address, v.at
            FROM {json_rows("v", id="int", number="text", name="text", phone="text", city="text", region="text",
                            address="text", at="time")}""",
        [seller.id, json_param([
            (d.order_id, d.number, d.request.buyer_name, d.request.buyer_phone, d.request.city, d.request.region,
             d.request.address, d.request.at) for d in drafts])])
    posting_ids = dict(fetch_all(
        f"""INSERT INTO orders_posting (seller_id, order_id, number, parent_number, scheme, state, substate,
                previous_substate, changed_at, warehouse_id, delivery_method_id, tracking_number, currency, units,
                weight_g, amount_minor, city, in_process_at, ship_by, deliver_by, cancel_message, cancelled_by,
                cancelled_after_ship, logistics_minor, logistics_rule_id, version, search_text)
            SELECT %s, v.order_id, v.number, '', 'fbs', %s, %s, '', v.at, v.warehouse, v.method, '', %s, v.units,
                v.weight, v.amount, v.city, v.at, v.ship_by, v.deliver_by, '', '', FALSE, v.freight, v.freight_rule, 1,
                v.search
            FROM {json_rows("v", order_id="int", number="text", at="time", warehouse="int", method="int", units="int",
                            weight="int", amount="int", city="text", ship_by="time", deliver_by="time", freight="int",
                            freight_rule="int", search="text")}
            WHERE TRUE RETURNING number, id""",
        [seller.id, *states.CREATED, seller.currency, json_param([
            (d.order_id, d.posting_number, d.request.at, d.warehouse.id, d.quote.method_id, d.units, d.weight_g,
             d.amount_minor, d.request.city, d.ship_by, d.ship_by + timedelta(days=d.quote.days), d.quote.amount_minor,
             d.quote.rule_id, d.search_text) for d in drafts])]))
    execute(
        f"""INSERT INTO orders_postingline (posting_id, seller_id, product_id, sku, offer_id, name, quantity, weight_g,
                price_minor, old_price_minor, commission_minor, commission_bp, commission_rule_id)
            SELECT v.posting, %s, v.product, v.sku, v.offer, v.name, v.quantity, v.weight, v.price, v.old_price,
                v.commission, v.bp, v.rule
            FROM {json_rows("v", posting="int", product="int", sku="int", offer="text", name="text", quantity="int",
                            weight="int", price="int", old_price="int", commission="int", bp="int", rule="int")}""",
        [seller.id, json_param([
            (posting_ids[d.posting_number], ref.id, ref.sku, ref.offer_id, ref.name, quantity, ref.weight_g,
             price.price_minor, price.old_price_minor, commission.amount_minor, commission.bp, commission.rule_id)
            for d in drafts
            for (ref, price, quantity), commission in zip(d.lines, d.commissions, strict=True)])])


def _entries(seller: SellerRef, drafts: list[_Draft], actor: Actor) -> list[Entry]:
    return [
        Entry(events.POSTING_CREATED, d.request.at, actor, seller.id, "posting", d.posting_number, d.posting_number,
              data={"order_number": d.number, "order_id": d.order_id, "units": d.units,
                    "amount_minor": d.amount_minor, "currency": seller.currency, "warehouse_id": d.warehouse.id,
                    "city": d.request.city, "ship_by": d.ship_by.isoformat(),
                    "products": [[ref.id, ref.sku, quantity] for ref, _, quantity in d.lines]})
        for d in drafts
    ]
