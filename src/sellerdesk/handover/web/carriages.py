"""Carriages: what waits, what leaves together, its papers, and what the carrier got."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.core import clock
from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import posted, refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.finance.queries.rates import BASE_CURRENCY
from sellerdesk.handover import queries, rules, services, states, texts
from sellerdesk.handover.types import CarriageFilter, PassFilter, PassInput
from sellerdesk.handover.web import files
from sellerdesk.handover.web.scope import viewer
from sellerdesk.handover.web.tables import CarriageTable, CarriageView
from sellerdesk.orders import permissions
from sellerdesk.orders.queries import handing

_TABS = {"open": (states.NEW, *states.OPEN), "ended": (states.RECEIVED, states.CLOSED),
         "cancelled": (states.CANCELLED,)}


@require_GET
@seller_view(permissions.HAND_OVER)
def carriages(request: WebRequest) -> HttpResponse:
    """Packed parcels that wait for a carriage, and the carriages there are."""
    table = CarriageTable(request)
    before = cursor_decode(table.cursor, 1)[0] if table.cursor else 0
    found = queries.carriages(
        request.seller, CarriageFilter(states=_TABS.get(table.tab, ())), viewer=viewer(request),
        before_id=before if isinstance(before, int) else 0, limit=table.page_size + 1)
    rows, more = found[:table.page_size], len(found) > table.page_size
    table.fill([CarriageView(row, request.language) for row in rows],
               next_cursor=cursor_encode(rows[-1].id) if more else "")
    now = clock.now()
    return table.respond("handover/carriages.html", lambda: {
        "waiting": [(one, localized(one.carrier_names, request.language), one.first_due < now,
                     formats.left(one.first_due, now)) for one in queries.waiting(
                         request.seller, tuple(request.warehouse_ids))],
        "now": now})


@require_POST
@seller_view(permissions.HAND_OVER)
def create(request: WebRequest) -> HttpResponse:
    method, day = request.POST.get("method", ""), request.POST.get("departs_on", "")
    try:
        departs_on = date.fromisoformat(day) if day else None
    except ValueError:
        departs_on = None
    try:
        number = services.create_carriage(
            seller=request.seller, method_id=posted.number(method),
            departs_on=departs_on, actor=request.actor, now=clock.now(), only_in=tuple(request.warehouse_ids))
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
        return redirect("handover:carriages")
    return redirect("handover:carriage", carriage_id=number)


@require_GET
@seller_view(permissions.HAND_OVER)
def carriage(request: WebRequest, carriage_id: int) -> HttpResponse:
    """One carriage: its parcels, what to do with it, its papers."""
    return page(request, carriage_id)


def page(request: WebRequest, carriage_id: int, *, typed: PassInput | None = None, error: str = "") -> HttpResponse:
    """The page of a carriage; with a pass that was refused, what was typed and why. Raises CarriageUnknown."""
    row = queries.carriage(request.seller, carriage_id, viewer(request))
    inside = queries.parcels(request.seller, carriage_id)
    label, tone = texts.CARRIAGES[row.state]
    beside = []
    if "choose" in row.actions:
        mine = {one.number for one in inside}
        free = [one for one in handing.packed(request.seller, method_ids=[row.method_id]) if one.number not in mine]
        taken = queries.in_live_carriages(request.seller, [one.number for one in free], besides=carriage_id)
        beside = [one for one in free if one.number not in taken]
    kinds = [kind for kind in ("act", "waybill", "container_labels", "discrepancy_act") if kind in row.actions]
    return render(request, "handover/carriage.html", {
        "carriage": row, "badge": t.Badge(label, tone), "carrier": localized(row.carrier_names, request.language),
        "parcels": [(one, t.Badge(*texts.SIGHTS[one.sight])) for one in inside], "beside": beside,
        "papers": [(kind, texts.KINDS[kind]) for kind in kinds], "code": rules.barcode(row.id),
        "weight_kg": f"{row.weight_g / 1000:.2f}", "most": min(rules.MOST_CONTAINERS, row.postings),
        "scanned": row.accepted + row.missed, "passes_open": row.state not in states.FINAL,
        "passes": [(one, typed if typed and typed.id == one.id else one) for one in queries.passes(
            request.seller, PassFilter(carriage_id=carriage_id), viewer=viewer(request)).rows],
        "typed": typed if typed and not typed.id else None, "wrong": typed.id if typed else 0, "error": error,
        "crosses": request.seller.country != settings.MARKETPLACE_COUNTRY}, status=422 if error else 200)


def _done(request: WebRequest, carriage_id: int, act: DomainError | None, text: str) -> HttpResponse:
    if act:
        messages.error(request, refusal_text(act))
    else:
        messages.success(request, text)
    return redirect("handover:carriage", carriage_id=carriage_id)


@require_POST
@seller_view(permissions.HAND_OVER)
def choose(request: WebRequest, carriage_id: int) -> HttpResponse:
    """Replace the parcels of a carriage that is being gathered."""
    refused: DomainError | None = None
    try:
        services.set_postings(seller=request.seller, carriage_id=carriage_id, numbers=request.POST.getlist("numbers"),
                              actor=request.actor, now=clock.now(), viewer=viewer(request))
    except DomainError as error:
        _raise_unknown(error)
        refused = error
    return _done(request, carriage_id, refused, _("The parcels of the carriage are chosen."))


@require_POST
@seller_view(permissions.HAND_OVER)
def approve(request: WebRequest, carriage_id: int) -> HttpResponse:
    text = request.POST.get("containers", "").strip() or "0"
    refused: DomainError | None = None
    try:
        services.approve(seller=request.seller, carriage_id=carriage_id,
                         containers=posted.number(text, -1, digits=5), actor=request.actor,
                         now=clock.now(), viewer=viewer(request))
    except DomainError as error:
        _raise_unknown(error)
        refused = error
    return _done(request, carriage_id, refused, _("The carriage is formed: print the act and hand the parcels over."))


@require_POST
@seller_view(permissions.HAND_OVER)
def cancel(request: WebRequest, carriage_id: int) -> HttpResponse:
    refused: DomainError | None = None
    try:
        services.cancel(seller=request.seller, carriage_id=carriage_id, actor=request.actor, now=clock.now(),
                        viewer=viewer(request))
    except DomainError as error:
        _raise_unknown(error)
        refused = error
    return _done(request, carriage_id, refused, _("The carriage is dissolved; its parcels wait for another."))


@require_GET
@seller_view(permissions.HAND_OVER)
def declarations(request: WebRequest, carriage_id: int) -> HttpResponse:
    """What customs are told of the goods of a carriage, and what cards do not say yet."""
    found = queries.declarations(request.seller, carriage_id, viewer(request), now=clock.now())
    return render(request, "handover/declarations.html", {
        "nav_key": "carriages", "found": found, "carriage_id": carriage_id, "base": BASE_CURRENCY,
        "value": Money(found.value_minor, found.currency), "weight_kg": f"{found.weight_g / 1000:.3f}",
        "lines": [(one, Money(one.value_minor, one.currency), f"{one.weight_g / 1000:.3f}",
                   [texts.LACKING[word] for word in one.missing]) for one in found.lines],
        "sums": [(one, Money(one.value_minor, found.currency), f"{one.weight_g / 1000:.3f}") for one in found.sums],
        "may_edit": request.can("catalog:product:edit")})


@require_GET
@seller_view(permissions.HAND_OVER)
def declarations_file(request: WebRequest, carriage_id: int, form: str) -> HttpResponse:
    """The same as a sheet or a paper to print."""
    return files.answer(services.declarations_file(seller=request.seller, carriage_id=carriage_id, form=form,
                                                   viewer=viewer(request)))


@require_POST
@seller_view(permissions.HAND_OVER)
def paper(request: WebRequest, carriage_id: int) -> HttpResponse:
    """A paper of the carriage, made when first asked for."""
    try:
        kept = services.carriage_paper(
            seller=request.seller, carriage_id=carriage_id, kind=request.POST.get("kind", ""),
            language=request.language, actor=request.actor, now=clock.now(), viewer=viewer(request))
    except DomainError as error:
        _raise_unknown(error)
        return _done(request, carriage_id, error, "")
    return redirect("handover:carriage_file", paper_id=kept.id)


@require_GET
@seller_view(permissions.HAND_OVER)
def paper_file(request: WebRequest, paper_id: int) -> HttpResponse:
    """A paper of a carriage for those who hand over and do not print labels."""
    return files.answer(services.open_paper(seller=request.seller, paper_id=paper_id, viewer=viewer(request),
                                            of_carriage=True))


@require_GET
@seller_view(permissions.HAND_OVER)
def barcode(request: WebRequest, carriage_id: int) -> HttpResponse:
    """The carriage's code as a picture, for the driver to scan from a telephone."""
    return files.answer(services.barcode_png(seller=request.seller, carriage_id=carriage_id, viewer=viewer(request)))


def _raise_unknown(error: DomainError) -> None:
    """What is not one's own is not there: no page to go back to."""
    if error.kind == "not_found" and error.code == "CARRIAGE_NOT_FOUND":
        raise error
