"""The shop's own delivery, disputes about missing parcels, and looking at who the buyer is."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, NotFound
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import tables
from sellerdesk.orders import permissions, services
from sellerdesk.orders.web import scope
from sellerdesk.orders.web.forms import CodeForm, CutoffForm, TimeslotForm, TrackingForm

_OWN = ("delivering", "last_mile", "delivered", "bring_back")
_MISSING = ("arbitration", "awaiting_delivery")


@require_POST
@seller_view(permissions.DELIVER)
def deliver(request: WebRequest, number: str, act: str) -> HttpResponse:
    """One step of the shop's own delivery."""
    return _act(request, number, act, _OWN)


@require_POST
@seller_view(permissions.DISPUTE)
def dispute(request: WebRequest, number: str, step: str) -> HttpResponse:
    """Say that a parcel that is missing was handed over, or that it will be handed over again."""
    return _act(request, number, step, _MISSING)


def _act(request: WebRequest, number: str, act: str, known: tuple[str, ...]) -> HttpResponse:
    if act not in known:
        raise NotFound()
    scope.require(request, number)
    outcome = services.act_many(seller=request.seller, act=cast(services.Act, act), numbers=[number],
                                actor=request.actor, now=clock.now())[0]
    if isinstance(outcome.error, NotFound):
        raise outcome.error
    if outcome.error:
        messages.error(request, refusal_text(outcome.error))
    else:
        messages.success(request, str(_said(act)) % {"number": number})
    return _back(request, number)


def _said(act: str) -> str:
    return {
        "delivering": _("%(number)s is on its way to the buyer."),
        "last_mile": _("A courier is bringing %(number)s to the buyer."),
        "delivered": _("%(number)s is reported as delivered. The sale is booked when the delivery is confirmed."),
        "bring_back": _("%(number)s is back at your warehouse."),
        "arbitration": _("The marketplace looks for the parcel of %(number)s."),
        "awaiting_delivery": _("%(number)s waits to be handed over again."),
    }[act]


def _back(request: WebRequest, number: str) -> HttpResponse:
    return redirect(tables.next_url(request, reverse("orders:posting", args=[number])))


@require_POST
@seller_view(permissions.DELIVER)
def tracking(request: WebRequest, number: str) -> HttpResponse:
    """The tracking number of the shop's own carrier."""
    form = TrackingForm(request.POST)

    def save() -> str:
        [outcome] = services.set_tracking(
            seller=request.seller, items=[(number, form.cleaned_data["tracking_number"])], actor=request.actor,
            now=clock.now())
        if outcome.error:
            raise outcome.error
        return _("The tracking number is saved.")

    return _saved(request, number, form, save)


@require_POST
@seller_view(permissions.DELIVER)
def cutoff(request: WebRequest, number: str) -> HttpResponse:
    """An earlier hand-over."""
    form = CutoffForm(request.POST)

    def save() -> str:
        services.set_cutoff(seller=request.seller, number=number, cutoff=form.cleaned_data["cutoff"],
                            actor=request.actor, now=clock.now())
        return _("The earlier hand-over is promised.")

    return _saved(request, number, form, save)


@require_POST
@seller_view(permissions.DELIVER)
def timeslot(request: WebRequest, number: str) -> HttpResponse:
    """Another time of delivery."""
    form = TimeslotForm(request.POST)

    def save() -> str:
        services.set_timeslot(
            seller=request.seller, number=number, begin=form.cleaned_data["begin"], end=form.cleaned_data["end"],
            actor=request.actor, now=clock.now())
        return _("The new time of delivery is agreed.")

    return _saved(request, number, form, save)


@require_POST
@seller_view(permissions.DELIVER)
def code(request: WebRequest, number: str) -> HttpResponse:
    """The courier's code of an express order."""
    form = CodeForm(request.POST)
    scope.require(request, number)
    try:
        right = form.is_valid() and services.verify_pickup_code(
            seller=request.seller, number=number, code=form.cleaned_data["code"], actor=request.actor, now=clock.now())
    except NotFound:
        raise
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
    else:
        if right:
            messages.success(request, _("The code is right: the parcel is the courier’s."))
        else:
            messages.error(request, _("That is not the code of this order. Ask the courier again."))
    return _back(request, number)


def _saved(request: WebRequest, number: str, form: TrackingForm | CutoffForm | TimeslotForm,
           save: Callable[[], str]) -> HttpResponse:
    scope.require(request, number)
    if not form.is_valid():
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
        return _back(request, number)
    try:
        text = save()
    except NotFound:
        raise
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, text)
    return _back(request, number)


@require_POST
@seller_view(permissions.REVEAL)
def buyer(request: WebRequest, number: str) -> HttpResponse:
    """The buyer's whole telephone number, once; who looked is written down."""
    scope.require(request, number)
    person = services.reveal_buyer(seller=request.seller, number=number, actor=request.actor, now=clock.now())
    response = render(request, "orders/_buyer_phone.html" if request.htmx else "orders/buyer.html",
                      {"person": person, "number": number})
    response["Cache-Control"] = "no-store"
    return response
