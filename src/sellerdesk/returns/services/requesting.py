"""Buyers' wishes to give goods back, and goods of postings that were cancelled on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.finance import queries as finance
from sellerdesk.logistics import queries as logistics_queries
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import QuoteRequest
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import LineRow, PostingCard
from sellerdesk.returns import events, rules
from sellerdesk.returns.models import Claim, Return
from sellerdesk.returns.services import claiming, moving, places
from sellerdesk.returns.services import rows as rows_
from sellerdesk.returns.types import CANCELLATION, CLIENT_RETURN, RequestOutcome, ReturnRequest
from sellerdesk.sellers.types import SellerRef


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish that can be granted: what was asked, of which posting and line, and the rule of the term."""

    request: ReturnRequest
    card: PostingCard
    line: LineRow
    term: dated.Rule


def request_returns(*, seller: SellerRef, requests: Sequence[ReturnRequest], actor: Actor) -> list[RequestOutcome]:
    """Take buyers' wishes to give goods back, in the order asked. A fixed number of statements.

    Goods that the marketplace delivered come back by its carriers: price and commission are those of the sale, the way
    back is priced by the tariff of that moment and charged to whom the dated rule returns.freight names for the
    reason. Goods that the shop delivered itself become a claim, which the shop decides. How late is too late says the
    dated rule returns.term of the goods' department. A SKU of a posting can come back once.
    """
    with atomic():
        cards = {card.number: card for card in orders.cards(seller, [one.posting_number for one in requests])}
        twice = _known(seller, list(cards))
        departments = _departments(seller, cards)
        outcomes: list[RequestOutcome] = []
        carried: dict[int, Wish] = {}
        claimed: dict[int, Wish] = {}
        for index, one in enumerate(requests):
            card = cards.get(one.posting_number)
            line = next((line for line in card.lines if line.sku == one.sku), None) if card else None
            term = dated.get("returns.term", departments.get(line.product_id, "") if line else "", one.at)
            code = _refusal(one, card, line, twice, term)
            outcomes.append(RequestOutcome(one.posting_number, one.sku, 0, code))
            if not code and card and line:
                twice.add((one.posting_number, one.sku))
                (claimed if card.scheme == "rfbs" else carried)[index] = Wish(one, card, line, term)
        made = _carry(seller, list(carried.values()), actor)
        for index, row in zip(carried, made, strict=True):
            outcomes[index] = RequestOutcome(row.posting_number, row.sku, row.pk)
        opened = claiming.open_claims(seller, [
            claiming.Opening(wish.request, wish.card, wish.line, wish.term.id) for wish in claimed.values()], actor)
        for index, claim in zip(claimed, opened, strict=True):
            outcomes[index] = RequestOutcome(claim.posting_number, claim.sku, 0, claim_id=claim.pk)
        return outcomes


def _known(seller: SellerRef, numbers: list[str]) -> set[tuple[str, int]]:
    """What was asked for before, as (posting, SKU)."""
    returned = Return.objects.filter(seller_id=seller.id, kind=CLIENT_RETURN, posting_number__in=numbers)
    claimed = Claim.objects.filter(seller_id=seller.id, posting_number__in=numbers)
    return {(row[0], row[1]) for rows in (returned, claimed) for row in rows.values_list("posting_number", "sku")}


def _departments(seller: SellerRef, cards: dict[str, PostingCard]) -> dict[int, str]:
    """The department of each product, as the key of the rule."""
    products = {line.product_id for card in cards.values() for line in card.lines}
    of_product = {row.id: row.category_id for row in catalog.refs(seller, product_ids=sorted(products))}
    tops = finance.departments(of_product.values())
    return {id_: str(tops.get(category, "")) for id_, category in of_product.items()}


def _refusal(one: ReturnRequest, card: PostingCard | None, line: LineRow | None, twice: set[tuple[str, int]],
             term: dated.Rule) -> str:
    if card is None:
        return "unknown_posting"
    if line is None:
        return "unknown_sku"
    if card.state != "delivered" or card.delivered_at is None:
        return "not_delivered"
    if not 1 <= one.quantity <= line.quantity:
        return "too_many"
    if (one.posting_number, one.sku) in twice:
        return "twice"
    return "term_over" if rules.term_over(one.reason, card.delivered_at, one.at, term.value) else ""


def _carry(seller: SellerRef, wishes: Sequence[Wish], actor: Actor) -> list[Return]:
    """Goods that the marketplace brings back to the shop."""
    freight = logistics.quote_many(seller=seller, requests=[
        QuoteRequest(wish.card.warehouse_id, wish.line.weight_g * wish.request.quantity, wish.card.warehouse_city,
                     wish.request.at, price_minor=wish.line.price_minor * wish.request.quantity,
                     sides_mm=logistics.packed_sides([(wish.line.sides_mm, wish.request.quantity)]),
                     batteries=wish.line.batteries) for wish in wishes])
    points = places.ids_of(wish.card.warehouse_city for wish in wishes)
    rows = []
    for wish, quote in zip(wishes, freight, strict=True):
        one = wish.request
        sellers_turn = dated.get("returns.freight", one.reason, one.at).value["payer"] == "seller"
        rows.append(_row(seller, wish.card, wish.line, CLIENT_RETURN, one.reason, "requested", one.at, one.quantity,
                         points, quote.amount_minor if quote and sellers_turn else 0,
                         quote.rule_id if quote and sellers_turn else None))
    made = Return.objects.bulk_create(rows)
    activity.record_many([rows_.entry(events.RETURN_REQUESTED, row, row.created_at, actor) for row in made])
    return made


def start_for_cancelled(*, seller: SellerRef, cancelled: Sequence[tuple[str, str, datetime]], actor: Actor) -> int:
    """Expect the goods of postings that were cancelled on the way: (number, reason, at). Doing it again adds nothing.

    Nothing was sold, so nothing is booked for the sale when they arrive.
    """
    with atomic():
        cards = {card.number: card for card in orders.cards(seller, [number for number, _, _ in cancelled])}
        known = set(Return.objects.filter(seller_id=seller.id, kind=CANCELLATION,
                                          posting_number__in=list(cards)).values_list("posting_number", "sku"))
        # The carrier may have been faster than the news of the cancellation.
        back = logistics_queries.brought_back(list(cards))
        points = places.ids_of(card.warehouse_city for card in cards.values())
        rows = []
        for number, reason, at in cancelled:
            for line in cards[number].lines if number in cards else ():
                if (number, line.sku) not in known:
                    rows.append(_row(seller, cards[number], line, CANCELLATION, reason, "on_the_way", at,
                                     line.quantity, points, 0, None))
                    if number in back:
                        places.arrive([rows[-1]], at, places.settings_of([seller.id]))
        made = Return.objects.bulk_create(rows)
        activity.record_many([rows_.entry(events.RETURN_STARTED, row, row.created_at, actor) for row in made])
        moving.shelve_fulfilled([row for row in made if row.state == "arrived"], at, actor)
        return len(made)


def _row(seller: SellerRef, card: PostingCard, line: LineRow, kind: str, reason: str, state: str, at: datetime,
         quantity: int, points: dict[str, int], logistics_minor: int, logistics_rule_id: int | None) -> Return:
    return Return(
        seller_id=seller.id, scheme=card.scheme, posting_number=card.number, order_id=card.order_id,
        order_number=card.order_number, kind=kind, product_id=line.product_id, warehouse_id=card.warehouse_id,
        sku=line.sku, offer_id=line.offer_id, name=line.name, quantity=quantity,
        amount_minor=line.price_minor * quantity,
        commission_minor=rules.part(line.commission_minor, quantity, line.quantity),
        commission_rule_id=line.commission_rule_id, logistics_minor=logistics_minor,
        logistics_rule_id=logistics_rule_id, currency=card.currency, reason=reason, state=state, created_at=at,
        changed_at=at, from_city=card.city,
        place_id=None if card.scheme in ("rfbs", "fbo") else points.get(card.warehouse_city),
        search_text=rules.fold(card.number, line.sku, line.offer_id, line.name))
