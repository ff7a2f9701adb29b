"""The scenario pages: a gallery of stories, an editor, the run that goes on, and what past runs came to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, NotFound
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import queries, services
from sellerdesk.simulator.scenarios import library, reading
from sellerdesk.simulator.scenarios import recording as recordings
from sellerdesk.simulator.services import runs
from sellerdesk.simulator.types import RunRow
from sellerdesk.simulator.web import results, storyboard
from sellerdesk.simulator.web.forms import OrderForm
from sellerdesk.simulator.web.opening import guard

# What the editor begins with when nothing else was chosen.
_FIRST = "strike"


def _shop(request: WebRequest) -> SellerRef:
    """Scenarios are lived by a shop; an operator without one has nothing here. Raises NotFound."""
    guard(request)
    if request.seller is None:
        raise NotFound()
    return request.seller


def _language() -> str:
    return get_language() or "en"


@user_view
@require_GET
def gallery(request: WebRequest) -> HttpResponse:
    seller = _shop(request)
    chosen = request.GET.get("edit", "")
    return _page(request, seller, library.text(chosen if chosen in library.names() else _FIRST))


def _page(request: WebRequest, seller: SellerRef, text: str, mistakes: DomainError | None = None,
          order: OrderForm | None = None, status: int = 200) -> HttpResponse:
    language = _language()
    return render(request, "simulator/scenarios.html", {
        **_going(seller), "text": text, "mistakes": mistakes.fields if mistakes else [],
        "boards": [storyboard.board(library.scenario(name), language) for name in library.names()],
        "order": order or OrderForm(), "past": [results.brief(row, language) for row in queries.past_runs(seller, 8)],
    }, status=status)


def _going(seller: SellerRef) -> dict[str, Any]:
    row, now = queries.running(seller), clock.now()
    if row is None:
        return {"going": None}
    scenario = reading.read(row.text)
    return {"going": row, "going_board": storyboard.board(scenario, _language(), since=row.since, now=now),
            "going_orders": scenario.orders, "buyers_through": now >= row.until,
            "share": results.share(row, now)}


@user_view
@require_GET
def live(request: WebRequest) -> HttpResponse:
    """The run that goes on; asked for every two seconds."""
    return render(request, "simulator/_going.html", _going(_shop(request)))


@user_view
@require_POST
def start(request: WebRequest) -> HttpResponse:
    """Start a shipped scenario by name, or the text of the editor."""
    seller = _shop(request)
    name = request.POST.get("name", "")
    text = library.text(name) if name else request.POST.get("text", "")
    try:
        runs.start(seller=seller, text=text, actor=request.actor, now=clock.now())
    except reading.ScenarioInvalid as error:
        return _page(request, seller, text, error, status=422)
    except DomainError as error:
        messages.error(request, refusal_text(error))
    else:
        messages.success(request, _("The scenario has begun. Move the clock to see more of it sooner."))
    return redirect("simulator:scenarios")


@user_view
@require_POST
def stop(request: WebRequest) -> HttpResponse:
    seller = _shop(request)
    try:
        runs.stop(seller=seller, actor=request.actor, now=clock.now())
        messages.success(request, _("Stopped. What has been ordered goes its way."))
    except DomainError as error:
        messages.error(request, refusal_text(error))
    return redirect("simulator:scenarios")


@user_view
@require_POST
def order(request: WebRequest) -> HttpResponse:
    """Place this very order."""
    seller = _shop(request)
    form = OrderForm(request.POST)
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            placed = services.place_order(
                seller=seller, lines=[(wanted["offer_id"], wanted["quantity"])], city=wanted["city"],
                fate=wanted["fate"], actor=request.actor, now=clock.now())
        except DomainError as error:
            ui_forms.add_errors(form, error)
        else:
            messages.success(request, _("Ordered: %(number)s.") % {"number": placed.posting_number})
            return redirect("simulator:scenarios")
    return _page(request, seller, library.text(_FIRST), order=form, status=422)


@user_view
@require_GET
def run(request: WebRequest, run_id: int) -> HttpResponse:
    """What a run came to."""
    row = queries.run(_shop(request), run_id)
    scenario = reading.read(row.text)
    return render(request, "simulator/run.html", {
        "run": row, "board": storyboard.board(scenario, _language(), since=row.since, now=row.ended_at or clock.now()),
        "figures": results.figures(row, request.seller.currency), "state": results.state(row),
        "differences": _differences(row)})


def _differences(row: RunRow) -> list[recordings.Difference]:
    return recordings.differences(reading.read(row.text), row.result or {}) if row.state == "done" else []


@user_view
@require_GET
def recording(request: WebRequest, run_id: int) -> HttpResponse:
    """The run as a file: its scenario with its figures, for `sellerdesk scenario replay` or another run here."""
    row = queries.run(_shop(request), run_id)
    answer = HttpResponse(recordings.recorded(row.text, row.result or {}), content_type="application/yaml")
    answer["Content-Disposition"] = content_disposition_header(True, f"{row.name}-{row.id}.yaml") or ""
    return answer
