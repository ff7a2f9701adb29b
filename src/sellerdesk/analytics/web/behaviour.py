"""How buyers behave: the funnel from view to order, queries that found goods and those that found nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sellerdesk.analytics import queries
from sellerdesk.analytics.metrics import Value
from sellerdesk.analytics.permissions import FIGURES_VIEW
from sellerdesk.analytics.queries import insight
from sellerdesk.analytics.rules import change_percent
from sellerdesk.analytics.types import Answer, Question
from sellerdesk.analytics.web import asking, words
from sellerdesk.catalog.queries.reference import category_names
from sellerdesk.core import clock
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.http.zones import reader_zone
from sellerdesk.core.money import Money
from sellerdesk.core.ui import charts, formats

PERIODS = ("7", "28", "90")
_STEPS = ("views_search", "views_card", "to_cart", "ordered_units")
_METRICS = (*_STEPS, "cart_conversion_search", "cart_conversion_card", "order_conversion", "sessions", "position")
_SHOWN = 15


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the funnel: `width` of its bar in percent of the first, `share` of the step before."""

    label: Any
    text: str
    width: int
    share: str
    delta: float | None
    href: str


@seller_view(FIGURES_VIEW)
@require_GET
def behaviour(request: WebRequest) -> HttpResponse:
    zone, now = reader_zone(request), clock.now()
    today = asking.today_of(zone, now)
    period = request.GET.get("period", "28")
    period = period if period in PERIODS else "28"
    days = int(period)
    # Up to yesterday: visits of today are told in blocks of hours, and would make conversions of an open day wrong.
    today -= timedelta(days=1)
    since, before = today - timedelta(days=days - 1), today - timedelta(days=2 * days - 1)
    found = queries.compared(request.seller, Question(since, today, ("day",), _METRICS), before,
                             since - timedelta(days=1), zone=zone, language=request.language)
    own = queries.queries_found(request.seller, since, today, limit=_SHOWN)
    missed = queries.wanted(since, today, least=insight.least_searches(now), limit=_SHOWN)
    names = category_names({row.category_id for row in missed}, request.language)
    currency = request.seller.currency
    return render(request, "analytics/behaviour.html", {
        "since": since, "until": today, "period": period,
        "tabs": [{"label": asking.PERIODS[key], "href": f"?period={key}", "active": key == period, "count": None}
                 for key in PERIODS],
        "steps": _funnel(found, period), "empty": not found.totals[0],
        "tiles": _tiles(found, period), "chart": _chart(found),
        "found": [(row, formats.percent(row.opened * 100 / row.shown) if row.shown else "",
                   formats.number(row.position, 1), Money(row.gmv_minor, currency)) for row in own],
        "missed": [(row, names.get(row.category_id, "")) for row in missed]})


def _funnel(found: Answer, period: str) -> list[Step]:
    first = found.totals[0] or 1
    made, last = [], None
    for at, metric in enumerate(_STEPS):
        value = found.totals[at] or 0
        share = formats.percent(value * 100 / last) if last else ""
        made.append(Step(words.METRIC[metric][0], formats.number(value), max(round(value * 100 / first), 1), share,
                         _delta(found, at), asking.href({"by": "sku", "period": period, "sort": f"-{metric}",
                                                         "m": list(_METRICS[:7])})))
        last = value
    return made


def _tiles(found: Answer, period: str) -> list[dict[str, Any]]:
    icons = {"cart_conversion_search": "search", "cart_conversion_card": "eye", "order_conversion": "shopping-cart",
             "position": "list"}
    made = []
    for metric, icon in icons.items():
        at = _METRICS.index(metric)
        made.append({"label": words.METRIC[metric][0], "value": words.written(metric, found.totals[at], "RUB")
                     or str(words.NO_DATA), "icon": icon, "delta": _delta(found, at), "inverse": metric == "position",
                     "href": asking.href({"by": "sku", "period": period, "m": [metric], "sort": f"-{metric}"})})
    return made


def _delta(found: Answer, at: int) -> float | None:
    value, before = found.totals[at], found.before[at] if found.before else None
    return None if value is None or before is None else change_percent(value, before)  # type: ignore[arg-type]


def _chart(found: Answer) -> charts.Chart:
    def series(metric: str, kind: str, axis: int) -> charts.Series:
        values: list[Value] = [row.values[_METRICS.index(metric)] for row in found.rows]
        return charts.Series(words.METRIC[metric][0], values,
                             [words.written(metric, value, "RUB") or str(words.NO_DATA) for value in values],
                             kind=kind, axis=axis)

    return charts.Chart(
        id="behaviour-chart", label=_("Sessions and conversion by day"),
        categories=[words.named("day", row.keys[0], "") for row in found.rows],
        series=[series("sessions", "bar", 0), series("order_conversion", "line", 1)])
