"""How a supply changes: read under a lock, decided by states.py, written guarded by its version."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.sellers.types import SellerRef
from sellerdesk.supply import events, queries, states
from sellerdesk.supply.errors import NotNow, SupplyUnknown
from sellerdesk.supply.models import Cargo, Supply
from sellerdesk.supply.types import Facts


@dataclass(slots=True)
class Working:
    """A supply while a service decides about it; `changed` is what will be written besides the state."""

    row: Supply
    facts: Facts
    state: str
    changed: dict[str, Any] = field(default_factory=dict)


def load(supply_id: int, now: datetime, *, seller: SellerRef | None = None) -> Working:
    """One supply, of one shop where one is named. Raises SupplyUnknown. Two queries."""
    rows = Supply.objects.select_for_update().filter(pk=supply_id if 0 < supply_id < 2**63 else 0)
    row = (rows.filter(seller_id=seller.id) if seller is not None else rows).first()
    if row is None:
        raise SupplyUnknown(data={"value": supply_id})
    facts = queries.facts_of(row, Cargo.objects.filter(supply_id=row.pk).exists(), now)
    return Working(row, facts, row.state)


def require(work: Working, action: str) -> None:
    """Raises NotNow where the shop may not do this now."""
    if not states.may(action, work.facts):
        raise NotNow(work.row.number)


def step(work: Working, move: str) -> None:
    """Take the supply through a move. Raises NotNow where the table has none from here."""
    target = states.target(move, work.facts)
    if target is None:
        raise NotNow(work.row.number)
    work.state = target


def write(work: Working, now: datetime, **changed: Any) -> None:
    """Write what was decided. Raises NotNow where somebody else was faster; nothing is written then."""
    row = work.row
    values = {**work.changed, **changed}
    if work.state != row.state:
        values |= {"state": work.state, "changed_at": now}
    done = Supply.objects.filter(pk=row.pk, version=row.version).update(version=row.version + 1, **values)
    if not done:
        raise NotNow(row.number)
    row.version += 1
    for name, value in values.items():
        setattr(row, name, value)


def settle(work: Working, actor: Actor, now: datetime) -> None:
    """Take a supply that is being filled in to where it belongs now: ready when nothing is missing, else not."""
    work.facts = queries.facts_of(work.row, work.facts.cargoes, now)
    whole = not states.missing(work.facts)
    move = "fill" if whole and work.row.state == states.DATA_FILLING else \
        "reopen" if not whole and work.row.state == states.READY else ""
    if move:
        before = work.row.state
        step(work, move)
        write(work, now)
        tell(events.SUPPLY_MOVED, work, actor, now, before=before, state=work.state)


def tell(event: str, work: Working, actor: Actor, now: datetime, *, before: str = "", **data: Any) -> None:
    """Record an act on a supply, in the caller's transaction."""
    row = work.row
    activity.record(
        event, now=now, actor=actor, seller_id=row.seller_id, target_type="supply", target_id=row.pk,
        target_label=row.number, before={"state": before} if before else None,
        after={"state": work.state} if before else None, data=data)


def move(supply_id: int, name: str, *, actor: Actor, now: datetime, **changed: Any) -> None:
    """One move of the marketplace or of time, told as such. Raises SupplyUnknown, NotNow."""
    with atomic():
        work = load(supply_id, now)
        before = work.state
        step(work, name)
        write(work, now, **changed)
        tell(events.SUPPLY_MOVED, work, actor, now, before=before, state=work.state)
