"""Claims: opened by buyers, moved by both sides. One guarded statement for any number of claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, fetch_all, json_param, json_rows
from sellerdesk.core.errors import Conflict
from sellerdesk.finance import services as finance
from sellerdesk.finance.types import BookedLine, Charge, ReturnedGoods
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockLine
from sellerdesk.orders.types import LineRow, PostingCard
from sellerdesk.returns import events, rules, states
from sellerdesk.returns.errors import ActionNotAvailable, ClaimNotFound
from sellerdesk.returns.models import Claim, ClaimPhoto
from sellerdesk.returns.types import MOST_PHOTOS, ReturnRequest
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef


@dataclass(frozen=True, slots=True)
class Opening:
    """A claim to be opened: what the buyer asked, of which line, and the rule of the term."""

    request: ReturnRequest
    card: PostingCard
    line: LineRow
    term_rule_id: int


@dataclass(slots=True)
class Step:
    """A move of one claim, decided and not yet written. `stock` is what becomes of goods the shop has in hand."""

    claim: Claim
    move: str
    at: datetime
    actor: Actor
    stock: str = "shelf"
    comment: str = ""


def open_claims(seller: SellerRef, openings: Sequence[Opening], actor: Actor) -> list[Claim]:
    """Write claims that are known to be possible, in the order given. Three statements at most."""
    made = Claim.objects.bulk_create(_opened(seller, one) for one in openings)
    ClaimPhoto.objects.bulk_create(
        ClaimPhoto(seller_id=seller.id, claim_id=claim.pk, key=key, by="buyer")
        for claim, one in zip(made, openings, strict=True) for key in one.request.photos[:MOST_PHOTOS])
    activity.record_many([entry(events.CLAIM_OPENED, claim, claim.created_at, actor, comment=claim.comment)
                          for claim in made])
    return made


def _opened(seller: SellerRef, one: Opening) -> Claim:
    asked, card, line = one.request, one.card, one.line
    assert card.delivered_at is not None
    claim = Claim(
        seller_id=seller.id, posting_number=card.number, order_number=card.order_number, product_id=line.product_id,
        warehouse_id=card.warehouse_id, sku=line.sku, offer_id=line.offer_id, name=line.name,
        quantity=asked.quantity, amount_minor=line.price_minor * asked.quantity,
        commission_minor=rules.part(line.commission_minor, asked.quantity, line.quantity),
        commission_rule_id=line.commission_rule_id, currency=card.currency, reason=asked.reason,
        comment=asked.comment.strip()[:2000], method=asked.method, delivered_at=card.delivered_at,
        term_rule_id=one.term_rule_id, created_at=asked.at,
        search_text=rules.fold(card.number, line.sku, line.offer_id, line.name))
    _enter(claim, states.WAITS, asked.at)
    return claim


def _enter(claim: Claim, state: str, at: datetime) -> None:
    """Put a claim into a state with its terms: until when, and when the shop is reminded."""
    terms = dated.get("returns.claim_terms", "", at).value
    claim.state, claim.changed_at = state, at
    claim.due_at = rules.claim_due(state, at, terms)
    claim.remind_at = rules.half_time(at, claim.due_at, state)
    claim.closed_at = at if state in states.FINAL else None


def load(claim_ids: Iterable[int], seller_id: int | None = None) -> list[Claim]:
    """Claims by id, locked where the database can; of one shop unless `seller_id` is None. One query."""
    rows = Claim.objects.select_for_update().filter(pk__in=set(claim_ids))
    return list((rows.filter(seller_id=seller_id) if seller_id is not None else rows).order_by("pk"))


def one(seller: SellerRef, claim_id: int, only_in: Sequence[int] = ()) -> Claim:
    """Raises ClaimNotFound, also for one outside the warehouses `only_in` (none: all)."""
    found = load([claim_id], seller.id)
    if not found or (only_in and found[0].warehouse_id not in only_in):
        raise ClaimNotFound(rules.claim_number(claim_id))
    return found[0]


def buyer_acts(*, claim_ids: Iterable[int], move: str, at: datetime, actor: Actor, tracking_number: str = "") -> int:
    """What the buyer does, or the carrier for them: send, arrive, accept_offer, refuse_offer, dispute, withdraw.

    Of claims of any number of shops; those for which the table has no such move stay as they are. Returns how many
    moved.
    """
    if states.MOVES[move].by not in ("buyer", "carrier"):
        raise ValueError(f"{move} is not the buyer's to make")
    with atomic():
        claims = [claim for claim in load(claim_ids) if states.target(move, claim.state)]
        for claim in claims:
            if tracking_number:
                claim.tracking_number = tracking_number[:40]
        return take([Step(claim, move, at, actor) for claim in claims])


def platform_decides(*, claim_id: int, for_buyer: bool, comment: str, actor: Actor, now: datetime) -> None:
    """An operator ends a dispute before its term. Raises ClaimNotFound, ActionNotAvailable."""
    move = "decide_for_buyer" if for_buyer else "decide_for_seller"
    with atomic():
        found = load([claim_id])
        if not found:
            raise ClaimNotFound(rules.claim_number(claim_id))
        if not states.target(move, found[0].state):
            raise ActionNotAvailable(rules.claim_number(claim_id), found[0].state)
        take([Step(found[0], move, now, actor, comment=comment)])


def take(steps: Sequence[Step]) -> int:
    """Write decided moves with everything that follows: terms, money, stock, news. Returns how many.

    One claim makes one move in a batch. Raises Conflict when somebody else was faster with any of them.
    """
    if not steps:
        return 0
    refunded: list[Step] = []
    shelved: dict[int, list[StockLine]] = defaultdict(list)
    entries = []
    for step in steps:
        claim, before = step.claim, step.claim.state
        target = states.target(step.move, before)
        assert target is not None
        _enter(claim, target, step.at)
        if step.move in states.REFUNDING:
            refunded.append(step)
            # Only what the shop has in hand can go back to the shelf.
            if before == states.INSPECTED and step.stock == "shelf":
                shelved[claim.seller_id].append(StockLine(
                    claim.product_id, claim.warehouse_id, claim.quantity, claim.posting_number, step.at))
        entries.append(_told(step, before))
    _write([step.claim for step in steps])
    _book(refunded, [step for step in steps if step.move == "accept_offer"])
    for seller_id, lines in sorted(shelved.items()):
        inventory.put_back(seller=sellers.seller_ref(seller_id), lines=lines)
    activity.record_many(entries)
    return len(steps)


def _told(step: Step, before: str) -> Entry:
    claim, by = step.claim, states.MOVES[step.move].by
    event = (events.CLAIM_DISPUTED if step.move == "dispute" else events.CLAIM_CLOSED if claim.state in states.FINAL
             else events.CLAIM_DECIDED if by == "seller" else events.CLAIM_MOVED)
    return entry(event, claim, step.at, step.actor, before=before, move=step.move, by=by, comment=step.comment)


def entry(event: str, claim: Claim, at: datetime, actor: Actor, before: str = "", **data: object) -> Entry:
    return Entry(event, at, actor, claim.seller_id, "claim", str(claim.pk), claim.offer_id,
                 before={"state": before} if before else None, after={"state": claim.state},
                 data={"number": rules.claim_number(claim.pk), "posting_number": claim.posting_number,
                       "sku": claim.sku, "quantity": claim.quantity, "reason": claim.reason, "state": claim.state,
                       **data})


def _write(claims: Sequence[Claim]) -> None:
    changed = fetch_all(
        f"""UPDATE returns_claim SET state = v.state, changed_at = v.at, due_at = v.due, remind_at = v.remind,
                closed_at = v.closed, tracking_number = v.tracking, rejection = v.rejection,
                rejection_comment = v.comment, offer_minor = v.offer, back_way_minor = v.back,
                version = returns_claim.version + 1
            FROM {json_rows("v", id="int", version="int", state="text", at="time", due="time", remind="time",
                            closed="time", tracking="text", rejection="text", comment="text", offer="int",
                            back="int")}
            WHERE returns_claim.id = v.id AND returns_claim.version = v.version RETURNING returns_claim.id""",
        [json_param([[claim.pk, claim.version, claim.state, claim.changed_at, claim.due_at, claim.remind_at,
                      claim.closed_at, claim.tracking_number, claim.rejection, claim.rejection_comment,
                      claim.offer_minor, claim.back_way_minor] for claim in claims])])
    if len(changed) != len(claims):
        raise Conflict()
    for claim in claims:
        claim.version += 1


def _book(refunded: Sequence[Step], compensated: Sequence[Step]) -> None:
    """A refund takes the sale back with its commission; a part of the price is a charge of its own."""
    finance.book_returns(returns=[
        ReturnedGoods(
            seller_id=step.claim.seller_id, key=f"claim:{step.claim.pk}", posting_number=step.claim.posting_number,
            currency=step.claim.currency, at=step.at, logistics_minor=step.claim.back_way_minor,
            lines=(BookedLine(step.claim.sku, step.claim.quantity, step.claim.amount_minor,
                              step.claim.commission_minor, step.claim.commission_rule_id),))
        for step in refunded])
    finance.book_charges(charges=[
        Charge(step.claim.seller_id, f"claim:{step.claim.pk}", "partial_refund", step.claim.posting_number,
               step.claim.currency, step.at, -step.claim.offer_minor) for step in compensated])
