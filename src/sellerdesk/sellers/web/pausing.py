"""Letting a paused shop sell again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.sellers import permissions
from sellerdesk.sellers.services import pausing


@seller_view(permissions.SHOP_RESUME)
@require_POST
def resume(request: WebRequest) -> HttpResponse:
    try:
        pausing.resume(seller=request.seller, actor=request.actor, now=clock.now())
    except DomainError as refused:
        messages.error(request, refused.text)
    else:
        messages.success(request, _("Buyers see the shop again."))
    return redirect("sellers:onboarding")
