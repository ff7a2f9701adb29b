"""The home board: the first thing a seller sees."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sellerdesk.analytics import queries
from sellerdesk.analytics.permissions import BALANCE_VIEW, BOARD_VIEW
from sellerdesk.analytics.web import blocks
from sellerdesk.core import clock
from sellerdesk.core.http import pulse
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.http.zones import reader_zone
from sellerdesk.orders import queries as orders

PARTS = ("figures", "tasks", "news")


@seller_view(BOARD_VIEW)
@require_GET
def home(request: WebRequest) -> HttpResponse:
    now = clock.now()
    zone = reader_zone(request)
    board = queries.board(request.seller, now=now, zone=zone, language=request.language,
                          with_money=request.can(BALANCE_VIEW), warehouse_ids=request.warehouse_ids)
    return render(request, "analytics/home.html", {
        "greeting": blocks.greeting(now.astimezone(zone), str(request.user)), "today": blocks.long_day(board.day),
        "token": _token(request), **blocks.figures(board.figures, now, zone),
        **blocks.tasks(board.tasks, board.day), **blocks.month(board.figures), "chart": blocks.chart(board.figures),
        "newcomer": blocks.newcomer(board.figures),
        "best": blocks.best(board.best, board.figures.currency), "low": board.low, "news": blocks.news(board.news),
    })


@seller_view(BOARD_VIEW)
@require_GET
def live(request: WebRequest, part: str) -> HttpResponse:
    """One part of the board anew, or nothing (204) when nothing has happened since it was shown."""
    if part not in PARTS:
        raise Http404
    token = _token(request)
    if request.GET.get("seen") == token:
        return pulse.nothing_new(request)
    return render(request, f"analytics/_{part}.html", {"token": token, **_part(request, part)})


def _token(request: WebRequest) -> str:
    """Changes when something happens in the shop, and once more when the facts have counted it."""
    latest = orders.latest_change(request.seller)
    return f"{latest}-{int(queries.counted_until() >= latest)}"


def _part(request: WebRequest, part: str) -> dict[str, Any]:
    now, seller, places, zone = clock.now(), request.seller, request.warehouse_ids, reader_zone(request)
    if part == "figures":
        figures = queries.figures(seller, now=now, zone=zone, with_money=request.can(BALANCE_VIEW),
                                  warehouse_ids=places)
        return blocks.figures(figures, now, zone)
    if part == "tasks":
        found = queries.tasks(seller, now=now, zone=zone, warehouse_ids=places)
        return blocks.tasks(found, now.astimezone(zone).date())
    return {"news": blocks.news(queries.news(seller, places))}
