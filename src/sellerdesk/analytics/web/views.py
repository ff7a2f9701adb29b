"""The home board: the first thing a seller sees."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sellerdesk.analytics import queries
from sellerdesk.analytics.permissions import BALANCE_VIEW, BOARD_VIEW
from sellerdesk.analytics.web import blocks
from sellerdesk.core import clock
from sellerdesk.core.http.access import seller_view
from sellerdesk.orders import queries as orders

PARTS = ("figures", "tasks", "news")


@seller_view(BOARD_VIEW)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    board = queries.board(request.seller, now=now, language=request.language, with_money=request.can(BALANCE_VIEW))
    zone = ZoneInfo(request.seller.time_zone)
    return render(request, "analytics/home.html", {
        "greeting": blocks.greeting(now.astimezone(zone), str(request.user)), "today": blocks.long_day(board.day),
        "token": orders.latest_change(request.seller), **blocks.figures(board.figures, now, zone),
        **blocks.tasks(board.tasks, board.day), **blocks.month(board.figures), "chart": blocks.chart(board.figures),
        "newcomer": blocks.newcomer(board.figures),
        "best": blocks.best(board.best, board.figures.currency), "low": board.low, "news": blocks.news(board.news),
    })


@seller_view(BOARD_VIEW)
@require_GET
def live(request: HttpRequest, part: str) -> HttpResponse:
    """One part of the board anew, or nothing (204) when nothing has happened since it was shown."""
    if part not in PARTS:
        raise Http404
    token = orders.latest_change(request.seller)
    if request.GET.get("seen") == str(token):
        return HttpResponse(status=204)
    return render(request, f"analytics/_{part}.html", {"token": token, **_part(request, part)})


def _part(request: HttpRequest, part: str) -> dict[str, Any]:
    now, seller = clock.now(), request.seller
    if part == "figures":
        figures = queries.figures(seller, now=now, with_money=request.can(BALANCE_VIEW))
        return blocks.figures(figures, now, ZoneInfo(seller.time_zone))
    if part == "tasks":
        today = now.astimezone(ZoneInfo(seller.time_zone)).date()
        return blocks.tasks(queries.tasks(seller, now=now), today)
    return {"news": blocks.news(queries.news(seller))}


