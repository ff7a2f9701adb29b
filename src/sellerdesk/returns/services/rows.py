"""Rows of goods on their way back: read under a lock, decided in memory, written in one guarded statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import fetch_all, json_param, json_rows
from sellerdesk.finance import services as finance
from sellerdesk.finance.types import BookedLine, ReturnedGoods
from sellerdesk.returns.models import Return
from sellerdesk.returns.types import CLIENT_RETURN


def load(return_ids: Iterable[int], sources: Sequence[str], seller_id: int | None = None) -> list[Return]:
    """Those of these returns that stand in one of the states, by id, locked where the database can. One query."""
    rows = Return.objects.select_for_update().filter(pk__in=set(return_ids), state__in=sources)
    return list((rows.filter(seller_id=seller_id) if seller_id is not None else rows).order_by("pk"))


def save(rows: list[Return]) -> None:
    """Write decided moves in one statement guarded by the version; who was slower drops out of `rows`."""
    if not rows:
        return
    changed = {row[0] for row in fetch_all(
        f"""UPDATE returns_return SET state = v.state, changed_at = v.at, arrived_at = v.arrived,
                received_at = v.received, storage_rule_id = v.rule, storage_starts_at = v.starts,
                storage_minor = v.storage, dispose_at = v.dispose, disposal_minor = v.disposal,
                compensation = v.comp, compensation_minor = v.comp_minor, compensation_at = v.comp_at,
                giveout_id = v.giveout, version = returns_return.version + 1
            FROM {json_rows("v", id="int", version="int", state="text", at="time", arrived="time", received="time",
                            rule="int", starts="time", storage="int", dispose="time", disposal="int", comp="text",
                            comp_minor="int", comp_at="time", giveout="int")}
            WHERE returns_return.id = v.id AND returns_return.version = v.version RETURNING returns_return.id""",
        [json_param([[row.pk, row.version, row.state, row.changed_at, row.arrived_at, row.received_at,
                      row.storage_rule_id, row.storage_starts_at, row.storage_minor, row.dispose_at,
                      row.disposal_minor, row.compensation, row.compensation_minor, row.compensation_at,
                      row.giveout_id] for row in rows])])}
    rows[:] = [row for row in rows if row.pk in changed]
    for row in rows:
        row.version += 1


def take_back_sales(rows: Sequence[Return], at: datetime) -> None:
    """The buyer has the money again: price and commission are given back, the way back is paid for."""
    finance.book_returns(returns=[
        ReturnedGoods(
            seller_id=row.seller_id, key=f"{row.pk}", posting_number=row.posting_number, currency=row.currency, at=at,
            lines=(BookedLine(row.sku, row.quantity, row.amount_minor, row.commission_minor,
                              row.commission_rule_id),),
            logistics_minor=row.logistics_minor, logistics_rule_id=row.logistics_rule_id)
        for row in rows if row.kind == CLIENT_RETURN])


def entry(event: str, row: Return, at: datetime, actor: Actor, **data: object) -> Entry:
    return Entry(event, at, actor, row.seller_id, "return", str(row.pk), row.offer_id,
                 data={"posting_number": row.posting_number, "sku": row.sku, "quantity": row.quantity,
                       "kind": row.kind, "reason": row.reason, **data})
