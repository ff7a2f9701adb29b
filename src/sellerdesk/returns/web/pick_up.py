"""The page of picking goods up: barcode, points where goods wait, passes for cars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render

from sellerdesk.core import clock
from sellerdesk.core.http.request import WebRequest
from sellerdesk.handover import queries as handover
from sellerdesk.handover.types import PassFilter, PassInput, PassRow
from sellerdesk.inventory import queries as inventory
from sellerdesk.returns import permissions, queries
from sellerdesk.returns.web.tabs import tabs


def page(request: WebRequest, *, typed: PassInput | None = None, error: str = "") -> HttpResponse:
    """The page; with a pass that was refused, what was typed and why."""
    places, _more = queries.places(request.seller, warehouse_ids=request.warehouse_ids, limit=500)
    may, zone = request.can(permissions.DECIDE), ZoneInfo(request.seller.time_zone)
    fresh = typed if typed and not typed.id else None
    return render(request, "returns/pick_up.html", {
        "page_tabs": tabs(request, "pick_up"), "places": places, "may": may, "passes": _shown(request, typed),
        "typed": fresh, "typed_at": _local(fresh.arrives_at, zone) if fresh else "", "error": error,
        "wrong": typed.id if typed else 0,
        "warehouses": [one for one in inventory.warehouses(request.seller)
                       if not request.warehouse_ids or one.id in request.warehouse_ids] if may and places else (),
        "code": queries.giveout_code(request.seller) if may else "",
        "giveouts": queries.giveouts(request.seller, limit=10, newest_first=True,
                                     warehouse_ids=request.warehouse_ids)}, status=422 if error else 200)


@dataclass(frozen=True, slots=True)
class PassView:
    """A pass with the city of its point; `local` is the hour in the shop's own time, as a form field has it."""

    row: PassRow
    city: str
    local: str
    #: What was typed where saving it was refused; else the pass itself.
    told: PassRow | PassInput


def _shown(request: WebRequest, typed: PassInput | None) -> list[PassView]:
    """The passes whose day is not over. Two queries."""
    where = PassFilter(returns=True, active_at=clock.now())
    rows = handover.passes(request.seller, where, viewer=handover.Viewer(tuple(request.warehouse_ids))).rows
    cities = queries.point_cities({row.place_id for row in rows})
    zone = ZoneInfo(request.seller.time_zone)
    made = []
    for row in rows:
        told = typed if typed and typed.id == row.id else row
        made.append(PassView(row, cities.get(row.place_id, ""), _local(told.arrives_at, zone), told))
    return made


def _local(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%dT%H:%M}" if at else ""
