"""How a posting changes place: load, decide in memory by states.py, write everything in one guarded statement.

The guard is the version read at the start. Whoever comes second changes no row and is told so; nothing is written
twice, and a sale can never be both cancelled and shipped. On PostgreSQL the rows are also locked while we decide, so
that two batches wait for each other instead of losing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sellerdesk.core import faults
from sellerdesk.core.db import fetch_all, is_postgres, json_param, json_rows, utc
from sellerdesk.core.errors import Conflict
from sellerdesk.orders import queries, states
from sellerdesk.orders.errors import (
    AlreadyCancelled,
    AlreadyShipped,
    IncorrectIntegration,
    IncorrectStatus,
    Overtaken,
    TrackingMissing,
    UnitsIncomplete,
)
from sellerdesk.orders.services import noting
from sellerdesk.orders.types import MOST_SLOT_CHANGES, Facts, LineRow, Outcome, Place
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

_COLUMNS = """p.id, p.seller_id, p.number, p.state, p.substate, p.version, p.warehouse_id, p.delivery_method_id, p.city,
    p.weight_g, p.currency, p.amount_minor, p.units, p.logistics_minor, p.logistics_rule_id, p.tracking_number,
    p.in_process_at, p.handed_over_at, p.order_id, p.scheme, p.integration, p.previous_substate, p.slot_changes,
    p.open_needs"""


@dataclass(slots=True)
class Working:
    """A posting while a service decides about it. Fields after `open_needs` are what will be written."""

    id: int
    seller_id: int
    number: str
    state: str
    substate: str
    version: int
    warehouse_id: int
    method_id: int
    city: str
    weight_g: int
    currency: str
    amount_minor: int
    units: int
    logistics_minor: int
    logistics_rule_id: int | None
    tracking_number: str
    in_process_at: datetime
    handed_over_at: datetime | None
    order_id: int
    scheme: str
    integration: str
    came_from: str
    slot_changes: int
    open_needs: int
    left_before: bool = False
    previous_substate: str = ""
    changed_at: datetime | None = None
    packed_at: datetime | None = None
    delivered_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancel_reason_id: int | None = None
    cancel_message: str | None = None
    cancelled_by: str | None = None
    cancelled_after_ship: bool | None = None
    search_more: str = ""
    failure: str | None = None
    express: bool = False
    lines: list[LineRow] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return self.state, self.substate

    @property
    def facts(self) -> Facts:
        return Facts(self.state, self.substate, self.scheme, self.integration, self.came_from,
                     tracking=bool(self.tracking_number), slots_left=max(0, MOST_SLOT_CHANGES - self.slot_changes),
                     express=self.express, requirements_open=self.open_needs > 0)

    def go(self, target: Place, at: datetime) -> None:
        """Take the posting to `target`, in memory; several times within one act if it goes on."""
        self.previous_substate = self.came_from = self.substate
        self.state, self.substate = target
        self.changed_at = at


def load(numbers: Iterable[str], *, seller_id: int | None = None) -> dict[str, Working]:
    """Postings by number, locked where the database can; of one shop unless `seller_id` is None. One query."""
    wanted = sorted(set(numbers))
    if not wanted:
        return {}
    # The list of numbers drives the plan (one probe of the unique index each), whatever the table's size.
    rows = fetch_all(
        f"""SELECT {_COLUMNS} FROM {json_rows("v", number="text")} CROSS JOIN orders_posting p
            WHERE p.number = v.number {"AND p.seller_id = %s" if seller_id is not None else ""}
            ORDER BY p.id {"FOR UPDATE OF p" if is_postgres() else ""}""",
        [json_param([[number] for number in wanted]), *([seller_id] if seller_id is not None else [])])
    found: dict[str, Working] = {}
    for row in rows:
        values: list[Any] = [*row[:16], utc(row[16]), utc(row[17]), *row[18:]]
        found[row[2]] = Working(*values)
        found[row[2]].left_before = found[row[2]].handed_over_at is not None
    return found


def load_lines(postings: Sequence[Working]) -> None:
    """Fill in the lines. One query."""
    by_id = {posting.id: posting for posting in postings}
    for posting in postings:
        posting.lines = []
    if not by_id:
        return
    for row in fetch_all(
            f"""SELECT l.posting_id, l.product_id, l.sku, l.offer_id, l.name, l.quantity, l.price_minor,
                    l.old_price_minor, l.commission_minor, l.commission_bp, l.commission_rule_id, l.weight_g, l.needs,
                    l.country, l.depth_mm, l.width_mm, l.height_mm, l.batteries, l.list_price_minor,
                    l.action_ids, l.buyer_price_minor, l.buyer_currency, l.rate_id,
                    l.declared_minor, l.declared_currency, l.declared_price_minor, l.declared_rate_id
                FROM {json_rows("v", id="int")} CROSS JOIN orders_postingline l WHERE l.posting_id = v.id
                ORDER BY l.id""", [json_param([[id_] for id_ in by_id])]):
        # SQLite keeps truth as 0 and 1.
        by_id[row[0]].lines.append(LineRow(*(*row[1:17], bool(row[17]), *row[18:])))


def write(postings: Sequence[Working]) -> None:
    """Save the decided moves in one statement. Raises Overtaken when somebody else was faster with any of them."""
    if not postings:
        return
    faults.point("orders.moving.decided")
    rows = [(p.id, p.version, p.state, p.substate, p.previous_substate, p.changed_at, p.packed_at, p.handed_over_at,
             p.delivered_at, p.cancelled_at, p.cancel_reason_id, p.cancel_message, p.cancelled_by,
             p.cancelled_after_ship, p.tracking_number, p.search_more, p.failure)
            for p in sorted(postings, key=lambda p: p.id)]
    source = json_rows(
        "v", id="int", version="int", state="text", substate="text", previous="text", at="time", packed="time",
        handed="time", delivered="time", cancelled="time", reason="int", message="text", by_whom="text", after="bool",
        tracking="text", more="text", failure="text")
    changed = fetch_all(
        f"""UPDATE orders_posting SET
                state = v.state, substate = v.substate, previous_substate = v.previous, changed_at = v.at,
                packed_at = COALESCE(v.packed, orders_posting.packed_at),
                handed_over_at = COALESCE(v.handed, orders_posting.handed_over_at),
                delivered_at = COALESCE(v.delivered, orders_posting.delivered_at),
                cancelled_at = COALESCE(v.cancelled, orders_posting.cancelled_at),
                cancel_reason_id = COALESCE(v.reason, orders_posting.cancel_reason_id),
                cancel_message = COALESCE(v.message, orders_posting.cancel_message),
                cancelled_by = COALESCE(v.by_whom, orders_posting.cancelled_by),
                cancelled_after_ship = COALESCE(v.after, orders_posting.cancelled_after_ship),
                tracking_number = v.tracking,
                failure = COALESCE(v.failure, orders_posting.failure),
                search_text = CASE WHEN v.more = '' THEN orders_posting.search_text
                                   ELSE orders_posting.search_text || ' ' || v.more END,
                version = orders_posting.version + 1
            FROM {source}
            WHERE orders_posting.id = v.id AND orders_posting.version = v.version RETURNING orders_posting.id""",
        [json_param(rows)])
    if len(changed) != len(rows):
        raise overtaken(postings, {row[0] for row in changed})
    noting.note(postings)
    for posting in postings:
        posting.left_before = posting.handed_over_at is not None
        posting.version += 1


def overtaken(postings: Sequence[Working], written: set[int]) -> Conflict:
    """Who was faster with the first posting that could not be written, and when."""
    lost = next(posting for posting in postings if posting.id not in written)
    return told_one(sellers.seller_ref(lost.seller_id), Overtaken(lost.number, lost.state))


def step(posting: Working, move: str, at: datetime) -> None:
    """Take a posting through a move that is known to be possible."""
    found = states.target(move, posting.facts)
    assert found is not None
    posting.go(found, at)


def told(seller: SellerRef, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes, where each refused one says who changed the posting last and when. One query, if any is refused."""
    refused = [one.error for one in outcomes if isinstance(one.error, IncorrectStatus)]
    if refused:
        last = queries.last_changes(seller, [error.data["number"] for error in refused])
        for error in refused:
            error.who, error.when = last.get(error.data["number"], ("", None))
    return list(outcomes)


def told_one(seller: SellerRef, refused: Conflict) -> Conflict:
    """The same for a single refusal."""
    told(seller, [Outcome("", refused)])
    return refused


def cancelled_already(posting: Working) -> IncorrectStatus:
    """For what came after the end within one batch."""
    return AlreadyCancelled(posting.number, states.CANCELLED)


def not_now(posting: Working, action: str) -> IncorrectStatus:
    """Why an action that moves nothing is not offered: because of who carries, or because of the place."""
    elsewhere = any(action in states.available_actions(replace(posting.facts, state=state, substate=substate))
                    for state, members in states.SUBSTATES.items() for substate in members)
    if posting.state in states.TABS["cancelled"]:
        return AlreadyCancelled(posting.number, posting.state)
    return (IncorrectStatus if elsewhere else IncorrectIntegration)(posting.number, posting.state)


def refusal(posting: Working, move: str) -> Conflict | None:
    """Why the move is impossible from where the posting is, in the API's words; None when it is possible."""
    if states.target(move, posting.facts):
        return UnitsIncomplete(posting.number, posting.open_needs) if move == "ship" and posting.open_needs else None
    if posting.state in states.TABS["cancelled"]:
        return AlreadyCancelled(posting.number, posting.state)
    if move == "ship" and posting.state not in states.TABS["to_pack"]:
        return AlreadyShipped(posting.number, posting.state)
    if posting.scheme == "fbo":
        return (IncorrectStatus if move in states.FBO_MOVES else IncorrectIntegration)(posting.number, posting.state)
    if posting.integration not in states.MOVES[move].integrations:
        return IncorrectIntegration(posting.number, posting.state)
    if move == "hand_over" and states.MOVES[move].allows(posting.facts):
        return TrackingMissing(posting.number, posting.state)
    return IncorrectStatus(posting.number, posting.state)
