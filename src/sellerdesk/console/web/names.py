"""Deciding about names of shops."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, NotFound
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.sellers import permissions
from sellerdesk.sellers.services import names


@operator_view(permissions.CONSOLE_KYC_EDIT)
@require_POST
def decide(request: WebRequest, seller_id: int, change_id: int) -> HttpResponse:
    sent = request.POST
    try:
        given = names.decide_name(
            seller_id=seller_id, change_id=change_id, decision=sent.get("decision", ""), reason=sent.get("reason", ""),
            note=sent.get("note", ""), name=sent.get("name", ""), actor=request.actor, now=clock.now())
    except NotFound:
        raise
    except DomainError as refused:
        messages.error(request, refused.text)
    else:
        messages.success(request, _("The shop is called “%(name)s”.") % {"name": given})
    return redirect(f"{reverse('console:reviews')}?tab=names")
