"""Screens of prices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.errors import ProductUnknown
from sellerdesk.catalog.types import ProductFilter, ProductRow
from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import Conflict
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import charts, formats, people, tables
from sellerdesk.core.ui.components import TimelineItem
from sellerdesk.core.ui.formats import number
from sellerdesk.core.ui.tables.cells import money_text
from sellerdesk.economics import queries as economics
from sellerdesk.pricing import queries, services
from sellerdesk.pricing.types import ChangeRow, PriceInput
from sellerdesk.pricing.web.forms import PercentForm
from sellerdesk.pricing.web.grid import view_tabs
from sellerdesk.pricing.web.tables import (
    BULK,
    EDIT,
    FIELDS,
    HISTORY,
    Preview,
    PreviewTable,
    PriceTable,
    PriceView,
    preview_views,
    view_of,
)
from sellerdesk.pricing.web.wording import source_text

_MOST_SELECTED = 1000
_CHART_POINTS = 64


@require_GET
@seller_view("pricing:price:view")
def prices(request: WebRequest) -> HttpResponse:
    """The grid: every product with its amounts, saved row by row."""
    table = PriceTable(request)
    page = catalog.products_page(
        request.seller,
        filter=ProductFilter(search=table.where.get("q", ""), visibility="UNPRICED" if table.tab else ""),
        cursor=table.cursor, limit=table.page_size, language=request.language)
    table.fill(_views(request, page.rows), next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    return table.respond("pricing/prices.html", lambda: {
        "held": queries.waiting_count(request.seller), "tabs": view_tabs("list"),
        "can_bulk": request.can(BULK)})


def _views(request: WebRequest, products: list[ProductRow]) -> list[PriceView]:
    known = queries.prices(request.seller, [product.id for product in products])
    units = economics.units(request.seller, {id_: (row.price_minor, row.cost_minor) for id_, row in known.items()},
                            clock.now())
    return [view_of(product, known.get(product.id), request.seller.currency, units.get(product.id))
            for product in products]


@require_POST
@seller_view(EDIT)
def save_price(request: WebRequest, product_id: int) -> HttpResponse:
    """One row of the grid: saved, or as typed with the reason under the field."""
    typed = {field: request.POST[field].strip()[:40] for field in FIELDS if field in request.POST}
    # An emptied field removes the amount; a price itself can only be replaced.
    wanted: dict[str, Any] = {field: text if text or field == "price" else "0" for field, text in typed.items()}
    outcome = services.set_prices(
        seller=request.seller, changes=[PriceInput(product_id=product_id, **wanted)], actor=request.actor,
        now=clock.now())[0]
    errors = {(error.field if error.field in typed else next(iter(typed), "price")): error.text
              for error in outcome.errors}
    if not htmx(request):
        for text in errors.values():
            messages.error(request, text)
        return redirect(tables.next_url(request, reverse("pricing:prices")))
    product = _product_row(request, product_id)
    return PriceTable(request).row_response(_views(request, [product])[0], errors=errors,
                                            values=typed if errors else None)


def _product_row(request: WebRequest, product_id: int) -> ProductRow:
    page = catalog.products_page(request.seller, filter=ProductFilter(product_ids=[product_id], visibility="ANY"),
                                 limit=1, language=request.language)
    if not page.rows:
        raise ProductUnknown()
    return page.rows[0]


@require_GET
@seller_view(HISTORY)
def history(request: WebRequest, product_id: int) -> HttpResponse:
    """What a product cost and who changed it; a page of its own, or the inside of the drawer."""
    product = _product_row(request, product_id)
    page = queries.history_page(request.seller, product_id, cursor=request.GET.get("c"))
    changes = page.rows
    changes.sort(key=lambda row: row.at, reverse=True)
    context = {
        "product": product, "page": page, "items": [_item(change) for change in changes],
        **_chart(changes, clock.now()),
    }
    inside = htmx(request) and (request.htmx.target or "").endswith("drawer-body")
    return render(request, "pricing/_history.html" if inside else "pricing/history.html", context)


def _item(change: ChangeRow) -> TimelineItem:
    price = Money(change.price_minor, change.currency)
    title = money_text(price)
    text, icon, tone = "", "tag", ""
    if change.price_before_minor is not None and change.price_before_minor != change.price_minor:
        text = _("was %(amount)s") % {"amount": money_text(Money(change.price_before_minor, change.currency))}
        up = change.price_minor > change.price_before_minor
        icon, tone = ("trending-up", "warning") if up else ("trending-down", "success")
    elif change.price_before_minor is None:
        text = _("first price")
    if change.old_price_minor:
        crossed = money_text(Money(change.old_price_minor, change.currency))
        text = f"{text} · " * bool(text) + _("crossed out %(amount)s") % {"amount": crossed}
    elif change.old_price_before_minor:
        text = f"{text} · " * bool(text) + _("crossed-out price removed")
    return TimelineItem(title, change.at, text, icon, tone, _who(change))


def _who(change: ChangeRow) -> str:
    """Who changed it and through which door; of a released price also who had asked for it."""
    name = people.who(change.by)
    who = f"{name} · {source_text(change.source)}" if change.source else name
    return f"{who} · " + _("asked by %(name)s") % {"name": change.asked_by} if change.asked_by else who


def _chart(changes: list[ChangeRow], now: datetime) -> dict[str, Any]:
    """The price over time in equal steps, each with who had set it; and its lowest and highest value."""
    if not changes:
        return {"chart": None, "lowest": None, "highest": None}
    oldest_first = sorted(changes, key=lambda row: row.at)
    start, span = oldest_first[0].at, (now - oldest_first[0].at)
    shown, days, at = [], [], 0
    for step in range(_CHART_POINTS):
        moment = start + span * step / (_CHART_POINTS - 1)
        while at + 1 < len(oldest_first) and oldest_first[at + 1].at <= moment:
            at += 1
        shown.append(oldest_first[at])
        days.append(formats.day(moment, year=False))
    currency = changes[0].currency

    def values(pick: Callable[[ChangeRow], int]) -> list[float | None]:
        # For height only; what people read are the texts.
        return [Money(pick(row), currency).amount_minor / 100 if pick(row) else None for row in shown]

    def texts(pick: Callable[[ChangeRow], int], *, who: bool = False) -> list[str]:
        return [f"{money_text(Money(pick(row), currency))} · {_who(row)}" if who
                else money_text(Money(pick(row), currency)) if pick(row) else "–" for row in shown]

    series = [charts.Series(pgettext("price grid", "Price"), values(lambda row: row.price_minor),
                            texts(lambda row: row.price_minor, who=True), kind="line")]
    if any(row.old_price_minor for row in shown):
        series.append(charts.Series(pgettext("price", "Crossed out"), values(lambda row: row.old_price_minor),
                                    texts(lambda row: row.old_price_minor), kind="line"))
    return {
        "chart": charts.Chart(id="price-history", label=_("Price over time"), categories=days, series=series),
        "lowest": Money(min(row.price_minor for row in changes), currency),
        "highest": Money(max(row.price_minor for row in changes), currency),
    }


@require_POST
@seller_view(BULK)
def selected(request: WebRequest) -> HttpResponse:
    """From the list's selection to the page that changes it in bulk."""
    ids = [text for text in request.POST.getlist("ids")[:_MOST_SELECTED] if text.isdecimal()]
    query = QueryDict(mutable=True)
    query["ids"] = ",".join(ids)
    query["next"] = tables.next_url(request, reverse("pricing:prices"))
    return redirect(f"{reverse('pricing:percent')}?{query.urlencode()}")


@seller_view(BULK)
def percent(request: WebRequest) -> HttpResponse:
    """Choose a percentage, see what it would do row by row, apply it."""
    given = request.POST if request.method == "POST" else request.GET
    ids = [int(text) for text in given.get("ids", "").split(",")[:_MOST_SELECTED] if text.isdecimal()]
    back = tables.next_url(request, reverse("pricing:prices")) if request.method == "POST" else _safe(request)
    asked = "percent" in given
    form = PercentForm(given) if asked else PercentForm(initial={"percent": "5", "whole": True, "with_old": True})
    if request.method == "POST" and form.is_valid():
        try:
            outcomes = services.change_percent(
                seller=request.seller, product_ids=ids, change=form.change, seen=given.get("seen", ""),
                actor=request.actor, now=clock.now())
            _say(request, sum(one.updated for one in outcomes), sum(not one.updated for one in outcomes))
            return redirect(back)
        except Conflict as error:
            messages.warning(request, error.text)
    preview = _preview(request, ids, form.change) if asked and form.is_valid() else None
    table = PreviewTable(request)
    if preview:
        table.fill(preview.rows, total=len(preview.rows))
    inside = htmx(request) and (request.htmx.target or "").endswith("preview")
    return render(request, "pricing/_preview.html" if inside else "pricing/percent.html", {
        "form": form, "preview": preview, "table": table, "ids": ",".join(map(str, ids)), "count": len(ids),
        "back": back, "nav_key": "prices"}, status=422 if asked and not form.is_valid() and not inside else 200)


def _safe(request: WebRequest) -> str:
    """The list to go back to, told in the address."""
    wanted = request.GET.get("next", "")
    return wanted if wanted.startswith("/prices/") else reverse("pricing:prices")


def _preview(request: WebRequest, ids: list[int], change: services.PercentChange) -> Preview:
    now = clock.now()
    rows, token = services.preview_percent(seller=request.seller, product_ids=ids, change=change, now=now)
    names = {ref.id: ref.name for ref in catalog.refs(
        request.seller, product_ids=ids, language=request.language)}
    large = dated.get("pricing.large_change", "", now).value["bp"] / 100
    return Preview(preview_views(rows, names, large), token, len(names) - len(rows))


def _say(request: WebRequest, done: int, refused: int) -> None:
    if done:
        messages.success(request, ngettext("%(count)s price changed.", "%(count)s prices changed.", done)
                         % {"count": number(done)})
    if refused:
        messages.warning(request, ngettext("%(count)s price was left as it was.", "%(count)s prices were left as "
                                           "they were.", refused) % {"count": number(refused)})


def htmx(request: WebRequest) -> bool:
    return bool(getattr(request, "htmx", False))
