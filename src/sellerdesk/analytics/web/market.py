"""Market insight: what sells across shops, told in cells of enough sellers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from sellerdesk.analytics import forecasting
from sellerdesk.analytics.metrics import Value
from sellerdesk.analytics.permissions import FIGURES_VIEW, SHORTLIST_EDIT
from sellerdesk.analytics.queries import insight, niches, seasons
from sellerdesk.analytics.seasonality import Index
from sellerdesk.analytics.types import CURRENCY, Band, Cell, Season, Trend
from sellerdesk.analytics.web import words
from sellerdesk.analytics.web.picking import PERIODS, chosen_of, roubles, span
from sellerdesk.core import clock
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import charts, formats
from sellerdesk.core.ui.components import TabLink

KINDS: dict[str, Any] = {"category": _("Categories"), "brand": _("Brands"), "products": _("Products"),
                         "shops": _("Shops"), "queries": _("Queries")}
#: Steps of a season: the days of a week, months, weeks of the year.
SEASONS: dict[str, Any] = {"month": pgettext_lazy("season", "By month"), "week": pgettext_lazy("season", "By week"),
                           "weekday": pgettext_lazy("season", "By day of the week")}
_SHOWN = 100


@seller_view(FIGURES_VIEW)
@require_GET
def market(request: WebRequest) -> HttpResponse:
    """Rankings of categories, brands, one's own products and queries."""
    chosen, now = chosen_of(request), clock.now()
    kind = request.GET.get("kind", "category")
    kind = kind if kind in KINDS else "category"
    context: dict[str, Any] = {"chosen": chosen, "kind": kind, "least": insight.least_sellers(now), "rows": []}
    if kind in ("category", "brand"):
        context["cells"] = insight.cells(request.seller, kind, chosen.since, chosen.until, language=request.language,
                                         now=now)[:_SHOWN]
    elif kind == "products":
        context["goods"] = insight.own_places(request.seller, chosen.since, chosen.until, language=request.language,
                                              now=now, limit=_SHOWN)
    elif kind == "queries":
        context["searches"], _total = insight.search_queries(chosen.since, chosen.until, now=now, limit=_SHOWN)
    if kind in ("products", "shops"):
        context["bands"] = [_band(one) for one in insight.bands(
            request.seller, "shop" if kind == "shops" else "product", chosen.since, chosen.until, now=now)]
    prices = niches.prices(chosen.since, chosen.until, context["least"]) if kind == "category" else {}
    place = insight.shop_place(request.seller, chosen.since, chosen.until, now=now)
    return render(request, "analytics/market.html", {
        **context, "place": place, "currency": CURRENCY,
        "rows": [{**_row(cell), "span": span(prices.get(int(cell.key))) if kind == "category" and cell.minor else ""}
                 for cell in context.get("cells", ())],
        "kinds": [TabLink(label, f"?kind={key}&{chosen.query}", active=key == kind) for key, label in KINDS.items()],
        "periods": [(key, label, key == chosen.period) for key, label in PERIODS.items()],
        "goods": [(row, roubles(row.minor)) for row in context.get("goods", ())],
        "searches": [(row, formats.percent((row.carts or 0) * 100 / row.asked) if row.asked else "",
                      roubles(row.price_minor or None)) for row in context.get("searches", ())]})


def _band(band: Band) -> dict[str, Any]:
    return {"band": band, "known": band.minor is not None, "minor": roubles(band.minor),
            "average": roubles(band.average_minor),
            "each": roubles(None if band.minor is None else band.minor // (band.last - band.first + 1)),
            "new": formats.percent(band.new_share) if band.new_share is not None else ""}


def _row(cell: Cell) -> dict[str, Any]:
    known = cell.minor is not None
    return {
        "cell": cell, "known": known, "minor": roubles(cell.minor), "average": roubles(cell.average_minor),
        "new": formats.percent(cell.new_share) if cell.new_share is not None else "",
        "own": roubles(cell.own_minor) if cell.own_minor else "",
        "share": formats.percent(cell.own_share) if cell.own_share else "",
        "demand": formats.number(cell.demand, 1) if cell.demand is not None else "",
        "href": reverse("analytics:market_category", args=[cell.key]) if cell.key.isdigit() and known else ""}


@seller_view(FIGURES_VIEW)
@require_GET
def category(request: WebRequest, category_id: int) -> HttpResponse:
    """One category: its trend, its prices, its brands and queries, and what is expected of the next weeks."""
    chosen, now = chosen_of(request), clock.now()
    name = insight.named([category_id], request.language).get(category_id)
    if name is None:
        raise Http404
    found = insight.trend(request.seller, category_id, chosen.until - timedelta(days=89), chosen.until, now=now)
    brands = insight.cells(request.seller, "brand", chosen.since, chosen.until, language=request.language, now=now,
                           category_id=category_id)[:10]
    searches, _total = insight.search_queries(chosen.since, chosen.until, now=now, category_id=category_id, limit=10)
    step = request.GET.get("season", "month")
    step = step if step in SEASONS else "month"
    season = seasons.season(category_id, chosen.until, now=now)
    return render(request, "analytics/market_category.html", {
        "name": name, "category_id": category_id, "chosen": chosen, "found": found,
        "least": insight.least_sellers(now), "prices": [roubles(one) for one in found.prices] if found and found.prices
        else None, "chart": _chart(found) if found else None, "brands": [_row(cell) for cell in brands],
        "searches": searches, "ahead": _ahead(found), "may_keep": request.can(SHORTLIST_EDIT),
        "season": season, "season_chart": _season_chart(season, step) if season else None, "nav_key": "insight",
        "steps": [TabLink(label, f"?season={key}&{chosen.query}#season", active=key == step)
                  for key, label in SEASONS.items()]})


def _season_chart(season: Season, step: str) -> charts.Chart | None:
    """Demand of each month, week or day of the week against an average one, with its interval; a gap where there is no
    data. None where there is none at all."""
    found: dict[int, Index | None] = {"month": season.months, "week": season.weeks, "weekday": season.weekdays}[step]
    if not any(found.values()):
        return None
    days = dict(words.weekdays())
    names = {"month": lambda key: formats.month_name(key), "week": lambda key: gettext("W%(week)s") % {"week": key},
             "weekday": lambda key: days[key]}[step]
    keys = sorted(found)

    def series(name: Any, part: str, kind: str, tone: str = "") -> charts.Series:
        values: list[Value] = [getattr(found[key], part) if found[key] else None for key in keys]
        return charts.Series(name, values, [formats.percent(value) if value is not None else str(words.NO_DATA)
                                            for value in values], kind=kind, tone=tone)

    return charts.Chart(
        id="season-chart", label=gettext("Demand against an average day"), categories=[names(key) for key in keys],
        series=[series(_("Demand"), "mean", "bar"), series(_("At least"), "low", "line", "edge"),
                series(_("At most"), "high", "line", "edge")])


def _ahead(found: Trend | None) -> dict[str, Any] | None:
    if found is None or found.outlook is None:
        return None
    mean, low, high = forecasting.summed(found.outlook)
    return {"mean": mean, "low": low, "high": high}


def _chart(found: Trend) -> charts.Chart:
    """Units by day, and the forecast with its interval behind them."""
    outlook = found.outlook
    ahead = len(outlook.mean) if outlook else 0
    days = [*found.days, *(found.days[-1] + timedelta(days=at + 1) for at in range(ahead))]
    past: list[None] = [None] * len(found.days)

    def series(name: Any, values: list[Value], kind: str, tone: str = "") -> charts.Series:
        rounded = [value if value is None else round(value, 1) for value in values]
        return charts.Series(name, rounded, [formats.number(value) if value is not None else "" for value in rounded],
                             kind=kind, tone=tone)

    drawn = [series(_("Units sold"), [*found.units, *([None] * ahead)], "bar")]
    if outlook:
        drawn += [series(_("Expected"), [*past, *outlook.mean], "line"),
                  series(_("At least"), [*past, *outlook.low], "line", "edge"),
                  series(_("At most"), [*past, *outlook.high], "line", "edge")]
    return charts.Chart(id="market-chart", label=gettext("Units by day with the forecast"),
                        categories=[formats.day(day, year=False) for day in days], series=drawn)
