"""Writing of the returns domain: one function per intent, all set-based."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, fetch_all, json_param, json_rows
from sellerdesk.finance import services as finance
from sellerdesk.finance.types import BookedLine, ReturnedGoods
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockLine
from sellerdesk.logistics import queries as logistics_queries
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import QuoteRequest
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import LineRow, PostingCard
from sellerdesk.returns import events, rules
from sellerdesk.returns.errors import NotArrived, ReturnNotFound
from sellerdesk.returns.models import Return
from sellerdesk.returns.types import CANCELLATION, CLIENT_RETURN, RequestOutcome, ReturnRequest
from sellerdesk.sellers.types import SellerRef


def request_returns(*, seller: SellerRef, requests: Sequence[ReturnRequest], actor: Actor) -> list[RequestOutcome]:
    """Take buyers' wishes to give goods back, in the order asked. A fixed number of statements.

    Price and commission are those of the sale; the way back is priced by the tariff of that moment and charged to
    whom the dated rule returns.freight names for the reason. A SKU of a posting can come back once.
    """
    with atomic():
        cards = {card.number: card for card in orders.cards(seller, [one.posting_number for one in requests])}
        twice = {(row[0], row[1]) for row in Return.objects.filter(
            seller_id=seller.id, kind=CLIENT_RETURN, posting_number__in=list(cards)).values_list(
                "posting_number", "sku")}
        outcomes: list[RequestOutcome] = []
        taken: dict[int, tuple[ReturnRequest, PostingCard, LineRow]] = {}
        for index, one in enumerate(requests):
            card = cards.get(one.posting_number)
            line = next((line for line in card.lines if line.sku == one.sku), None) if card else None
            code = _refusal(one, card, line, twice)
            outcomes.append(RequestOutcome(one.posting_number, one.sku, 0, code))
            if not code and card and line:
                twice.add((one.posting_number, one.sku))
                taken[index] = (one, card, line)
        freight = logistics.quote_many(seller=seller, requests=[
            QuoteRequest(card.warehouse_id, line.weight_g * one.quantity, card.warehouse_city, one.at)
            for one, card, line in taken.values()])
        rows = []
        for (one, card, line), quote in zip(taken.values(), freight, strict=True):
            sellers_turn = dated.get("returns.freight", one.reason, one.at).value["payer"] == "seller"
            rows.append(_row(seller, card, line, CLIENT_RETURN, one.reason, "requested", one.at, one.quantity,
                             quote.amount_minor if quote and sellers_turn else 0,
                             quote.rule_id if quote and sellers_turn else None))
        made = Return.objects.bulk_create(rows)
        for index, row in zip(taken, made, strict=True):
            outcomes[index] = RequestOutcome(row.posting_number, row.sku, row.pk)
        activity.record_many([_entry(events.RETURN_REQUESTED, row, row.created_at, actor) for row in made])
        return outcomes


def _refusal(one: ReturnRequest, card: PostingCard | None, line: LineRow | None,
             twice: set[tuple[str, int]]) -> str:
    if card is None:
        return "unknown_posting"
    if line is None:
        return "unknown_sku"
    if card.state != "delivered":
        return "not_delivered"
    if not 1 <= one.quantity <= line.quantity:
        return "too_many"
    return "twice" if (one.posting_number, one.sku) in twice else ""


def start_for_cancelled(*, seller: SellerRef, cancelled: Sequence[tuple[str, str, datetime]], actor: Actor) -> int:
    """Expect the goods of postings that were cancelled on the way: (number, reason, at). Doing it again adds nothing.

    Nothing was sold, so nothing is booked when they arrive.
    """
    with atomic():
        cards = {card.number: card for card in orders.cards(seller, [number for number, _, _ in cancelled])}
        known = set(Return.objects.filter(seller_id=seller.id, kind=CANCELLATION,
                                          posting_number__in=list(cards)).values_list("posting_number", "sku"))
        # The carrier may have been faster than the news of the cancellation.
        back = logistics_queries.brought_back(list(cards))
        rows = [
            _row(seller, cards[number], line, CANCELLATION, reason, "arrived" if number in back else "on_the_way", at,
                 line.quantity, 0, None)
            for number, reason, at in cancelled if number in cards
            for line in cards[number].lines if (number, line.sku) not in known]
        made = Return.objects.bulk_create(rows)
        activity.record_many([_entry(events.RETURN_STARTED, row, row.created_at, actor) for row in made])
        return len(made)


def _row(seller: SellerRef, card: PostingCard, line: LineRow, kind: str, reason: str, state: str, at: datetime,
         quantity: int, logistics_minor: int, logistics_rule_id: int | None) -> Return:
    return Return(
        seller_id=seller.id, posting_number=card.number, kind=kind, product_id=line.product_id,
        warehouse_id=card.warehouse_id, sku=line.sku, offer_id=line.offer_id, name=line.name, quantity=quantity,
        amount_minor=line.price_minor * quantity,
        commission_minor=rules.part(line.commission_minor, quantity, line.quantity),
        commission_rule_id=line.commission_rule_id, logistics_minor=logistics_minor,
        logistics_rule_id=logistics_rule_id, currency=card.currency, reason=reason, state=state, created_at=at,
        changed_at=at, search_text=f"{card.number} {line.sku} {line.offer_id} {line.name}".casefold().replace("ё", "е"))


def _entry(event: str, row: Return, at: datetime, actor: Actor, **data: object) -> Entry:
    return Entry(event, at, actor, row.seller_id, "return", str(row.pk), row.offer_id,
                 data={"posting_number": row.posting_number, "sku": row.sku, "quantity": row.quantity,
                       "kind": row.kind, "reason": row.reason, **data})


def advance(*, return_ids: Iterable[int], to_state: str, at: datetime, actor: Actor) -> int:
    """Move goods on towards their shop: to on_the_way or arrived, of any number of shops. Returns how many moved.

    States only go forward; those already there or further stay as they are.
    """
    if to_state not in ("on_the_way", "arrived"):
        raise ValueError("goods are received by the shop, see receive")
    with atomic():
        moved = _move(return_ids, rules.earlier(to_state), to_state, at)
        activity.record_many([_entry(events.RETURN_MOVED, row, at, actor, state=to_state) for row in moved])
        return len(moved)


def arrive_by_posting(*, numbers: Iterable[str], at: datetime, actor: Actor) -> int:
    """The carrier brought back the parcels of these postings. Returns how many returns arrived."""
    ids = Return.objects.filter(posting_number__in=list(numbers), kind=CANCELLATION).values_list("id", flat=True)
    return advance(return_ids=list(ids), to_state="arrived", at=at, actor=actor)


def _move(return_ids: Iterable[int], sources: Sequence[str], target: str, at: datetime,
          seller_id: int | None = None) -> list[Return]:
    """One guarded UPDATE; the rows it changed."""
    received = ", received_at = v.at" if target == "received" else ""
    own = "AND returns_return.seller_id = %s" if seller_id is not None else ""
    marks = ", ".join(["%s"] * len(sources))
    ids = [row[0] for row in fetch_all(
        f"""UPDATE returns_return SET state = %s, changed_at = v.at, version = returns_return.version + 1{received}
            FROM {json_rows("v", id="int", at="time")}
            WHERE returns_return.id = v.id AND returns_return.state IN ({marks}) {own} RETURNING returns_return.id""",
        [target, json_param([[id_, at] for id_ in sorted(set(return_ids))]), *sources,
         *([seller_id] if seller_id is not None else [])])]
    return list(Return.objects.filter(pk__in=ids).order_by("pk")) if ids else []


def receive(*, seller: SellerRef, return_id: int, actor: Actor, now: datetime) -> None:
    """Take arrived goods in: back on the shelf, and the sale taken back. Raises ReturnNotFound, NotArrived."""
    with atomic():
        if not receive_many(seller=seller, return_ids=[return_id], actor=actor, now=now):
            if Return.objects.filter(seller_id=seller.id, pk=return_id).exists():
                raise NotArrived(return_id)
            raise ReturnNotFound(return_id)


def receive_many(*, seller: SellerRef, return_ids: Sequence[int], actor: Actor, now: datetime) -> int:
    """Take in all of these that have arrived; returns how many. A fixed number of statements."""
    with atomic():
        rows = _move(return_ids, ("arrived",), "received", now, seller.id)
        if not rows:
            return 0
        inventory.put_back(seller=seller, lines=[
            StockLine(row.product_id, row.warehouse_id, row.quantity, row.posting_number, now) for row in rows])
        by_posting: dict[str, list[Return]] = defaultdict(list)
        for row in rows:
            if row.kind == CLIENT_RETURN:
                by_posting[row.posting_number].append(row)
        finance.book_returns(returns=[
            ReturnedGoods(
                seller_id=seller.id, key=f"{row.pk}", posting_number=number, currency=row.currency, at=now,
                lines=(BookedLine(row.sku, row.quantity, row.amount_minor, row.commission_minor,
                                  row.commission_rule_id),),
                logistics_minor=row.logistics_minor, logistics_rule_id=row.logistics_rule_id)
            for number, group in by_posting.items() for row in group])
        activity.record_many([_entry(events.RETURN_RECEIVED, row, now, actor) for row in rows])
        return len(rows)
