"""Values that sellers miss in dictionaries: the queue, and deciding."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.catalog import queries
from sellerdesk.catalog.services import proposing
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.sellers import permissions


@operator_view(permissions.CONSOLE_DICTIONARY_EDIT)
@require_GET
def index(request: WebRequest) -> HttpResponse:
    """What waits, the oldest first."""
    return render(request, "console/proposals.html", {
        "area": "console", "page": queries.waiting_proposals(request.language, cursor=request.GET.get("c"))})


@operator_view(permissions.CONSOLE_DICTIONARY_EDIT)
@require_POST
def decide(request: WebRequest, proposal_id: int) -> HttpResponse:
    """Accepts a value in three languages, or refuses it with a reason."""
    sent = request.POST
    try:
        if sent.get("decision") == "accept":
            proposing.accept(proposal_id=proposal_id, value_en=sent.get("value_en", ""),
                             value_ru=sent.get("value_ru", ""), value_zh=sent.get("value_zh", ""),
                             actor=request.actor, now=clock.now())
            messages.success(request, _("The value is in the list."))
        else:
            proposing.refuse(proposal_id=proposal_id, reason=sent.get("reason", ""), actor=request.actor,
                             now=clock.now())
            messages.success(request, _("Refused; the shop reads your reason."))
    except DomainError as refused:
        messages.error(request, refused.text)
    return redirect("console:proposals")
