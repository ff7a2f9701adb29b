"""The part of a posting's page about its term: until when, what each step costs, what it has cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import localtime

from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.inventory import queries as inventory
from sellerdesk.orders import permissions
from sellerdesk.orders.queries import ledger
from sellerdesk.orders.queries import terms as reading
from sellerdesk.orders.terms import steps
from sellerdesk.orders.types import PostingCard
from sellerdesk.orders.web import terms_words as words


@dataclass(frozen=True, slots=True)
class StepView:
    """One step with its state: done, now or todo."""

    badge: Any
    starts_at: datetime | None
    text: str
    state: str


def context(request: WebRequest, card: PostingCard, now: datetime) -> dict[str, Any]:
    """What `orders/_terms.html` needs. Nothing for people who may not see terms."""
    if not request.can(permissions.TERMS_VIEW) or card.scheme == "fbo":
        return {"terms": None}
    seller = request.seller
    place = next((row for row in inventory.warehouses(seller) if row.id == card.warehouse_id), None)
    where = reading.calendar(place, seller.time_zone)
    waits = card.state in reading.WAITING and card.handed_over_at is None
    views: list[StepView] = []
    if waits:
        made = reading.posting_steps(
            seller, ship_by=card.ship_by, amount_minor=card.amount_minor, scheme=card.scheme, where=where,
            standing=reading.index_today(seller, now), now=now)
        current, _following = steps.standing(made, now)
        at = made.index(current)
        views = [StepView(words.step_badge(step), step.starts_at, words.step_text(step, card.currency),
                          "done" if index < at else "now" if index == at else "todo")
                 for index, step in enumerate(made)]
    there = card.ship_by.astimezone(ZoneInfo(where.time_zone))
    here = localtime(card.ship_by)
    return {"terms": {
        "steps": views, "there": f"{there:%d.%m, %H:%M}" if there.utcoffset() != here.utcoffset() else "",
        "place": place.name if place else "", "zone": where.time_zone,
        "penalties": [(row, words.KINDS[row.kind], Money(row.amount_minor, row.currency))
                      for row in ledger.faults_of(seller, card.number)]}}
