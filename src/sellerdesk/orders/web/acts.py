"""What is done with postings from the screens: pack, hand over; one or many."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sellerdesk.core import clock
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import require, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import tables
from sellerdesk.orders import permissions, services
from sellerdesk.orders.types import Outcome
from sellerdesk.orders.web import scope


def _back(request: WebRequest, number: str) -> HttpResponse:
    return redirect(tables.next_url(request, reverse("orders:posting", args=[number])))


@require_POST
@seller_view(permissions.SHIP)
def pack(request: WebRequest, number: str) -> HttpResponse:
    """Pack the whole posting into one parcel."""
    scope.require(request, number)
    outcome = services.ship_many(seller=request.seller, numbers=[number], actor=request.actor, now=clock.now())[0]
    _tell_one(request, outcome, _("%(number)s is packed. Print the label and hand the parcel over."))
    return _back(request, number)


@require_POST
@seller_view(permissions.HAND_OVER)
def hand_over(request: WebRequest, number: str) -> HttpResponse:
    scope.require(request, number)
    outcome = services.hand_over(seller=request.seller, numbers=[number], actor=request.actor, now=clock.now())[0]
    _tell_one(request, outcome, _("%(number)s is handed over to the carrier."))
    return _back(request, number)


def _tell_one(request: WebRequest, outcome: Outcome, success: str) -> None:
    if outcome.error:
        messages.error(request, refusal_text(outcome.error))
    else:
        messages.success(request, success % {"number": outcome.number})


#: What may be done with many at once, besides packing, and the right to it.
_RIGHTS = {"hand_over": permissions.HAND_OVER, "delivering": permissions.DELIVER, "last_mile": permissions.DELIVER,
           "delivered": permissions.DELIVER}


@require_POST
@seller_view(permissions.VIEW)
def bulk(request: WebRequest) -> HttpResponse:
    """One act with the selected postings, and what became of them."""
    act = request.POST.get("action", "")
    require(request, _RIGHTS.get(act, permissions.SHIP))
    numbers = scope.within(request, request.POST.getlist("ids")[:500])
    told: dict[str, Any] = {"seller": request.seller, "numbers": numbers, "actor": request.actor, "now": clock.now()}
    if act == "hand_over":
        outcomes = services.hand_over(**told)
    elif act in _RIGHTS:
        outcomes = services.act_many(act=cast(services.Act, act), **told)
    else:
        outcomes = services.ship_many(**told)
    done = sum(one.done for one in outcomes)
    text = _said(act, done)
    if done:
        messages.success(request, text % {"count": done})
    for one in [one for one in outcomes if one.error][:3]:
        messages.error(request, refusal_text(one.error))  # type: ignore[arg-type]
    return redirect(tables.next_url(request, reverse("orders:postings")))


def _said(act: str, count: int) -> str:
    if act == "hand_over":
        return ngettext("%(count)s parcel handed over.", "%(count)s parcels handed over.", count)
    if act == "delivering":
        return ngettext("%(count)s parcel is on its way.", "%(count)s parcels are on their way.", count)
    if act == "last_mile":
        return ngettext("%(count)s parcel is with the courier.", "%(count)s parcels are with the courier.", count)
    if act == "delivered":
        return ngettext("%(count)s parcel is reported as delivered.", "%(count)s parcels are reported as delivered.",
                        count)
    return ngettext("%(count)s posting packed.", "%(count)s postings packed.", count)
