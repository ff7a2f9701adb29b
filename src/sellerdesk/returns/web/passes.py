"""Passes for cars that fetch returns at a point."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, NotFound
from sellerdesk.core.http import posted, refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.handover.types import PassInput
from sellerdesk.returns import permissions, services
from sellerdesk.returns.web.pick_up import page


def _said(request: WebRequest) -> PassInput:
    given = request.POST
    try:
        at = datetime.fromisoformat(given.get("arrives_at", ""))
        arrives_at = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(request.seller.time_zone))
    except ValueError:
        arrives_at = None
    return PassInput(
        given.get("driver", ""), given.get("phone", ""), given.get("model", ""), given.get("plate", ""),
        id=posted.number(given.get("pass", "")), arrives_at=arrives_at,
        warehouse_id=posted.number(given.get("warehouse", "")), place_id=posted.number(given.get("place", "")))


@require_POST
@seller_view(permissions.DECIDE)
def save(request: WebRequest) -> HttpResponse:
    """Order a pass, or change the one that is named. A refusal shows the page with what was typed."""
    one = _said(request)
    act = services.change_passes if one.id else services.add_passes
    try:
        act(seller=request.seller, passes=[one], actor=request.actor, now=clock.now(), only_in=request.warehouse_ids)
    except NotFound:
        raise
    except DomainError as refused:
        return page(request, typed=one, error=refusal_text(refused))
    messages.success(request, _("The pass is saved."))
    return redirect("returns:pick_up")


@require_POST
@seller_view(permissions.DECIDE)
def remove(request: WebRequest) -> HttpResponse:
    services.remove_passes(seller=request.seller, pass_ids=[posted.number(request.POST.get("pass", ""))],
                           actor=request.actor, now=clock.now(), only_in=request.warehouse_ids)
    messages.success(request, _("The pass is withdrawn."))
    return redirect("returns:pick_up")
