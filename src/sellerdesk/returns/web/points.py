"""Picking goods up at a return point, and what becomes of goods that the shop does not want back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import Invalid, NotFound
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import minor_digits
from sellerdesk.core.ui.components import TimelineItem
from sellerdesk.returns import permissions, queries, services
from sellerdesk.returns.types import DisposalSetting
from sellerdesk.returns.web.pick_up import page
from sellerdesk.returns.web.tabs import tabs


@require_GET
@seller_view(permissions.VIEW)
def pick_up(request: WebRequest) -> HttpResponse:
    """The barcode to show, and the points where goods wait. Who may not take goods in does not see the barcode."""
    return page(request)


@require_GET
@seller_view(permissions.DECIDE)
def barcode_png(request: WebRequest) -> HttpResponse:
    return _file(services.png(_code(request)), "image/png", "pick-up.png")


@require_GET
@seller_view(permissions.DECIDE)
def barcode_pdf(request: WebRequest) -> HttpResponse:
    page = services.sheet(_code(request), request.seller.name, _("Picking up returns"))
    return _file(page, "application/pdf", "pick-up.pdf")


def _code(request: WebRequest) -> str:
    found = queries.giveout_code(request.seller)
    if not found:
        raise NotFound()
    return found


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@seller_view(permissions.DECIDE)
def reset(request: WebRequest) -> HttpResponse:
    """Make the barcode, or replace it when somebody else may have seen it."""
    services.reset_code(seller=request.seller, actor=request.actor, now=clock.now())
    messages.success(request, _("The barcode is new. An older one opens nothing any more."))
    return redirect("returns:pick_up")


@require_POST
@seller_view(permissions.DECIDE)
def take_in(request: WebRequest, place_id: int) -> HttpResponse:
    """Everything that waited at a point has been collected."""
    done = services.receive_many(
        seller=request.seller, return_ids=queries.waiting_ids(request.seller, place_id, request.warehouse_ids),
        actor=request.actor, now=clock.now(), only_in=request.warehouse_ids)
    if done:
        messages.success(request, ngettext("%(count)s return taken in.", "%(count)s returns taken in.", done)
                         % {"count": done})
    else:
        messages.warning(request, _("Nothing of yours waits at this point any more."))
    return redirect("returns:pick_up")


@require_http_methods(["GET", "POST"])
@seller_view(permissions.DECIDE)
def disposal(request: WebRequest) -> HttpResponse:
    """Below which price goods are not kept but disposed of on arrival."""
    now, errors = clock.now(), {}
    if request.method == "POST":
        try:
            services.set_bounds(seller=request.seller, price=_bound(request, "price"),
                                faulty=_bound(request, "faulty"), actor=request.actor, now=now)
        except Invalid as refused:
            errors = {field.field: field.text for field in refused.fields}
        else:
            messages.success(request, _("Saved. It holds for goods that arrive from now on."))
            return redirect("returns:disposal")
    return render(request, "returns/disposal.html", {
        "page_tabs": tabs(request, "disposal"), "fields": _fields(request, queries.disposal(request.seller), errors),
        "least": queries.least_bound(request.seller, now), "history": _history(request)},
        status=422 if errors else 200)


def _bound(request: WebRequest, name: str) -> int | None:
    """What was typed, where the box is ticked; -1, which no rule lets pass, for what is no number."""
    if not request.POST.get(f"{name}_on"):
        return None
    text = request.POST.get(name, "").strip()
    return int(text) if text.isdecimal() and len(text) < 12 else -1


def _fields(request: WebRequest, setting: DisposalSetting, errors: dict[str, str]) -> list[dict[str, Any]]:
    unit = 10 ** minor_digits(setting.currency)
    made = []
    for name, value, label, text in (
            ("price", setting.price_minor, _("Dispose of cheap goods"),
             _("Sound goods that cost up to this much a unit do not wait for you.")),
            ("faulty", setting.faulty_minor, _("Dispose of cheap faulty goods"),
             _("The same for goods with a fault: defective, wrong, incomplete."))):
        typed = request.method == "POST"
        made.append({"name": name, "label": label, "help": text, "error": errors.get(name, ""),
                     "on": bool(request.POST.get(f"{name}_on")) if typed else value is not None,
                     "value": request.POST.get(name, "")[:12] if typed else value // unit if value is not None else ""})
    return made


def _history(request: WebRequest) -> list[TimelineItem]:
    return [TimelineItem("; ".join(queries.disposal_changes(entry)), entry.at, icon="trash",
                         by=entry.actor.label) for entry in queries.disposal_history(request.seller)]
