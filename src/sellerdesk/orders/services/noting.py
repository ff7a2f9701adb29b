"""Finding errors: in the transaction of the move that makes one, so that no count ever lags behind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sellerdesk.core.db import execute, fetch_all, is_postgres, json_param, json_rows, json_value, utc
from sellerdesk.orders import queries
from sellerdesk.orders.queries import terms as reading
from sellerdesk.orders.terms import index
from sellerdesk.orders.terms.types import CANCELLATION, DELAY, FaultKind

if TYPE_CHECKING:
    from sellerdesk.orders.services.moving import Working


def note(postings: Sequence[Working]) -> int:
    """Write down the errors among moves that have just been saved. Returns how many are new.

    A posting ended for a reason that is the seller's fault is one; so is a hand-over after the term. Two statements
    where there may be errors, none elsewhere. Telling it twice changes nothing.
    """
    candidates: list[tuple[Working, FaultKind, datetime]] = [
        *((one, CANCELLATION, at) for one in _guilty(postings) if (at := one.cancelled_at)),
        *((one, DELAY, at) for one in postings if not one.left_before and (at := one.handed_over_at))]
    if not candidates:
        return 0
    known = {id_: (ship_by, utc(packed_at), scheme) for id_, due, packed_at, scheme in fetch_all(
        f"""SELECT p.id, p.ship_by, p.packed_at, p.scheme FROM {json_rows("v", id="int")}
            CROSS JOIN orders_posting p WHERE p.id = v.id AND p.scheme <> 'fbo'""",
        [json_param([[id_] for id_ in sorted({one.id for one, _kind, _at in candidates})])]) if (ship_by := utc(due))}
    rows = [_row(one, kind, at, *known[one.id]) for one, kind, at in candidates
            if one.id in known and (kind == CANCELLATION or at > known[one.id][0])]
    return _insert(rows) if rows else 0


def _guilty(postings: Sequence[Working]) -> list[Working]:
    ended = [one for one in postings if one.cancelled_at]
    if not ended:
        return []
    last = max(at for one in ended if (at := one.cancelled_at))
    guilty = {reason.id for reason in queries.cancel_reasons(last)
              if reason.kind == "seller" and reason.counts_in_rating}
    return [one for one in ended if one.cancel_reason_id in guilty]


def _row(posting: Working, kind: FaultKind, at: datetime, ship_by: datetime, packed_at: datetime | None,
         scheme: str) -> list[Any]:
    rule = reading.index_rule(at)
    counts = kind in rule.kinds
    evidence: dict[str, Any] = {
        "ship_by": ship_by.isoformat(), "packed_at": packed_at.isoformat() if packed_at else None,
        "handed_over_at": posting.handed_over_at.isoformat() if posting.handed_over_at else None, "scheme": scheme,
        "warehouse_id": posting.warehouse_id}
    if kind == CANCELLATION:
        evidence |= {"cancelled_at": at.isoformat(), "reason_id": posting.cancel_reason_id,
                     "by": posting.cancelled_by, "message": posting.cancel_message}
    return [posting.seller_id, posting.id, posting.number, kind, at, index.day_of(at, rule.time_zone).isoformat(),
            posting.amount_minor, posting.currency, kind == DELAY or posting.handed_over_at is not None, counts,
            "" if counts else "kind", json_value(evidence)]


def _insert(rows: Sequence[Sequence[Any]]) -> int:
    day, json = ("v.day::date", "json") if is_postgres() else ("v.day", "text")
    return execute(
        f"""INSERT INTO orders_fault (seller_id, posting_id, number, kind, at, day, price_minor, currency, shipped,
                counts, excluded, evidence, index_errors, index_shipments, index_bp, grace, fee_bp, cap_minor,
                amount_minor, first_minor)
            SELECT v.seller, v.posting, v.number, v.kind, v.at, {day}, v.price, v.currency, v.shipped, v.counts,
                v.excluded, v.evidence, 0, 0, 0, FALSE, 0, 0, 0, 0
            FROM {json_rows("v", seller="int", posting="int", number="text", kind="text", at="time", day="text",
                            price="int", currency="text", shipped="bool", counts="bool", excluded="text",
                            evidence=json)}
            WHERE TRUE ON CONFLICT (posting_id, kind) DO NOTHING""", [json_param(rows)])
