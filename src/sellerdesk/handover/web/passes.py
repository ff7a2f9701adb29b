"""Passes for the cars of a carriage."""

from __future__ import annotations

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
from sellerdesk.handover import services
from sellerdesk.handover.types import PassInput
from sellerdesk.handover.web.carriages import page
from sellerdesk.handover.web.scope import viewer
from sellerdesk.orders import permissions


def said(request: WebRequest) -> PassInput:
    """The car and its driver as they stand in the form."""
    given = request.POST
    return PassInput(given.get("driver", ""), given.get("phone", ""), given.get("model", ""), given.get("plate", ""),
                     with_returns="with_returns" in given, id=posted.number(given.get("pass", "")))


@require_POST
@seller_view(permissions.HAND_OVER)
def save(request: WebRequest, carriage_id: int) -> HttpResponse:
    """Order a pass, or change the one that is named. A refusal shows the page with what was typed."""
    one = said(request)
    act = services.change_passes if one.id else services.add_passes
    try:
        act(seller=request.seller, passes=[one], carriage_id=carriage_id, actor=request.actor, now=clock.now(),
            viewer=viewer(request))
    except NotFound:
        raise
    except DomainError as refused:
        return page(request, carriage_id, typed=one, error=refusal_text(refused))
    messages.success(request, _("The pass is saved."))
    return redirect("handover:carriage", carriage_id=carriage_id)


@require_POST
@seller_view(permissions.HAND_OVER)
def remove(request: WebRequest, carriage_id: int) -> HttpResponse:
    try:
        services.remove_passes(seller=request.seller, pass_ids=[posted.number(request.POST.get("pass", ""))],
                               carriage_id=carriage_id, actor=request.actor, now=clock.now(), viewer=viewer(request))
    except NotFound:
        raise
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, _("The pass is withdrawn."))
    return redirect("handover:carriage", carriage_id=carriage_id)
