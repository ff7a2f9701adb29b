"""Following parcels: what a carrier's scan means for the posting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sellerdesk.core import activity
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.finance import services as finance
from sellerdesk.finance.types import BookedLine, DeliveredPosting
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockLine
from sellerdesk.orders import events, queries, states
from sellerdesk.orders.services import cancelling, invoicing, moving, promoting
from sellerdesk.orders.services.moving import Working
from sellerdesk.orders.types import LOST_BY_CARRIER, NOT_COLLECTED, Cancellation, CancelledBy, Place
from sellerdesk.sellers import queries as sellers

# Scans after which nothing is delivered any more: the reason and who is the cause.
_ENDINGS: dict[str, tuple[int, CancelledBy]] = {"returning": (NOT_COLLECTED, "client"),
                                                "lost": (LOST_BY_CARRIER, "delivery")}


@dataclass(frozen=True, slots=True)
class Sighting:
    """A scan as orders sees it."""

    number: str
    code: str
    place: str
    at: datetime
    actor: Actor


def follow_scans(*, sightings: Sequence[Sighting]) -> int:
    """Move postings along with their parcels. Returns how many moved.

    Several scans of one posting are followed in the order given; scans that lead nowhere by states.MOVES (late, double,
    or of a posting that has ended) change nothing. A delivery books the sale and takes the units off the shelf in the
    same transaction. A fixed number of statements for any number of scans, times the shops among them.
    """
    with atomic():
        found = moving.load({one.number for one in sightings if f"scan.{one.code}" in states.MOVES})
        moved: dict[str, Working] = {}
        endings: list[tuple[Working, Cancellation, Actor]] = []
        ended: set[str] = set()
        entries: list[Entry] = []
        for one in sightings:
            posting = found.get(one.number)
            if posting is None or one.number in ended or f"scan.{one.code}" not in states.MOVES:
                continue
            target = states.target(f"scan.{one.code}", posting.facts)
            if target is None:
                continue
            if one.code in _ENDINGS:
                reason, by = _ENDINGS[one.code]
                endings.append((posting, Cancellation(one.number, reason, "", by, one.at), one.actor))
                ended.add(one.number)
                continue
            entries.append(_move(posting, target, one))
            moved[one.number] = posting
        moving.write(list(moved.values()))
        book([posting for posting in moved.values() if posting.state == states.DELIVERED])
        end(endings)
        activity.record_many(entries)
        return len(moved.keys() | ended)


def _move(posting: Working, target: Place, one: Sighting) -> Entry:
    before = {"state": posting.state, "substate": posting.substate}
    posting.go(target, one.at)
    data: dict[str, str | int] = {"code": one.code, "place": one.place}
    if posting.handed_over_at is None:
        # Brought to the sorting centre without being marked here: the scan is the proof.
        posting.handed_over_at = one.at
    if posting.state == states.DELIVERED:
        posting.delivered_at = one.at
        data |= {"amount_minor": posting.amount_minor, "currency": posting.currency, "units": posting.units}
    return Entry(events.POSTING_DELIVERED if posting.state == states.DELIVERED else events.POSTING_MOVED, one.at,
                 one.actor, posting.seller_id, "posting", posting.number, posting.number, before=before,
                 after={"state": posting.state, "substate": posting.substate}, data=data)


def book(delivered: list[Working]) -> None:
    """The sale and the shelf, in the transaction of the move."""
    if not delivered:
        return
    moving.load_lines(delivered)
    companies = invoicing.buyers_of(delivered)
    in_parts = promoting.paid_in_parts(delivered)
    finance.book_deliveries(postings=[
        DeliveredPosting(
            seller_id=p.seller_id, number=p.number, currency=p.currency, at=_at(p), company=companies.get(p.number),
            in_parts_minor=in_parts.get(p.number, 0), ordered_at=p.in_process_at,
            logistics_minor=p.logistics_minor, logistics_rule_id=p.logistics_rule_id,
            lines=tuple(BookedLine(line.sku, line.quantity, line.amount_minor, line.commission_minor,
                                   line.commission_rule_id, line.rate_id) for line in p.lines))
        for p in delivered])
    by_seller: dict[int, list[StockLine]] = defaultdict(list)
    for posting in delivered:
        by_seller[posting.seller_id] += cancelling.stock_lines([posting], _at(posting))
    for seller_id, lines in sorted(by_seller.items()):
        inventory.consume(seller=sellers.seller_ref(seller_id), lines=lines)


def _at(posting: Working) -> datetime:
    assert posting.delivered_at is not None
    return posting.delivered_at


def end(endings: Sequence[tuple[Working, Cancellation, Actor]]) -> None:
    if not endings:
        return
    reasons = {reason.id: reason for reason in queries.cancel_reasons(endings[0][1].at)}
    by_seller: dict[int, list[tuple[Working, Cancellation, Actor]]] = defaultdict(list)
    for ending in endings:
        by_seller[ending[0].seller_id].append(ending)
    for seller_id, group in sorted(by_seller.items()):
        cancelling.end(seller=sellers.seller_ref(seller_id), endings=[(p, item) for p, item, _ in group],
                       reasons=reasons, actor=group[0][2])
