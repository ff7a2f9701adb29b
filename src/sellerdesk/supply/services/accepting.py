"""What the marketplace's people do with a supply, and what the shop says to their report.

Good units are on sale from the warehouse in the transaction of the report; what a dispute finds follows in its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockLine
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef
from sellerdesk.supply import events, states
from sellerdesk.supply.models import SupplyLine
from sellerdesk.supply.services import moving
from sellerdesk.supply.services.moving import Working
from sellerdesk.supply.types import Counted


def hand_in(*, supply_id: int, actor: Actor, now: datetime) -> None:
    """The car has come: to the warehouse itself, or to a receiving point. Raises SupplyUnknown, NotNow."""
    moving.move(supply_id, "hand_in", actor=actor, now=now)


def refuse(*, supply_id: int, comment: str, actor: Actor, now: datetime) -> None:
    """The supply is turned back at the gate. Raises SupplyUnknown, NotNow."""
    moving.move(supply_id, "refuse", actor=actor, now=now, comment=comment[:500], seat=None)


def depart(*, supply_id: int, actor: Actor, now: datetime) -> None:
    """On from the receiving point. Raises SupplyUnknown, NotNow."""
    moving.move(supply_id, "depart", actor=actor, now=now)


def unload(*, supply_id: int, actor: Actor, now: datetime) -> None:
    """It has arrived where the goods will lie. Raises SupplyUnknown, NotNow."""
    moving.move(supply_id, "unload", actor=actor, now=now)


def report_counted(*, supply_id: int, counted: Sequence[Counted], actor: Actor, now: datetime) -> None:
    """What was found: good units are on sale at once, damaged ones are not.

    Where everything is as declared, the supply is complete; else the shop has some days to look at it (dated rule
    supply.report). Products that were not counted are missing; what was never declared is left aside. Raises
    SupplyUnknown, NotNow.
    """
    with atomic():
        work = moving.load(supply_id, now)
        before = work.state
        moving.step(work, "report")
        found = {one.product_id: one for one in counted}
        lines = list(SupplyLine.objects.filter(supply_id=supply_id).order_by("id"))
        for line in lines:
            one = found.get(line.product_id, Counted(line.product_id, 0))
            line.good, line.damaged = max(one.good, 0), max(one.damaged, 0)
        SupplyLine.objects.bulk_update(lines, ["good", "damaged"])
        same = all(line.good == line.quantity and not line.damaged for line in lines)
        days = dated.get("supply.report", "", now).value["confirm_days"]
        moving.write(work, now, act_at=now, act_due=None if same else now + timedelta(days=days))
        _put_on_sale(work, [(line.product_id, line.good or 0) for line in lines], now)
        moving.tell(
            events.SUPPLY_COUNTED, work, actor, now, before=before, good=sum(line.good or 0 for line in lines),
            damaged=sum(line.damaged or 0 for line in lines),
            short=sum(max(line.quantity - (line.good or 0) - (line.damaged or 0), 0) for line in lines),
            surplus=sum(max((line.good or 0) + (line.damaged or 0) - line.quantity, 0) for line in lines))
        if same:
            _complete(work, "accept_report", events.REPORT_ACCEPTED, actor, now)


def accept_report(*, seller: SellerRef, supply_id: int, actor: Actor, now: datetime) -> None:
    """The shop agrees with the report. Raises SupplyUnknown, NotNow."""
    with atomic():
        work = moving.load(supply_id, now, seller=seller)
        moving.require(work, "accept_report")
        _complete(work, "accept_report", events.REPORT_ACCEPTED, actor, now)


def dispute_report(*, seller: SellerRef, supply_id: int, comment: str, actor: Actor, now: datetime) -> None:
    """The shop does not agree: the marketplace counts again. Raises SupplyUnknown, NotNow."""
    with atomic():
        work = moving.load(supply_id, now, seller=seller)
        moving.require(work, "dispute")
        before = work.state
        moving.step(work, "dispute")
        moving.write(work, now, comment=comment.strip()[:500], act_due=None)
        moving.tell(events.REPORT_DISPUTED, work, actor, now, before=before, comment=work.row.comment)


def settle_dispute(*, supply_id: int, found: Sequence[Counted], actor: Actor, now: datetime) -> None:
    """What was found when it was counted again, besides what was on sale already. Raises SupplyUnknown, NotNow."""
    with atomic():
        work = moving.load(supply_id, now)
        moving.step(work, "settle")
        more = {one.product_id: one.good for one in found if one.good > 0}
        lines = list(SupplyLine.objects.filter(supply_id=supply_id, product_id__in=more).order_by("id"))
        for line in lines:
            line.good = (line.good or 0) + more[line.product_id]
        SupplyLine.objects.bulk_update(lines, ["good"])
        before = work.row.state
        moving.write(work, now)
        _put_on_sale(work, [(line.product_id, more[line.product_id]) for line in lines], now)
        moving.tell(events.DISPUTE_SETTLED, work, actor, now, before=before,
                    found=sum(more[line.product_id] for line in lines))


def _complete(work: Working, move: str, event: str, actor: Actor, now: datetime) -> None:
    before = work.row.state
    work.facts = moving.load(work.row.pk, now).facts
    moving.step(work, move)
    moving.write(work, now, act_due=None)
    moving.tell(event, work, actor, now, before=before)


def _put_on_sale(work: Working, units: Sequence[tuple[int, int]], now: datetime) -> None:
    lines = [StockLine(product_id, work.row.storage_id, good, work.row.number, now)
             for product_id, good in units if good > 0]
    if lines:
        inventory.receive(seller=sellers.seller_ref(work.row.seller_id), lines=lines)


#: The states in which the marketplace has the goods and has not said yet what they are.
HELD = (states.AT_DROP_OFF, states.IN_TRANSIT, states.ACCEPTANCE)
