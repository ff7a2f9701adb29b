"""Packing: from the shelf into parcels that have a label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sellerdesk.core import activity
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, fetch_all, json_param, json_rows
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import ParcelInput, Quote
from sellerdesk.orders import events, rules, states
from sellerdesk.orders.errors import PostingNotFound
from sellerdesk.orders.rules import Package
from sellerdesk.orders.services import moving
from sellerdesk.orders.services.moving import Working
from sellerdesk.orders.types import LineRow, Outcome
from sellerdesk.sellers.types import SellerRef


def ship_posting(*, seller: SellerRef, number: str, packages: Sequence[Package], actor: Actor,
                 now: datetime) -> list[str]:
    """Pack one posting into `packages` of (SKU, quantity); each becomes a posting with a parcel of its own.

    The first package keeps the number, further ones get the next free `-k` of the order. Returns the numbers. Raises
    PostingNotFound, AlreadyShipped, AlreadyCancelled, IncorrectStatus, UnknownProduct, IncorrectQuantity.
    """
    with atomic():
        posting = moving.load([number], seller_id=seller.id).get(number)
        if posting is None:
            raise PostingNotFound(number)
        refused = moving.refusal(posting, "ship")
        if refused:
            raise refused
        moving.load_lines([posting])
        rules.check_packages(posting.lines, packages)
        parts = [posting]
        if len(packages) > 1:
            parts += _split(seller, posting, packages, actor, now)
        _ship(seller, parts, {}, actor, now)
        return [part.number for part in parts]


def ship_many(*, seller: SellerRef, numbers: Sequence[str], actor: Actor, now: datetime,
              at: Mapping[str, datetime] | None = None) -> list[Outcome]:
    """Pack each posting whole, in one package. Outcomes in the order asked; a refused one does not stop the others.

    `at` gives single postings their own moment. A fixed number of statements for any number of postings.
    """
    with atomic():
        found = moving.load(numbers, seller_id=seller.id)
        outcomes = [Outcome(number, moving.refusal(found[number], "ship") if number in found
                            else PostingNotFound(number)) for number in numbers]
        ready = [found[number] for number in dict.fromkeys(one.number for one in outcomes if one.done)]
        _ship(seller, ready, at or {}, actor, now)
        return outcomes


def _ship(seller: SellerRef, postings: list[Working], at: Mapping[str, datetime], actor: Actor, now: datetime) -> None:
    """Parcels, the move, the news."""
    if not postings:
        return
    tracking = logistics.register_parcels(seller=seller, parcels=[
        ParcelInput(p.number, p.method_id, p.weight_g, p.city, at.get(p.number, now)) for p in postings])
    entries = []
    for posting in postings:
        moment = at.get(posting.number, now)
        posting.go(states.MOVES["ship"].target, moment)
        posting.packed_at = moment
        posting.tracking_number = tracking[posting.number]
        posting.search_more = rules.fold(posting.tracking_number)
        entries.append(Entry(
            events.POSTING_SHIPPED, moment, actor, seller.id, "posting", posting.number, posting.number,
            before={"state": states.AWAITING_PACKAGING, "substate": posting.previous_substate},
            after={"state": posting.state, "substate": posting.substate},
            data={"tracking": posting.tracking_number}))
    moving.write(postings)
    activity.record_many(entries)


def _split(seller: SellerRef, posting: Working, packages: Sequence[Package], actor: Actor,
           now: datetime) -> list[Working]:
    """Leave the first package in the posting and make a new posting of each other one. Returns the new ones.

    Each parcel is carried for its own price, by the tariff in force when the order was taken, and every line's
    commission is divided so that the parts add up. The reserved stock is the same units as before.
    """
    parts = [_merge(package) for package in packages]
    commissions = {
        line.sku: iter(rules.split_commission(line, [part[line.sku] for part in parts if line.sku in part]))
        for line in posting.lines}
    lines = [
        [replace(line, quantity=part[line.sku], commission_minor=next(commissions[line.sku]))
         for line in posting.lines if line.sku in part] for part in parts]
    weight = [sum(line.weight_g * line.quantity for line in part) for part in lines]
    quotes = [logistics.quote(seller=seller, warehouse_id=posting.warehouse_id, weight_g=grams, city=posting.city,
                              at=posting.in_process_at) for grams in weight]
    taken = fetch_all("SELECT number FROM orders_posting WHERE order_id = %s", [posting.order_id])
    order_number = posting.number.rpartition("-")[0]
    next_k = max(int(row[0].rpartition("-")[2]) for row in taken) + 1
    numbers = [posting.number, *(f"{order_number}-{next_k + index}" for index in range(len(parts) - 1))]
    _copy_posting(posting, numbers[1:], lines[1:], weight[1:], quotes[1:], now)
    _write_lines(seller, numbers, lines)
    execute(
        """UPDATE orders_posting SET units = %s, amount_minor = %s, weight_g = %s, delivery_method_id = %s,
               logistics_minor = %s, logistics_rule_id = %s, search_text = %s WHERE id = %s""",
        [sum(line.quantity for line in lines[0]), sum(line.amount_minor for line in lines[0]), weight[0],
         quotes[0].method_id, quotes[0].amount_minor, quotes[0].rule_id, _search_text(posting, numbers[0], lines[0]),
         posting.id])
    posting.weight_g, posting.method_id = weight[0], quotes[0].method_id
    activity.record_many([
        Entry(events.POSTING_SPLIT, now, actor, seller.id, "posting", new, new, data={"parent": posting.number})
        for new in numbers[1:]])
    made = moving.load(numbers[1:], seller_id=seller.id)
    return [made[number] for number in numbers[1:]]


def _merge(package: Package) -> dict[int, int]:
    units: dict[int, int] = {}
    for sku, quantity in package:
        units[sku] = units.get(sku, 0) + quantity
    return units


def _search_text(posting: Working, number: str, lines: Sequence[LineRow]) -> str:
    buyer = fetch_all("SELECT buyer_name FROM orders_order WHERE id = %s", [posting.order_id])[0][0]
    return rules.fold(number, buyer, *(f"{line.offer_id} {line.sku} {line.name}" for line in lines))


def _copy_posting(posting: Working, numbers: Sequence[str], lines: Sequence[Sequence[LineRow]],
                  weights: Sequence[int], quotes: Sequence[Quote], now: datetime) -> None:
    rows = [
        (number, sum(line.quantity for line in part), sum(line.amount_minor for line in part), grams, quote.method_id,
         quote.amount_minor, quote.rule_id, _search_text(posting, number, part))
        for number, part, grams, quote in zip(numbers, lines, weights, quotes, strict=True)]
    execute(
        f"""INSERT INTO orders_posting (seller_id, order_id, number, parent_number, scheme, state, substate,
                previous_substate, changed_at, warehouse_id, delivery_method_id, tracking_number, currency, units,
                weight_g, amount_minor, city, in_process_at, ship_by, deliver_by, cancel_message, cancelled_by,
                cancelled_after_ship, logistics_minor, logistics_rule_id, version, search_text)
            SELECT p.seller_id, p.order_id, v.number, p.number, p.scheme, p.state, p.substate, p.substate, %s,
                p.warehouse_id, v.method, '', p.currency, v.units, v.weight, v.amount, p.city, p.in_process_at,
                p.ship_by, p.deliver_by, '', '', FALSE, v.freight, v.freight_rule, 1, v.search
            FROM orders_posting p, {json_rows("v", number="text", units="int", amount="int", weight="int",
                                              method="int", freight="int", freight_rule="int", search="text")}
            WHERE p.id = %s""", [now, json_param(rows), posting.id])


def _write_lines(seller: SellerRef, numbers: Sequence[str], lines: Sequence[Sequence[LineRow]]) -> None:
    """Replace the original's lines by those of all packages."""
    ids = dict(fetch_all(
        f"""SELECT p.number, p.id FROM {json_rows("v", number="text")} CROSS JOIN orders_posting p
            WHERE p.number = v.number""", [json_param([[number] for number in numbers])]))
    execute("DELETE FROM orders_postingline WHERE posting_id = %s", [ids[numbers[0]]])
    execute(
        f"""INSERT INTO orders_postingline (posting_id, seller_id, product_id, sku, offer_id, name, quantity, weight_g,
                price_minor, old_price_minor, commission_minor, commission_bp, commission_rule_id)
            SELECT v.posting, %s, v.product, v.sku, v.offer, v.name, v.quantity, v.weight, v.price, v.old_price,
                v.commission, v.bp, v.rule
            FROM {json_rows("v", posting="int", product="int", sku="int", offer="text", name="text", quantity="int",
                            weight="int", price="int", old_price="int", commission="int", bp="int", rule="int")}""",
        [seller.id, json_param([
            (ids[number], line.product_id, line.sku, line.offer_id, line.name, line.quantity, line.weight_g,
             line.price_minor, line.old_price_minor, line.commission_minor, line.commission_bp,
             line.commission_rule_id)
            for number, part in zip(numbers, lines, strict=True) for line in part])])
