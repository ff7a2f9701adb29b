"""What lying in the marketplace's warehouses cost: day by day, and what lay there on one of them."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.sheets import write_xlsx
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.finance import queries as finance
from sellerdesk.inventory import queries
from sellerdesk.inventory.errors import StorageDayUnknown
from sellerdesk.inventory.queries import storage as stored
from sellerdesk.inventory.queries import storage_file
from sellerdesk.inventory.types import StoredRow

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: How many days the page shows where none are chosen, and how many at most.
_DAYS, _MOST_DAYS = 30, 366


def litres(volume_ml: int) -> str:
    """0.45 and 1,250.5: small goods with two decimals."""
    return formats.number(volume_ml / 1000, 2 if volume_ml < 10_000 else 1)


class DayTable(t.Table):
    page = "inventory.storage"
    caption = pgettext_lazy("storage", "Days of storage")
    columns = (
        t.Column("day", _("Date"), kind="link", primary=True, value=lambda row: formats.day(row.day),
                 href=lambda row: reverse("inventory:storage_day", args=[row.day.isoformat()])),
        t.Column("units", pgettext_lazy("storage", "Units there"), kind="number"),
        t.Column("paid_units", pgettext_lazy("storage", "Units paid for"), kind="number"),
        t.Column("volume", pgettext_lazy("storage", "Litres there"), align="end", hide_on_phone=True,
                 value=lambda row: litres(row.volume_ml)),
        t.Column("paid", pgettext_lazy("storage", "Litres paid for"), align="end", hide_on_phone=True,
                 value=lambda row: litres(row.paid_ml)),
        t.Column("amount", pgettext_lazy("storage", "Cost"), kind="money",
                 value=lambda row: Money(row.amount_minor, row.currency)),
    )
    filters = (t.DateRangeFilter("day", _("Date")),)
    empty = t.Empty("building-warehouse", pgettext_lazy("storage", "No day has been counted yet"), _(
        "Each day that goods lie in the marketplace’s warehouses is counted after its end, from the day the first "
        "supply is on sale."))


@dataclass(frozen=True, slots=True)
class RowView:
    """Units of one product in one warehouse on a day."""

    row: StoredRow
    product: ProductRef | None
    place: str
    tariff: str

    @property
    def id(self) -> str:
        return f"{self.row.sku}-{self.row.warehouse_id}"

    @property
    def name(self) -> str:
        return self.product.name if self.product else f"SKU {self.row.sku}"

    @property
    def about(self) -> str:
        return f"{self.product.offer_id} · SKU {self.row.sku}" if self.product else ""


class RowTable(t.Table):
    page = "inventory.storage_day"
    caption = pgettext_lazy("storage", "What lay there")
    columns = (
        t.Column("name", _("Product"), primary=True, sub="about"),
        t.Column("place", _("Warehouse")),
        t.Column("units", pgettext_lazy("storage", "Units there"), kind="number", value=lambda view: view.row.units),
        t.Column("paid_units", pgettext_lazy("storage", "Units paid for"), kind="number",
                 value=lambda view: view.row.paid_units),
        t.Column("each", pgettext_lazy("storage", "Litres each"), align="end", hide_on_phone=True,
                 value=lambda view: litres(view.row.unit_ml)),
        t.Column("amount", pgettext_lazy("storage", "Cost"), kind="money", sub="tariff",
                 value=lambda view: Money(view.row.amount_minor, view.row.currency)),
    )
    row_name = "name"
    empty = t.Empty("building-warehouse", pgettext_lazy("storage", "Nothing lay there at the end of this day"), "")


@require_GET
@seller_view("finance:balance:view")
def storage(request: WebRequest) -> HttpResponse:
    """Days, the newest first, and what they cost together."""
    table = DayTable(request)
    since, until = _span(request, *table.where.get("day", (None, None)))
    page = stored.days(request.seller, since, until, cursor=table.cursor, limit=table.page_size)
    table.fill(page.rows, next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    return table.respond("inventory/storage.html", lambda: {
        "since": since, "until": until, "total": Money(stored.total_minor(request.seller, since, until),
                                                       request.seller.currency),
        "tariffs": _tariffs(request),
        "file_href": _file_href(since, until)})


@require_GET
@seller_view("finance:balance:view")
def day(request: WebRequest, day: str) -> HttpResponse:
    """One day: what lay where, and what it cost by which tariff."""
    when = _day(day)
    if when is None:
        raise StorageDayUnknown()
    found, table = stored.day(request.seller, when), RowTable(request)
    page = stored.rows(request.seller, when, when, cursor=table.cursor, limit=table.page_size)
    shown = page.rows
    products = {ref.sku: ref for ref in catalog.refs(
        request.seller, skus=sorted({row.sku for row in shown}), language=request.language)}
    places = {row.id: row.name for row in queries.platform_warehouses()}
    known = dated.notes({row.rule_id for row in shown})
    tariffs = {id_: _now("Tariff in force since %(day)s") % {"day": formats.day(one.valid_from)}
               for id_, one in known.items()}
    table.fill(
        [RowView(row, products.get(row.sku), places.get(row.warehouse_id, ""), tariffs.get(row.rule_id, ""))
         for row in shown], next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    return table.respond("inventory/storage_day.html", lambda: {
        "found": found, "total": Money(found.amount_minor, found.currency), "volume": litres(found.volume_ml),
        "paid": litres(found.paid_ml), "sources": sorted({str(one.source) for one in known.values()}),
        "file_href": _file_href(when, when)})


@require_GET
@seller_view("finance:balance:view")
def file(request: WebRequest) -> HttpResponseBase:
    """The rows of days as a workbook."""
    since, until = _span(request, _day(request.GET.get("from", "")), _day(request.GET.get("to", "")))
    # Closed by the answer that sends it.
    handle = tempfile.TemporaryFile()  # noqa: SIM115
    write_xlsx(handle, storage_file.columns(), storage_file.lines(request.seller, since, until))
    handle.seek(0)
    return FileResponse(handle, as_attachment=True, filename=f"storage-{since}-{until}.xlsx", content_type=_XLSX)


def _tariffs(request: WebRequest) -> list[dict[str, Any]]:
    """The tariff of each department that has goods there, in words."""
    found = stored.tariffs_of(request.seller, clock.now(), request.language)
    return [{"name": name or _now("All goods"), "free_days": one.free_days,
             "price": Money(one.minor_100l, one.currency)} for name, one in found]


def _file_href(since: date, until: date) -> str:
    asked = urlencode({"from": since.isoformat(), "to": until.isoformat()})
    return f"{reverse('inventory:storage_file')}?{asked}"


def _span(request: WebRequest, since: date | None, until: date | None) -> tuple[date, date]:
    """The days that are meant: those chosen, else the last thirty; a year at most."""
    until = until or finance.local_day(request.seller, clock.now())
    return max(since or _earlier(until, _DAYS), _earlier(until, _MOST_DAYS)), until


def _earlier(day: date, days: int) -> date:
    """So many days before, no further back than days go."""
    return date.fromordinal(max(1, day.toordinal() - days))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
