"""The explorer's page and its files."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sellerdesk.analytics import queries
from sellerdesk.analytics.metrics import CARDS, DIMENSIONS, METRICS, TIMES, Value
from sellerdesk.analytics.permissions import FIGURES_VIEW, REPORT_MAKE
from sellerdesk.analytics.rules import change_percent
from sellerdesk.analytics.services import reporting
from sellerdesk.analytics.types import Answer, Found
from sellerdesk.analytics.web import asking, words
from sellerdesk.analytics.web.asking import Asked
from sellerdesk.catalog import queries as catalog
from sellerdesk.core import clock
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.http.zones import reader_zone
from sellerdesk.core.sheets import Column, Labelled
from sellerdesk.core.ui import charts, formats, saved_views
from sellerdesk.inventory import queries as inventory

PAGE = "analytics.explorer"
_CHARTED = 14
#: What the next step down from a dimension is, and the parameter that keeps the row.
_BELOW = {"category1": ("category2", "category"), "category2": ("category3", "category"),
          "category3": ("sku", "category"), "category4": ("sku", "category"), "brand": ("sku", "brand"),
          "model": ("sku", "model"), "warehouse": ("sku", "warehouse"), "region": ("sku", "region"),
          "scheme": ("sku", "scheme"), "sku": ("day", "sku"), "query": ("sku", "query")}
TYPES = {"csv": "text/csv; charset=utf-8",
         "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
         "parquet": "application/vnd.apache.parquet"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in the table; `delta` in percent against the other period."""

    label: Any
    text: str
    href: str = ""
    delta: float | None = None
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    href: str
    sub: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Head:
    label: Any
    help: Any
    href: str
    direction: str


@seller_view(FIGURES_VIEW)
@require_GET
def explorer(request: WebRequest) -> HttpResponse:
    asked = _asked(request)
    found = _answer(request, asked)
    currency = request.seller.currency
    by = asked.question.by[0]
    shown = asked.question.offset + len(found.rows)
    return render(request, "analytics/explorer.html", {
        "asked": asked, "lines": [_line(row, asked, currency) for row in found.rows], "heads": _heads(asked),
        "totals": _cells(found.totals, found.before, asked, currency, links=False), "count": found.count,
        "shown": shown, "by_label": words.DIMENSION[by], "first": asked.question.offset + 1,
        "previous": asked.address(offset=max(asked.question.offset - asking.PAGE_ROWS, 0) or None)
        if asked.question.offset else "",
        "next": asked.address(offset=shown) if shown < found.count else "",
        "chart": _chart(found, asked, currency) if found.rows else None,
        "files": [(words.FILES[kind], asking.href(asked.params(), f"analytics:explorer_{kind}")) for kind in TYPES],
        "formats": words.FILES.items(),
        "views": _views(request, asked), "may_mail": request.can(REPORT_MAKE), "weekdays": words.weekdays(),
        **_choices(request, asked)})


@seller_view(FIGURES_VIEW)
@require_GET
def explorer_csv(request: WebRequest) -> HttpResponseBase:
    return _file(request, "csv")


@seller_view(FIGURES_VIEW)
@require_GET
def explorer_xlsx(request: WebRequest) -> HttpResponseBase:
    return _file(request, "xlsx")


@seller_view(FIGURES_VIEW)
@require_GET
def explorer_parquet(request: WebRequest) -> HttpResponseBase:
    return _file(request, "parquet")


def _file(request: WebRequest, kind: str) -> HttpResponseBase:
    """All rows of what is on the screen, with the other period beside them where one is compared."""
    asked = _asked(request)
    found = _answer(request, Asked(asking.everything(asked), asked.period, asked.compare))
    # Closed by the answer that sends it.
    handle = tempfile.TemporaryFile()  # noqa: SIM115
    reporting.WRITERS[kind](handle, *table(asked, found, request.seller.currency))
    handle.seek(0)
    name = f"{asked.question.by[0]}-{asked.question.since}-{asked.question.until}.{kind}"
    return FileResponse(handle, as_attachment=True, filename=name, content_type=TYPES[kind])


def table(asked: Asked, found: Answer, currency: str) -> tuple[list[Column], list[list[Any]]]:
    """Columns and rows of a file. Programs get the first day of a week, month or year, and its name is for people."""
    by, metrics = asked.question.by[0], asked.question.metrics
    columns = [*([Column("sku", "SKU", "whole")] if by == "sku" else []),
               Column("name" if by == "sku" else by, str(words.DIMENSION[by]), "day" if by in TIMES else "text")]
    for metric in metrics:
        label, kind = words.METRIC[metric][0], words.COLUMNS[METRICS[metric].kind]
        columns.append(Column(metric, str(label), kind))
        if asked.compare:
            columns.append(Column(f"{metric}_compared", _("%(figure)s, compared") % {"figure": label}, kind))
    columns.append(Column("currency", _("Currency")))
    rows = []
    for row in found.rows:
        key = row.keys[0]
        line: list[Any] = [*([key] if by == "sku" else []), _dimension(by, key, row.names[0])]
        for at, metric in enumerate(metrics):
            line.append(words.filed(metric, row.values[at], currency))
            if asked.compare:
                line.append(words.filed(metric, row.before[at], currency) if row.before else None)
        rows.append([*line, currency])
    return columns, rows


def _dimension(by: str, key: str, name: str) -> Any:
    if by not in TIMES:
        return words.named(by, key, name)
    return Labelled(date.fromisoformat(key), key if by == "day" else words.named(by, key, name))


def _asked(request: WebRequest) -> Asked:
    query = request.GET
    if not query:
        own = saved_views.for_page(user_id=int(request.user.pk or 0), seller_id=request.seller.id, page=PAGE)
        default = next((view for view in own if view.is_default), None)
        if default:
            query = type(query)(default.query)
    return asking.read(query, asking.today_of(reader_zone(request), clock.now()), own_warehouses=request.warehouse_ids)


def _answer(request: WebRequest, asked: Asked) -> Answer:
    zone = reader_zone(request)
    if asked.compare:
        return queries.compared(request.seller, asked.question, *asked.other, zone=zone, language=request.language)
    return queries.answer(request.seller, asked.question, zone=zone, language=request.language)


def _heads(asked: Asked) -> list[Head]:
    made = []
    for metric in asked.question.metrics:
        on = asked.question.sort == metric
        direction = ("descending" if asked.question.descending else "ascending") if on else ""
        made.append(Head(*words.METRIC[metric], asked.address(
            sort=metric if on and asked.question.descending else f"-{metric}"), direction))
    return made


def _line(row: Found, asked: Asked, currency: str) -> Line:
    by, key = asked.question.by[0], row.keys[0]
    return Line(words.named(by, key, row.names[0]), _below(by, key, asked), key if by == "sku" else "",
                _cells(row.values, row.before, asked, currency, row=row))


def _below(by: str, key: str, asked: Asked) -> str:
    """One step deeper: the goods of a day, the goods of a category, the days of a product."""
    if by in TIMES:
        first, last = _span(by, key, asked)
        return asked.address(period="own", by="sku", sort=None, compare=None, **{
            "from": first.isoformat(), "to": last.isoformat()})
    if by == "reason":
        return _list("returned_units", by, key, asked)
    step, param = _BELOW[by]
    return asked.address(by=step, sort=None, **{param: key}) if key else ""


def _span(by: str, key: str, asked: Asked) -> tuple[date, date]:
    first = date.fromisoformat(key)
    return first, min(asking_end(by, first), asked.question.until)


def asking_end(by: str, first: date) -> date:
    """The last day of the day, week, month or year that a day lies in."""
    if by == "week":
        return first + timedelta(days=6 - first.weekday())
    if by == "month":
        return (first.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return date(first.year, 12, 31) if by == "year" else first


def _cells(values: tuple[Value, ...], before: tuple[Value, ...] | None, asked: Asked, currency: str, *,
           row: Found | None = None, links: bool = True) -> tuple[Cell, ...]:
    made = []
    for at, metric in enumerate(asked.question.metrics):
        value = values[at]
        delta = None
        if before is not None and value is not None and before[at] is not None:
            delta = change_percent(value, before[at])  # type: ignore[arg-type]
        made.append(Cell(words.METRIC[metric][0], words.written(metric, value, currency),
                         rows_of(metric, row, asked) if links and row and value else "", delta,
                         metric in words.FALL_IS_GOOD))
    return tuple(made)


def rows_of(metric: str, row: Found, asked: Asked) -> str:
    """The list that shows the postings or returns a figure is made of, or the goods where no list can be."""
    question, by, key = asked.question, asked.question.by[0], row.keys[0]
    moment = METRICS[metric].moment
    if set(METRICS[metric].needs) & set(CARDS):
        return f"{reverse('catalog:products')}?" + urlencode({"sort": "score"})
    if METRICS[metric].by_day:
        # No list shows what is kept by day but this one: by goods, and by day for one of them.
        return _below(by, key, asked)
    if not moment:
        return ""
    if by.startswith("category") or by in ("brand", "model") or question.category_id or question.brand \
            or question.model_key:
        return _below(by, key, asked) if by not in ("sku", *TIMES) or not moment else _list(metric, by, key, asked)
    return _list(metric, by, key, asked)


def _list(metric: str, by: str, key: str, asked: Asked) -> str:
    question, moment = asked.question, METRICS[metric].moment
    first, last = _span(by, key, asked) if by in TIMES else (question.since, question.until)
    if moment == "returned":
        return f"{reverse('returns:returns')}?" + urlencode({
            "tab": "all", "kind": "ClientReturn", "since_from": first.isoformat(), "since_to": last.isoformat(),
            **({"q": key} if by == "sku" else {}), **({"reason": key} if by == "reason" else {})})
    params: dict[str, Any] = {
        "tab": {"cancelled": "cancelled", "delivered": "delivered"}.get(moment, "all"),
        f"{moment}_from": first.isoformat(), f"{moment}_to": last.isoformat(),
        "warehouse": ",".join(map(str, question.warehouse_ids)), "scheme": ",".join(question.schemes[:1]),
        "region": ",".join(question.regions[:1]), "sku": ",".join(map(str, question.skus[:1]))}
    if by in ("warehouse", "scheme", "region", "sku"):
        params[by] = key
    return f"{reverse('orders:postings')}?" + urlencode({name: value for name, value in params.items() if value})


def _chart(found: Answer, asked: Asked, currency: str) -> charts.Chart:
    """The first two figures: over time with the other period as a line, or the largest rows side by side."""
    by, metrics = asked.question.by[0], asked.question.metrics
    rows = found.rows if by in TIMES else found.rows[:_CHARTED]

    def series(at: int, kind: str, axis: int, *, other: bool = False) -> charts.Series:
        values = [(row.before[at] if row.before else None) if other else row.values[at] for row in rows]
        name = words.METRIC[metrics[at]][0]
        return charts.Series(_("%(figure)s, compared") % {"figure": name} if other else name,
                             [words.cell(metrics[at], value) for value in values],
                             [words.written(metrics[at], value, currency) or str(words.NO_DATA) for value in values],
                             kind=kind, axis=axis)

    drawn = [series(0, "bar", 0)]
    if asked.compare:
        drawn.append(series(0, "line", 0, other=True))
    elif len(metrics) > 1:
        drawn.append(series(1, "line" if by in TIMES else "bar", 1))
    return charts.Chart(
        id="explorer-chart", label=_("%(figure)s by %(dimension)s") % {
            "figure": words.METRIC[metrics[0]][0], "dimension": str(words.DIMENSION[by]).lower()},
        categories=[formats.day(date.fromisoformat(row.keys[0]), year=False) if by == "day"
                    else _short(words.named(by, row.keys[0], row.names[0])) for row in rows],
        series=drawn, hrefs=[rows_of(metrics[0], row, asked) or _below(by, row.keys[0], asked) for row in rows])


def _short(text: str) -> str:
    return text if len(text) <= 22 else f"{text[:21]}…"


def _choices(request: WebRequest, asked: Asked) -> dict[str, Any]:
    """What may be chosen in the form, with what is chosen."""
    question = asked.question
    own = request.warehouse_ids
    chips = [(words.DIMENSION["sku"], str(sku), asked.address(sku=[one for one in question.skus if one != sku]))
             for sku in question.skus]
    chips += [(words.DIMENSION["region"], one, asked.address(region=[each for each in question.regions if each != one]))
              for one in question.regions]
    chips += [(words.DIMENSION[name], text, asked.address(**{name: None}))
              for name, text in (("brand", question.brand), ("model", question.model_key.rpartition(":")[2]),
                                 ("query", question.query)) if text]
    return {
        "periods": asking.PERIODS.items(), "compares": asking.COMPARED.items(), "chips": chips,
        "dimensions": [(key, words.DIMENSION[key]) for key in DIMENSIONS], "by": question.by[0],
        "metrics": [(heading, [(key, *words.METRIC[key], key in question.metrics) for key in keys])
                    for heading, keys in words.grouped()],
        "warehouses": [(row.id, row.name, row.id in question.warehouse_ids and not own) for row in
                       inventory.warehouses(request.seller) if not own or row.id in own],
        "schemes": [(key, label, key in question.schemes) for key, label in words.SCHEMES.items()],
        "categories": [(id_, name, id_ == question.category_id) for id_, name, _count in
                       catalog.shop_categories(request.seller, request.language)],
        "kept": [(name, value) for name in ("sku", "region", "brand", "model", "query", "sort")
                 for value in _many(asked.params()[name])],
        "narrowed": len(question.schemes) + bool(question.category_id) + (0 if own else len(question.warehouse_ids)),
        "no_data": words.NO_DATA, "clear": asked.address(
            warehouse=None, scheme=None, region=None, sku=None, category=None, brand=None, model=None,
            query=None)}


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _views(request: WebRequest, asked: Asked) -> Any:
    """What the popover of saved views needs, as tables give it."""
    query = asked.address().partition("?")[2]
    own = saved_views.for_page(user_id=int(request.user.pk or 0), seller_id=request.seller.id, page=PAGE)
    return SimpleNamespace(id="explorer", page=PAGE, path=reverse("analytics:explorer"), query_text=query,
                           current_url=asked.address(), saved_views=own,
                           active_view=next((view for view in own if view.query == query), None))
