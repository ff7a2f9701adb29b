"""Taking orders: everything that depends on today's rules is quoted and frozen here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import activity, faults, ids
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, fetch_all, json_param, json_rows
from sellerdesk.finance import queries as money
from sellerdesk.finance import services as finance
from sellerdesk.finance.types import Commission
from sellerdesk.inventory import queries as stock_queries
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockLine, WarehouseRow
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import Quote, QuoteRequest
from sellerdesk.orders import events, rules, states
from sellerdesk.orders.packing import needs as needs_of
from sellerdesk.orders.queries import terms
from sellerdesk.orders.services import carrying, declaring, limits, promoting, wanting
from sellerdesk.orders.types import CarriedLine, OrderRequest, OverLimits, Placed, Refusal
from sellerdesk.pricing import queries as pricing
from sellerdesk.pricing.types import PriceRow
from sellerdesk.promotions.queries import Quoter
from sellerdesk.promotions.types import BuyerPrice
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
    # What packing asks of each line, and the countries of origin that the cards tell.
    needs: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    open_needs: int = 0
    # How promotions made the price of each line.
    paid: list[BuyerPrice] = field(default_factory=list)
    # What customs are told of each line where it is not the price.
    declared: list[declaring.Declared] = field(default_factory=list)
    over: OverLimits | None = None
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
        return rules.ship_by(self.request.at, place.time_zone, place.cut_off, place.preparation_hours,
                             place.working_days, place.holidays)

    @property
    def search_text(self) -> str:
        company = self.request.company
        return rules.fold(self.posting_number, self.request.buyer_name,
                          *((company.name, company.tax_number) if company else ()),
                          *(f"{ref.offer_id} {ref.sku} {ref.name}" for ref, _, _ in self.lines))


def place_orders(*, seller: SellerRef, orders: Sequence[OrderRequest], actor: Actor) -> list[Placed | Refusal]:
    """Take buyers' orders, one posting each, in the order asked.

    Prices, commission and logistics are those in force at each order's `at` and are kept with it. Stock is reserved
    where the marketplace has every unit, nearest to the buyer first, else in the shop's first warehouse that has; an
    order that finds none is refused and leaves nothing behind, and so is
    every order of a shop that may not sell, or whose error index stops new orders. A fixed number of statements for any
    number of orders.
    """
    # Asked anew: who calls may have read the shop before it was suspended.
    if not sellers.seller_ref(seller.id).may_sell:
        return [Refusal("shop_closed")] * len(orders)
    # The errors of a shop that ships badly do not touch what the marketplace ships.
    blocked = bool(orders) and terms.takes_no_orders(seller, max(order.at for order in orders))
    with atomic():
        offers, drafts, answers = _quoted(seller, orders, blocked)
        # Between the look at the shelf and the promise anybody may have been faster; `reserve` looks again.
        faults.point("orders.placing.judged")
        _number(seller, list(drafts.values()))
        held = inventory.reserve(seller=seller, lines=[
            StockLine(ref.id, draft.warehouse.id, quantity, draft.posting_number, draft.request.at)
            for draft in drafts.values() for ref, _, quantity in draft.lines]) if drafts else []
        taken: dict[str, bool] = {}
        references = [draft.posting_number for draft in drafts.values() for _ in draft.lines]
        for reference, ok in zip(references, held, strict=True):
            taken[reference] = ok and taken.get(reference, True)
        placed = [draft for draft in drafts.values() if taken[draft.posting_number]]
        promoting.give_back(seller, offers, [(one.request, one.lines, one.paid) for one in drafts.values()
                                             if not taken[one.posting_number]])
        _insert(seller, placed)
        promoting.note(seller, offers, ((one.request, one.number, one.lines, one.paid) for one in placed))
        activity.record_many(_entries(seller, placed, actor))
        for index, draft in drafts.items():
            answers[index] = (Placed(draft.number, draft.posting_number) if taken[draft.posting_number]
                              else Refusal("out_of_stock"))
        return answers


def _quoted(seller: SellerRef, orders: Sequence[OrderRequest], blocked: bool
            ) -> tuple[Quoter, dict[int, _Draft], list[Placed | Refusal]]:
    """The drafts, at prices whose share of an action is theirs from here on.

    Who finds a share gone between the look at it and the taking asks for prices again, and after that without shares,
    so that a crowd at the last units comes to an end.
    """
    products = sorted({product for order in orders for product, _ in order.lines})
    for shares in (True, True, False):
        answers: list[Placed | Refusal] = [Refusal("empty")] * len(orders)
        offers = promoting.quoter(seller, orders, products)
        if not shares:
            offers.leave_out_shares()
        drafts = _drafts(seller, orders, answers, blocked, offers)
        if promoting.take(seller, offers, [(one.request, one.lines, one.paid) for one in drafts.values()]):
            break
    return offers, drafts, answers


def _drafts(seller: SellerRef, orders: Sequence[OrderRequest], answers: list[Placed | Refusal], blocked: bool,
            offers: Quoter) -> dict[int, _Draft]:
    """The orders that can be filled, by place in the list; the answers of the others are written into `answers`."""
    wanted = sorted({product for order in orders for product, _ in order.lines})
    warehouses = {row.id: row for row in stock_queries.warehouses(seller) if row.active and not blocked}
    refs = {ref.id: ref for ref in catalog.refs(seller, product_ids=wanted)} if wanted else {}
    prices = pricing.prices(seller, wanted)
    free: dict[int, dict[int, int]] = defaultdict(dict)
    with_platform: set[int] = set()
    for product_id, rows in (stock_queries.stocks(seller, wanted, platform=True) if wanted else {}).items():
        for row in rows:
            free[row.warehouse_id][product_id] = row.sellable
            if row.platform and row.sellable:
                with_platform.add(row.warehouse_id)
    fulfilling = {row.id: row for row in stock_queries.platform_warehouses() if row.active} if with_platform else {}
    rooms = limits.rooms(seller, list(warehouses.values()), [order.at for order in orders])
    chosen: dict[int, tuple[WarehouseRow, promoting.Lines]] = {}
    paid: dict[int, list[BuyerPrice]] = {}
    for index, order in enumerate(orders):
        units = _merged(order.lines)
        if not units:
            continue
        if any(product not in refs or product not in prices or refs[product].archived
               or refs[product].status != ON_SALE for product in units):
            answers[index] = Refusal("not_on_sale")
            continue
        taking = [id_ for id_, place in warehouses.items() if rooms.has(place, order.at)]
        # An order that waits for somebody first is packed by the shop: the marketplace takes none of those.
        near = _nearest(order, fulfilling, with_platform) if fulfilling and not order.waits_for else []
        warehouse_id = rules.choose_warehouse(list(units.items()), free, [*near, *taking])
        if warehouse_id is None:
            answers[index] = Refusal("shop_blocked" if blocked else "out_of_stock" if taking else
                                     "warehouses_full" if warehouses else "no_warehouse")
            continue
        place = warehouses.get(warehouse_id) or fulfilling[warehouse_id]
        if warehouse_id in warehouses:
            rooms.take(place, order.at)
        for product, quantity in units.items():
            free[warehouse_id][product] -= quantity
        lines, paid[index] = promoting.priced(offers, order, [
            (refs[product], prices[product], quantity) for product, quantity in units.items()])
        chosen[index] = (place, lines)
    quotes = logistics.quote_many(seller=seller, requests=[
        _parcel(warehouse, lines, orders[index]) for index, (warehouse, lines) in chosen.items()])
    drafts: dict[int, _Draft] = {}
    for (index, (warehouse, lines)), quote in zip(chosen.items(), quotes, strict=True):
        if quote is None:
            answers[index] = Refusal("not_deliverable")
            continue
        drafts[index] = _Draft(orders[index], lines, warehouse, quote, [], paid=paid[index])
    _commissions(seller, list(drafts.values()))
    _needs(seller, list(drafts.values()))
    _customs(seller, list(drafts.values()))
    return drafts


def _nearest(order: OrderRequest, fulfilling: Mapping[int, WarehouseRow], stocked: Iterable[int]) -> list[int]:
    """The marketplace's warehouses that hold something, those of the buyer's part of the country first."""
    own = {row.id for row in stock_queries.clusters(order.at) if order.region in row.regions}
    return sorted((id_ for id_ in stocked if id_ in fulfilling),
                  key=lambda id_: (fulfilling[id_].cluster_id not in own, fulfilling[id_].city != order.city, id_))


def _parcel(warehouse: WarehouseRow, lines: Sequence[tuple[ProductRef, PriceRow, int]],
            order: OrderRequest) -> QuoteRequest:
    """What carriers are asked about: everything in one box."""
    return QuoteRequest(
        warehouse.id, sum(ref.weight_g * quantity for ref, _, quantity in lines), order.city, order.at, order.region,
        logistics.packed_sides((ref.sides_mm, quantity) for ref, _, quantity in lines),
        sum(price.price_minor * quantity for _, price, quantity in lines),
        any(logistics.has_batteries(ref.type_id, order.at) for ref, _, _ in lines), country=order.country,
        goods=tuple((ref.type_id, ref.category_id) for ref, _, _ in lines))


def _merged(lines: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Units by product; the same product twice is one line."""
    units: dict[int, int] = {}
    for product, quantity in lines:
        if quantity > 0:
            units[product] = units.get(product, 0) + quantity
    return units


def _commissions(seller: SellerRef, drafts: list[_Draft]) -> None:
    """Ask finance for every line at once, moment by moment: rules may change between two orders of a batch."""
    by_moment: dict[tuple[datetime, str], list[_Draft]] = defaultdict(list)
    for draft in drafts:
        # Whoever carries the parcel to the buyer, goods in the shop's own warehouse cost what FBS costs.
        by_moment[draft.request.at, "fbo" if draft.quote.scheme == "fbo" else finance.SCHEME].append(draft)
    for (at, scheme), group in by_moment.items():
        quoted = iter(finance.quote_commission(seller=seller, at=at, scheme=scheme, lines=[
            (ref.type_id, ref.category_id, price.price_minor, quantity)
            for draft in group for ref, price, quantity in draft.lines]))
        for draft in group:
            draft.commissions = [next(quoted) for _ in draft.lines]


def _needs(seller: SellerRef, drafts: list[_Draft]) -> None:
    """What packing will ask, by the rules of each order's moment. One query, and only where a country is asked for."""
    for draft in drafts:
        if draft.quote.scheme == "fbo":
            # What the marketplace packs, it has asked about when it took the goods in.
            draft.needs = [((), "") for _ in draft.lines]
            continue
        draft.needs = [(wanting.of_product(seller, ref.type_id, ref.category_id, draft.request.at), "")
                       for ref, _, _ in draft.lines]
    asked = {ref.id for draft in drafts for (ref, _, _), (needs, _) in zip(draft.lines, draft.needs, strict=True)
             if needs_of.COUNTRY in needs}
    told = catalog.origins(seller, asked) if asked else {}
    for draft in drafts:
        draft.needs = [(needs, told.get(ref.id, "") if needs_of.COUNTRY in needs else "")
                       for (ref, _, _), (needs, _) in zip(draft.lines, draft.needs, strict=True)]
        draft.open_needs = sum(
            wanting.open_of_line(needs, country, quantity, draft.request.at)
            for (_, _, quantity), (needs, country) in zip(draft.lines, draft.needs, strict=True) if needs)


def _customs(seller: SellerRef, drafts: list[_Draft]) -> None:
    """What is declared of each line, and whether the carrier takes it all as one parcel. One query for shops abroad,
    and a few where a parcel is too much."""
    values = declaring.of_cards(seller, {ref.id for draft in drafts for ref, _, _ in draft.lines})
    carried = []
    for at, draft in enumerate(drafts):
        draft.declared = [declaring.at(values.get(ref.id), seller.currency, draft.request.at)
                          for ref, _, _ in draft.lines]
        if draft.quote.scheme == "fbo":
            # The marketplace packs those, and into as many parcels as it likes.
            continue
        carried.append(carrying.Carried(
            str(at), draft.quote.tariff, draft.quote.method_id, draft.warehouse.id,
            draft.quote.integration, draft.request.at,
            draft.request.city, tuple(
                CarriedLine(ref.id, ref.sku, quantity, ref.weight_g, ref.sides_mm,
                            declared.price_minor or price.price_minor,
                            logistics.has_batteries(ref.type_id, draft.request.at))
                for (ref, price, quantity), declared in zip(draft.lines, draft.declared, strict=True)),
            (draft.request.region, draft.request.country)))
    for key, over in carrying.over_limits(seller, carried).items():
        drafts[int(key)].over = over


def _number(seller: SellerRef, drafts: list[_Draft]) -> None:
    for draft, order_id in zip(drafts, ids.allocate("orders.order", len(drafts), seller.id) if drafts else (),
                               strict=True):
        draft.order_id, draft.number = order_id, rules.order_number(order_id)


def _insert(seller: SellerRef, drafts: list[_Draft]) -> None:
    if not drafts:
        return
    execute(
        f"""INSERT INTO orders_order (id, seller_id, number, buyer_name, buyer_phone, city, country, region, address,
                created_at, company_name, company_tax_number, company_tax_reason, company_address)
            SELECT v.id, %s, v.number, v.name, v.phone, v.city, v.country, v.region, v.address, v.at, v.company,
                v.tax_number, v.tax_reason, v.company_address
            FROM {json_rows("v", id="int", number="text", name="text", phone="text", city="text", country="text",
                            region="text", address="text", at="time", company="text", tax_number="text",
                            tax_reason="text", company_address="text")}""",
        [seller.id, json_param([
            (d.order_id, d.number, d.request.buyer_name, d.request.buyer_phone, d.request.city,
             d.request.country, d.request.region, d.request.address, d.request.at,
             *((one.name, one.tax_number, one.tax_reason, one.address) if (one := d.request.company) else ("",) * 4))
            for d in drafts])])
    posting_ids = dict(fetch_all(
        f"""INSERT INTO orders_posting (seller_id, order_id, number, parent_number, scheme, integration, state,
                substate, previous_substate, changed_at, warehouse_id, delivery_method_id, tracking_number, currency,
                units, weight_g, amount_minor, city, in_process_at, ship_by, deliver_by, cancel_message, cancelled_by,
                cancelled_after_ship, logistics_minor, logistics_rule_id, version, search_text, slot_changes, failure,
                open_needs, over_limits)
            SELECT %s, v.order_id, v.number, '', v.scheme, v.integration, v.state, v.substate, '', v.at, v.warehouse,
                v.method, '', %s, v.units, v.weight, v.amount, v.city, v.at, v.ship_by, v.deliver_by, '', '', FALSE,
                v.freight, v.freight_rule, 1, v.search, 0, '', v.open_needs,
                v.over
            FROM {json_rows("v", order_id="int", number="text", at="time", warehouse="int", method="int", units="int",
                            weight="int", amount="int", city="text", ship_by="time", deliver_by="time", freight="int",
                            freight_rule="int", search="text", scheme="text", integration="text",
                            state="text", substate="text", open_needs="int", over="text")}
            WHERE TRUE RETURNING number, id""",
        [seller.id, seller.currency, json_param([
            (d.order_id, d.posting_number, d.request.at, d.warehouse.id, d.quote.method_id, d.units, d.weight_g,
             d.amount_minor, d.request.city, d.ship_by, d.ship_by + timedelta(days=d.quote.days), d.quote.amount_minor,
             d.quote.rule_id, d.search_text, d.quote.scheme, d.quote.integration,
             *states.STARTS[d.request.waits_for], d.open_needs, d.over.word if d.over else "") for d in drafts])]))
    execute(
        f"""INSERT INTO orders_postingline (posting_id, seller_id, product_id, sku, offer_id, name, quantity, weight_g,
                price_minor, old_price_minor, commission_minor, commission_bp, commission_rule_id, needs, country,
                depth_mm, width_mm, height_mm, batteries, list_price_minor, action_ids, buyer_price_minor,
                buyer_currency, rate_id, declared_minor, declared_currency, declared_price_minor, declared_rate_id)
            SELECT v.posting, %s, v.product, v.sku, v.offer, v.name, v.quantity, v.weight, v.price, v.old_price,
                v.commission, v.bp, v.rule, v.needs, v.country, v.depth, v.width, v.height, v.batteries,
                v.list_price, v.actions, v.paid, v.paid_in, v.rate, v.declared, v.declared_in, v.declared_price,
                v.declared_rate
            FROM {json_rows("v", posting="int", product="int", sku="int", offer="text", name="text", quantity="int",
                            weight="int", price="int", old_price="int", commission="int", bp="int", rule="int",
                            needs="text", country="text", depth="int", width="int", height="int",
                            batteries="bool", list_price="int", actions="text", paid="int",
                            paid_in="text", rate="int", declared="int", declared_in="text", declared_price="int",
                            declared_rate="int")}""",
        [seller.id, json_param([
            (posting_ids[d.posting_number], ref.id, ref.sku, ref.offer_id, ref.name, quantity, ref.weight_g,
             price.price_minor, price.old_price_minor, commission.amount_minor, commission.bp, commission.rule_id,
             " ".join(needs), country, *ref.sides_mm,
             logistics.has_batteries(ref.type_id, d.request.at),
             paid.list_minor if paid.price_minor < paid.list_minor else 0, " ".join(map(str, paid.action_ids)),
             *_for_buyer(price.price_minor, seller.currency, d.request.at), *declared)
            for d in drafts
            for (ref, price, quantity), commission, (needs, country), paid, declared in zip(
                d.lines, d.commissions, d.needs, d.paid, d.declared, strict=True)])])


def _for_buyer(price_minor: int, currency: str, at: datetime) -> tuple[int, str, int | None]:
    """What the buyer pays for a unit, in which currency, and the version of the rate: fixed for refunds as well."""
    wanted = money.buyer_currency(at)
    found = money.convert(price_minor, currency, wanted, at)
    return found.amount_minor, wanted, found.rule_id


def _entries(seller: SellerRef, drafts: list[_Draft], actor: Actor) -> list[Entry]:
    return [
        Entry(events.POSTING_CREATED, d.request.at, actor, seller.id, "posting", d.posting_number, d.posting_number,
              data={"order_number": d.number, "order_id": d.order_id, "units": d.units,
                    "amount_minor": d.amount_minor, "currency": seller.currency, "warehouse_id": d.warehouse.id,
                    "city": d.request.city, "ship_by": d.ship_by.isoformat(), "scheme": d.quote.scheme,
                    "products": [[ref.id, ref.sku, quantity] for ref, _, quantity in d.lines]})
        for d in drafts
    ] + [
        Entry(events.POSTING_OVER_LIMITS, d.request.at, Actor.system("limits"), seller.id, "posting",
              d.posting_number, d.posting_number, data=d.over.facts(seller.currency))
        for d in drafts if d.over
    ]
