"""Parcels on their way, those that need a look first; and notes by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import Conflict, Invalid
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.ui import tables as t
from sellerdesk.logistics import permissions, queries, services, texts
from sellerdesk.logistics.errors import ParcelUnknown
from sellerdesk.logistics.types import ParcelRow
from sellerdesk.logistics.web.tabs import tabs
from sellerdesk.orders import queries as orders


@dataclass(frozen=True, slots=True)
class ParcelView:
    """One parcel as the list shows it."""

    row: ParcelRow
    carrier: str
    other: str

    @property
    def id(self) -> str:
        return self.row.posting_number

    @property
    def url(self) -> str:
        return reverse("orders:posting", args=[self.row.posting_number])

    @property
    def tracking(self) -> str:
        return self.row.tracking_number

    @property
    def last(self) -> Any:
        return texts.SCANS.get(self.row.status, self.row.status)

    @property
    def scanned_at(self) -> datetime:
        return self.row.scanned_at

    @property
    def matter(self) -> str:
        if self.other:
            return gettext("Goes with %(carrier)s") % {"carrier": self.other}
        return gettext("News is overdue") if self.row.stale_since else ""


class ParcelTable(t.Table):
    page = "logistics.parcels"
    caption = _("Parcels")
    columns = (
        t.Column("id", _("Posting"), kind="link", primary=True, sub="tracking", href="url"),
        t.Column("carrier", _("Carrier"), hide_on_phone=True),
        t.Column("last", _("Last scan"), sub=lambda view: view.row.city),
        t.Column("scanned_at", pgettext_lazy("logistics", "Last seen"), kind="ago"),
        t.Column("matter", pgettext_lazy("parcel", "What is wrong")),
    )
    tabs = (t.Tab("moving", _("On the way")), t.Tab("silent", _("Without news"), tone="warning"),
            t.Tab("misdirected", _("Wrong carrier"), tone="danger"))
    filters = (t.SearchFilter("q", _("Posting or tracking number")),)
    empty = t.Empty("truck-delivery", _("No such parcels"),
                    _("Parcels that nobody has seen for too long, or that go with another carrier, are found here."))


@require_GET
@seller_view(permissions.PARCELS_VIEW)
def parcels(request: WebRequest) -> HttpResponse:
    table = ParcelTable(request)
    found = queries.parcels_page(request.seller, tab=table.tab, search=table.where.get("q", ""), cursor=table.cursor,
                                 limit=table.page_size)
    rows = _touchable(request, list(found.rows))
    language = request.language
    table.fill(
        [ParcelView(row, localized(row.carrier_names, language), localized(row.other_names, language)) for row in rows],
        next_cursor=found.next_cursor,
        tab_counts={} if request.warehouse_ids else queries.parcel_counts(request.seller))
    return table.respond("logistics/parcels.html", {"pages": tabs(request, "parcels"), "nav_key": "delivery"})


@require_POST
@seller_view(permissions.PARCEL_REPORT)
def note(request: WebRequest, number: str) -> HttpResponse:
    """Write down where a parcel is that the shop brings itself."""
    if request.warehouse_ids and not orders.numbers_in(request.seller, [number], request.warehouse_ids):
        raise ParcelUnknown()
    now = clock.now()
    try:
        services.note_event(seller=request.seller, posting_number=number, code=request.POST.get("code", ""),
                            place=request.POST.get("place", ""), at=now, actor=request.actor, now=now)
    except (Invalid, Conflict) as error:
        messages.error(request, error.text)
    else:
        messages.success(request, gettext("Noted."))
    return redirect("orders:posting", number)


def _touchable(request: WebRequest, rows: list[ParcelRow]) -> list[ParcelRow]:
    """Those of one's own warehouses, for people of single ones."""
    if not request.warehouse_ids:
        return rows
    known = orders.numbers_in(request.seller, [row.posting_number for row in rows], request.warehouse_ids)
    return [row for row in rows if row.posting_number in known]
