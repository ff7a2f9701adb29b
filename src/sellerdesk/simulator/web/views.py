"""The market page: the clock, the pace, and what is coming."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import posted, refusal_text
from sellerdesk.core.http.access import user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.orders import queries as orders
from sellerdesk.simulator import queries, services
from sellerdesk.simulator.permissions import MARKET_EDIT
from sellerdesk.simulator.web import wording
from sellerdesk.simulator.web.forms import PaceForm
from sellerdesk.simulator.web.opening import guard

SPEEDS = (1, 60, 600, 3600)
LEAPS = (1, 12, 36)


@user_view
@require_GET
def market(request: WebRequest) -> HttpResponse:
    guard(request)
    setting = queries.setting()
    form = PaceForm(initial={"orders_per_day": setting.orders_per_day, "autopilot": setting.autopilot}
                    if setting else None)
    return _page(request, form)


def _page(request: WebRequest, form: PaceForm, status: int = 200) -> HttpResponse:
    console = request.seller is None and request.can(MARKET_EDIT)
    return render(request, "simulator/market.html", {
        **_live(request), "form": form, "speeds": SPEEDS, "leaps": LEAPS, "area": "console" if console else "seller",
    }, status=status)


@user_view
@require_GET
def live(request: WebRequest) -> HttpResponse:
    """The part of the page that moves; asked for every two seconds."""
    guard(request)
    return render(request, "simulator/_live.html", _live(request))


def _live(request: WebRequest) -> dict[str, Any]:
    seller = request.seller
    return {
        "setting": queries.setting(), "clock": clock.state(), "market_now": clock.now(),
        "counts": wording.counted(queries.coming_counts(seller)),
        "coming": [wording.read(one, linked=seller is not None) for one in queries.coming(seller)],
        "today": orders.today(seller, clock.now()) if seller else None,
    }


@user_view
@require_POST
def change_clock(request: WebRequest) -> HttpResponse:
    guard(request)
    who: dict[str, Any] = {"actor": request.actor, "now": clock.now()}
    action, value = request.POST.get("action", ""), _number(request, "value")
    try:
        if action == "speed":
            services.set_speed(speed=value, **who)
            done = _("The clock runs ×%(speed)s.") % {"speed": value}
        elif action == "pause":
            services.pause_clock(**who)
            done = _("The clock stands.")
        elif action == "resume":
            services.resume_clock(**who)
            done = _("The clock runs.")
        else:
            services.advance_clock(hours=value, **who)
            done = _("%(hours)s h later. The market is catching up.") % {"hours": value}
    except DomainError as error:
        messages.error(request, refusal_text(error))
    else:
        messages.success(request, done)
    return redirect("simulator:market")


@user_view
@require_POST
def change_running(request: WebRequest) -> HttpResponse:
    guard(request)
    running = request.POST.get("running") == "1"
    services.set_running(running=running, actor=request.actor, now=clock.now())
    messages.success(request, _("Buyers and couriers are at work.") if running
                     else _("Buyers and couriers went home. Time runs on."))
    return redirect("simulator:market")


@user_view
@require_POST
def change_pace(request: WebRequest) -> HttpResponse:
    guard(request)
    form = PaceForm(request.POST)
    if form.is_valid():
        try:
            services.change_pace(**form.cleaned_data, actor=request.actor, now=clock.now())
            messages.success(request, _("Saved."))
            return redirect(reverse("simulator:market"))
        except DomainError as error:
            ui_forms.add_errors(form, error)
    return _page(request, form, status=422)


def _number(request: WebRequest, name: str) -> int:
    return posted.number(request.POST.get(name, ""), digits=6)
