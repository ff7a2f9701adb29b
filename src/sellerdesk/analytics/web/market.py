"""Market insight and the selection board: what sells across shops, told in cells of enough sellers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.analytics import forecasting, queries
from sellerdesk.analytics.metrics import Value
from sellerdesk.analytics.permissions import FIGURES_VIEW, SHORTLIST_EDIT
from sellerdesk.analytics.queries import insight
from sellerdesk.analytics.services import shortlist
from sellerdesk.analytics.services.closing import CURRENCY
from sellerdesk.analytics.types import Cell, IdeaRow, Trend
from sellerdesk.core import clock
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import charts, formats
from sellerdesk.sellers import queries as sellers

PERIODS: dict[str, Any] = {"7": _("7 days"), "28": _("28 days"), "month": _("Month"), "quarter": _("Quarter"),
                           "year": _("Year")}
_DAYS = {"7": 7, "28": 28, "month": 30, "quarter": 91, "year": 365}
KINDS: dict[str, Any] = {"category": _("Categories"), "brand": _("Brands"), "products": _("Your products"),
                         "queries": _("Queries")}
_AHEAD = 28
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the page is about: the last days that are told, ending a day ago."""

    period: str
    since: date
    until: date

    @property
    def query(self) -> str:
        return urlencode({"period": self.period})


def _chosen(request: HttpRequest) -> Chosen:
    period = request.GET.get("period", "28")
    period = period if period in PERIODS else "28"
    until = insight.last_day() or clock.now().date() - timedelta(days=1)
    return Chosen(period, until - timedelta(days=_DAYS[period] - 1), until)


@seller_view(FIGURES_VIEW)
@require_GET
def market(request: HttpRequest) -> HttpResponse:
    """Rankings of categories, brands, one's own products and queries."""
    chosen, now = _chosen(request), clock.now()
    kind = request.GET.get("kind", "category")
    kind = kind if kind in KINDS else "category"
    context: dict[str, Any] = {"chosen": chosen, "kind": kind, "least": insight.least_sellers(now), "rows": []}
    if kind in ("category", "brand"):
        context["cells"] = insight.cells(request.seller, kind, chosen.since, chosen.until, language=request.language,
                                         now=now)[:_SHOWN]
    elif kind == "products":
        context["goods"] = insight.own_places(request.seller, chosen.since, chosen.until, language=request.language,
                                              now=now, limit=_SHOWN)
    else:
        context["searches"], _total = insight.search_queries(chosen.since, chosen.until, limit=_SHOWN)
    place = insight.shop_place(request.seller, chosen.since, chosen.until, now=now)
    return render(request, "analytics/market.html", {
        **context, "place": place, "currency": CURRENCY, "rows": [_row(cell) for cell in context.get("cells", ())],
        "kinds": [{"label": label, "href": f"?kind={key}&{chosen.query}", "active": key == kind, "count": None}
                  for key, label in KINDS.items()],
        "periods": [(key, label, key == chosen.period) for key, label in PERIODS.items()],
        "goods": [(row, _money(row.minor)) for row in context.get("goods", ())],
        "searches": [(row, formats.percent(row.carts * 100 / row.searches), _money(row.price_minor or None))
                     for row in context.get("searches", ())]})


def _row(cell: Cell) -> dict[str, Any]:
    known = cell.minor is not None
    return {
        "cell": cell, "known": known, "minor": _money(cell.minor), "average": _money(cell.average_minor),
        "new": formats.percent(cell.new_share) if cell.new_share is not None else "",
        "own": _money(cell.own_minor) if cell.own_minor else "",
        "share": formats.percent(cell.own_share) if cell.own_share else "",
        "demand": formats.number(cell.demand, 1) if cell.demand is not None else "",
        "href": reverse("analytics:market_category", args=[cell.key]) if cell.key.isdigit() and known else ""}


def _money(minor: int | None) -> str:
    """Whole roubles: a market is not told to the kopeck."""
    return "" if minor is None else format_money(Money(minor, CURRENCY), get_language() or "en", whole=True)


@seller_view(FIGURES_VIEW)
@require_GET
def category(request: HttpRequest, category_id: int) -> HttpResponse:
    """One category: its trend, its prices, its brands and queries, and what is expected of the next weeks."""
    chosen, now = _chosen(request), clock.now()
    name = insight.named([category_id], request.language).get(category_id)
    if name is None:
        raise Http404
    found = insight.trend(request.seller, category_id, chosen.until - timedelta(days=89), chosen.until, now=now)
    brands = insight.cells(request.seller, "brand", chosen.since, chosen.until, language=request.language, now=now,
                           category_id=category_id)[:10]
    searches, _total = insight.search_queries(chosen.since, chosen.until, category_id=category_id, limit=10)
    return render(request, "analytics/market_category.html", {
        "name": name, "category_id": category_id, "chosen": chosen, "found": found,
        "least": insight.least_sellers(now), "prices": [_money(one) for one in found.prices] if found and found.prices
        else None, "chart": _chart(found) if found else None, "brands": [_row(cell) for cell in brands],
        "searches": searches, "ahead": _ahead(found), "may_keep": request.can(SHORTLIST_EDIT)})


def _outlook(found: Trend) -> forecasting.Outlook | None:
    """From the first day on which anything sold: a market that has just opened has no zeros before."""
    first = next((at for at, units in enumerate(found.units) if units), len(found.units))
    return forecasting.outlook(found.units[first:], _AHEAD)


def _ahead(found: Trend | None) -> dict[str, Any] | None:
    outlook = _outlook(found) if found else None
    if outlook is None:
        return None
    mean = sum(outlook.mean)
    # Days miss in both directions, so a month is surer than its days.
    width = sum((high - day) ** 2 for day, high in zip(outlook.mean, outlook.high, strict=True)) ** 0.5
    return {"mean": round(mean), "low": round(max(mean - width, 0)), "high": round(mean + width)}


def _chart(found: Trend) -> charts.Chart:
    """Units by day, and the forecast with its interval behind them."""
    outlook = _outlook(found)
    ahead = len(outlook.mean) if outlook else 0
    days = [*found.days, *(found.days[-1] + timedelta(days=at + 1) for at in range(ahead))]
    past: list[None] = [None] * len(found.days)

    def series(name: Any, values: list[Value], kind: str) -> charts.Series:
        rounded = [value if value is None else round(value, 1) for value in values]
        return charts.Series(name, rounded, [formats.number(value) for value in rounded], kind=kind)

    drawn = [series(_("Units sold"), [*found.units, *([None] * ahead)], "bar")]
    if outlook:
        drawn += [series(_("Expected"), [*past, *outlook.mean], "line"),
                  series(_("At least"), [*past, *outlook.low], "line"),
                  series(_("At most"), [*past, *outlook.high], "line")]
    return charts.Chart(id="market-chart", label=gettext("Units by day with the forecast"),
                        categories=[formats.day(day, year=False) for day in days], series=drawn)


@seller_view(FIGURES_VIEW)
@require_GET
def selection(request: HttpRequest) -> HttpResponse:
    """Where demand is and offers are few; what is searched for in vain; the shop's shortlist."""
    chosen, now = _chosen(request), clock.now()
    found = insight.cells(request.seller, "category", chosen.since, chosen.until, language=request.language, now=now)
    own = insight.offers_of(request.seller, [int(cell.key) for cell in found])
    where = {name: _number(request.GET.get(name, "")) for name in ("price_from", "price_to", "sellers", "growth")}
    without_own = request.GET.get("without_own") == "1"
    shown = [cell for cell in found if cell.minor is not None and _fits(cell, where)
             and not (without_own and int(cell.key) in own)]
    shown.sort(key=lambda cell: -(cell.demand or 0))
    missed = queries.wanted(chosen.since, chosen.until, limit=30)
    names = insight.named([*(int(cell.key) for cell in found), *(row.category_id for row in missed)], request.language)
    kept = queries.ideas(request.seller)
    people = {id_: name for id_, name, _role in sellers.members(request.seller)}
    return render(request, "analytics/selection.html", {
        "chosen": chosen, "where": where, "without_own": without_own, "least": insight.least_sellers(now),
        "rows": [{**_row(cell), "own_goods": int(cell.key) in own, "path": names.get(int(cell.key), cell.name)}
                 for cell in shown[:_SHOWN]],
        "missed": [(row, names.get(row.category_id, "")) for row in missed],
        "ideas": [(idea, people.get(idea.owner_id, ""), _start(idea)) for idea in kept],
        "people": people.items(), "may_keep": request.can(SHORTLIST_EDIT),
        "periods": [(key, label, key == chosen.period) for key, label in PERIODS.items()]})


def _start(idea: IdeaRow) -> str:
    """Where a new card for it begins, with nothing of anybody else's on it."""
    if idea.type_id:
        return reverse("catalog:product_create", args=[idea.type_id])
    return f"{reverse('catalog:product_new')}?" + urlencode({"category": idea.category_id} if idea.category_id
                                                            else {"q": idea.title})


def _number(text: str) -> int | None:
    return int(text) if text.lstrip("-").isdigit() and len(text) < 10 else None


def _fits(cell: Cell, where: dict[str, int | None]) -> bool:
    price = (cell.average_minor or 0) / 100
    return ((where["price_from"] is None or price >= where["price_from"])
            and (where["price_to"] is None or price <= where["price_to"])
            and (where["sellers"] is None or cell.sellers <= where["sellers"])
            and (where["growth"] is None or (cell.growth is not None and cell.growth >= where["growth"])))


@seller_view(SHORTLIST_EDIT)
@require_POST
def idea_add(request: HttpRequest) -> HttpResponse:
    title = " ".join(request.POST.get("title", "").split())[:160]
    if title:
        shortlist.add(seller=request.seller, title=title, category_id=_number(request.POST.get("category", "")) or 0,
                      type_id=_id(request.POST.get("type", "")), owner_id=int(request.user.pk or 0), now=clock.now())
        messages.success(request, gettext("“%(title)s” is in the shortlist.") % {"title": title})
    return redirect("analytics:selection")


@seller_view(SHORTLIST_EDIT)
@require_POST
def idea_note(request: HttpRequest, idea_id: int) -> HttpResponse:
    """A note and who looks after it; only people of the shop do."""
    people = {id_ for id_, _name, _role in sellers.members(request.seller)}
    owner = _id(request.POST.get("owner", ""))
    shortlist.note(seller=request.seller, idea_id=idea_id, text=request.POST.get("note", ""),
                   owner_id=owner if owner in people else int(request.user.pk or 0))
    messages.success(request, gettext("The note is kept."))
    return redirect("analytics:selection")


@seller_view(SHORTLIST_EDIT)
@require_POST
def idea_remove(request: HttpRequest, idea_id: int) -> HttpResponse:
    shortlist.remove(seller=request.seller, idea_id=idea_id)
    messages.success(request, gettext("It is not in the shortlist any more."))
    return redirect("analytics:selection")


def _id(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 19 else 0
