"""Dividing a posting: some of its goods become postings of their own, packed or not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import activity
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, fetch_all, json_param, json_rows
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import Quote, QuoteRequest
from sellerdesk.orders import events, queries, rules, states
from sellerdesk.orders.errors import IncorrectStatus, PostingNotFound, UnitUnknown
from sellerdesk.orders.rules import Package
from sellerdesk.orders.services import carrying, moving, units
from sellerdesk.orders.services.moving import Working
from sellerdesk.orders.types import LineRow
from sellerdesk.sellers.types import SellerRef


def split_posting(*, seller: SellerRef, number: str, parts: Sequence[Package], actor: Actor, now: datetime,
                  whole: bool = False) -> list[str]:
    """Make postings of `parts`, each of (SKU, quantity), and pack none. Returns all numbers, the first is `number`.

    What no part names stays in the posting; where nothing would stay, the first part does. `whole` asks for every unit
    to be named. Raises PostingNotFound,
    IncorrectStatus, UnknownProduct, IncorrectQuantity.
    """
    with atomic():
        posting = moving.load([number], seller_id=seller.id).get(number)
        if posting is None:
            raise PostingNotFound(number)
        if not states.may("split", posting.facts):
            raise moving.refusal(posting, "ship") or IncorrectStatus(number, posting.state)
        moving.load_lines([posting])
        if whole:
            rules.check_packages(posting.lines, parts)
        rest = rules.remainder(posting.lines, parts)
        packages = [rest, *parts] if rest else list(parts)
        if len(packages) == 1:
            return [number]
        made = divide(seller, posting, packages, actor, now)
        keep(posting, now)
        numbers = [one.number for one in made]
        tell_parent(seller, posting, numbers, actor, now)
        return [number, *numbers]


def split_traceable(*, seller: SellerRef, number: str, actor: Actor, now: datetime) -> list[str]:
    """Put the traceable goods of a posting into one of their own. Returns all numbers, the first is `number`.

    Where all goods are traceable, or none, nothing changes. Raises PostingNotFound, IncorrectStatus.
    """
    lines = queries.posting(seller, number).lines
    traceable = [(line.sku, line.quantity) for line in lines if "rnpt" in line.needs.split()]
    if not traceable or len(traceable) == len(lines):
        return [number]
    return split_posting(seller=seller, number=number, parts=[traceable], actor=actor, now=now)


def keep(posting: Working, now: datetime) -> None:
    """The posting stays where it is, a version later: whoever acts on it as it was before is told."""
    posting.previous_substate, posting.changed_at = posting.came_from, now
    moving.write([posting])


def tell_parent(seller: SellerRef, posting: Working, numbers: Sequence[str], actor: Actor, now: datetime) -> None:
    activity.record_many([Entry(events.POSTING_DIVIDED, now, actor, seller.id, "posting", posting.number,
                                posting.number, data={"parts": ", ".join(numbers)})])


def divide(seller: SellerRef, posting: Working, packages: Sequence[Package], actor: Actor, now: datetime, *,
           chosen: Sequence[Collection[int]] = ()) -> list[Working]:
    """Leave the first package in the posting and make a new posting of each other one. Returns the new ones.

    Each parcel is carried for its own price, by the tariff in force when the order was taken, and every line's
    commission is divided so that the parts add up. The reserved stock is the same units as before. `chosen` names
    units that must go into single packages. Lines of `posting` are loaded; raises UnitUnknown.
    """
    parts = [_merge(package) for package in packages]
    commissions = {
        line.sku: iter(rules.split_commission(line, [part[line.sku] for part in parts if line.sku in part]))
        for line in posting.lines}
    lines = [
        [replace(line, quantity=part[line.sku], commission_minor=next(commissions[line.sku]))
         for line in posting.lines if line.sku in part] for part in parts]
    weight = [sum(line.weight_g * line.quantity for line in part) for part in lines]
    region, country = fetch_all("SELECT region, country FROM orders_order WHERE id = %s", [posting.order_id])[0]
    kinds = {ref.id: (ref.type_id, ref.category_id) for ref in catalog.refs(
        seller, product_ids=[line.product_id for line in posting.lines])}
    quotes = _quotes(seller, [QuoteRequest(
        posting.warehouse_id, grams, posting.city, posting.in_process_at, region,
        logistics.packed_sides((line.sides_mm, line.quantity) for line in part),
        sum((line.declared_price_minor or line.price_minor) * line.quantity for line in part),
        any(line.batteries for line in part), country=country, units=sum(line.quantity for line in part),
        goods=tuple(kinds[line.product_id] for line in part))
        for grams, part in zip(weight, lines, strict=True)],
        [sum(line.amount_minor for line in part) for part in lines])
    taken = fetch_all("SELECT number FROM orders_posting WHERE order_id = %s", [posting.order_id])
    order_number = posting.number.rpartition("-")[0]
    next_k = max(int(row[0].rpartition("-")[2]) for row in taken) + 1
    numbers = [posting.number, *(f"{order_number}-{next_k + index}" for index in range(len(parts) - 1))]
    _copy_posting(posting, numbers[1:], lines[1:], weight[1:], quotes[1:], now)
    _write_lines(seller, numbers, lines)
    _share_units(posting, numbers, parts, chosen)
    carrying.keep(seller, numbers)
    execute(
        """UPDATE orders_posting SET units = %s, amount_minor = %s, weight_g = %s, delivery_method_id = %s,
               integration = %s, logistics_minor = %s, logistics_rule_id = %s, search_text = %s WHERE id = %s""",
        [sum(line.quantity for line in lines[0]), sum(line.amount_minor for line in lines[0]), weight[0],
         quotes[0].method_id, quotes[0].integration, quotes[0].amount_minor, quotes[0].rule_id,
         _search_text(posting, numbers[0], lines[0]), posting.id])
    posting.weight_g, posting.method_id, posting.integration = weight[0], quotes[0].method_id, quotes[0].integration
    activity.record_many([
        Entry(events.POSTING_SPLIT, now, actor, seller.id, "posting", new, new, data={"parent": posting.number})
        for new in numbers[1:]])
    if any(line.needs for line in posting.lines):
        posting.open_needs = units.recount(seller, numbers)[posting.number]
    made = moving.load(numbers[1:], seller_id=seller.id)
    return [made[number] for number in numbers[1:]]


def _quotes(seller: SellerRef, parts: Sequence[QuoteRequest], prices: Sequence[int]) -> list[Quote]:
    """How each part travels: by the cheapest method that takes it packed as it is. What is too much for all of them is
    priced as orders are, and waits to be divided further. Raises NoTariff."""
    strict = logistics.quote_many(seller=seller, requests=parts)
    return [found or logistics.quote(seller=seller, request=replace(part, price_minor=price, units=0))
            for found, part, price in zip(strict, parts, prices, strict=True)]


def _merge(package: Package) -> dict[int, int]:
    units: dict[int, int] = {}
    for sku, quantity in package:
        units[sku] = units.get(sku, 0) + quantity
    return units


def _search_text(posting: Working, number: str, lines: Sequence[LineRow]) -> str:
    buyer = fetch_all("SELECT buyer_name, company_name, company_tax_number FROM orders_order WHERE id = %s",
                      [posting.order_id])[0]
    return rules.fold(number, *buyer, *(f"{line.offer_id} {line.sku} {line.name}" for line in lines))


def _copy_posting(posting: Working, numbers: Sequence[str], lines: Sequence[Sequence[LineRow]],
                  weights: Sequence[int], quotes: Sequence[Quote], now: datetime) -> None:
    rows = [
        (number, sum(line.quantity for line in part), sum(line.amount_minor for line in part), grams, quote.method_id,
         quote.amount_minor, quote.rule_id, _search_text(posting, number, part), quote.integration)
        for number, part, grams, quote in zip(numbers, lines, weights, quotes, strict=True)]
    execute(
        f"""INSERT INTO orders_posting (seller_id, order_id, number, parent_number, scheme, integration, state,
                substate, previous_substate, changed_at, warehouse_id, delivery_method_id, tracking_number, currency,
                units, weight_g, amount_minor, city, in_process_at, ship_by, deliver_by, cancel_message, cancelled_by,
                cancelled_after_ship, logistics_minor, logistics_rule_id, version, search_text, deliver_from,
                slot_changes, cutoff_at, failure)
            SELECT p.seller_id, p.order_id, v.number, p.number, p.scheme, v.integration, p.state, p.substate,
                p.substate, %s, p.warehouse_id, v.method, '', p.currency, v.units, v.weight, v.amount, p.city,
                p.in_process_at, p.ship_by, p.deliver_by, '', '', FALSE, v.freight, v.freight_rule, 1, v.search,
                p.deliver_from, p.slot_changes, p.cutoff_at, ''
            FROM orders_posting p, {json_rows("v", number="text", units="int", amount="int", weight="int",
                                              method="int", freight="int", freight_rule="int", search="text",
                                              integration="text")}
            WHERE p.id = %s""", [now, json_param(rows), posting.id])


def _write_lines(seller: SellerRef, numbers: Sequence[str], lines: Sequence[Sequence[LineRow]]) -> None:
    """Replace the original's lines by those of all packages."""
    ids = dict(fetch_all(
        f"""SELECT p.number, p.id FROM {json_rows("v", number="text")} CROSS JOIN orders_posting p
            WHERE p.number = v.number""", [json_param([[number] for number in numbers])]))
    execute("DELETE FROM orders_postingline WHERE posting_id = %s", [ids[numbers[0]]])
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
            (ids[number], line.product_id, line.sku, line.offer_id, line.name, line.quantity, line.weight_g,
             line.price_minor, line.old_price_minor, line.commission_minor, line.commission_bp,
             line.commission_rule_id, line.needs, line.country, *line.sides_mm, line.batteries,
             line.list_price_minor, line.action_ids, line.buyer_price_minor, line.buyer_currency,
             line.rate_id, line.declared_minor, line.declared_currency, line.declared_price_minor,
             line.declared_rate_id)
            for number, part in zip(numbers, lines, strict=True) for line in part])])


def _share_units(posting: Working, numbers: Sequence[str], parts: Sequence[Mapping[int, int]],
                 chosen: Sequence[Collection[int]]) -> None:
    """Units go with their goods: first those chosen for a part, then the others in the order of their ids."""
    left: dict[int, list[int]] = {}
    for sku, unit_id in fetch_all("SELECT sku, id FROM orders_exemplar WHERE posting_id = %s ORDER BY id",
                                  [posting.id]):
        left.setdefault(sku, []).append(unit_id)
    of_sku = {unit_id: sku for sku, ids in left.items() for unit_id in ids}
    moved: list[tuple[int, str]] = []
    taken: list[dict[int, int]] = []
    for at, (number, part) in enumerate(zip(numbers, parts, strict=True)):
        taken.append({})
        for unit_id in chosen[at] if at < len(chosen) else ():
            sku = of_sku.get(unit_id, 0)
            if unit_id not in left.get(sku, ()) or taken[at].get(sku, 0) >= part.get(sku, 0):
                raise UnitUnknown(unit_id)
            left[sku].remove(unit_id)
            taken[at][sku] = taken[at].get(sku, 0) + 1
            moved.append((unit_id, number))
    for at, (number, part) in enumerate(zip(numbers, parts, strict=True)):
        for sku, quantity in part.items():
            open_ = quantity - taken[at].get(sku, 0)
            moved += [(unit_id, number) for unit_id in left.get(sku, [])[:open_]]
            left[sku] = left.get(sku, [])[open_:]
    if moved:
        execute(
            f"""UPDATE orders_exemplar SET posting_id = p.id
                FROM {json_rows("v", unit="int", number="text")} JOIN orders_posting p ON p.number = v.number
                WHERE orders_exemplar.id = v.unit""", [json_param(moved)])
