"""One act from a page: one call, and back to the page with what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.request import WebRequest
from sellerdesk.supply.web.scope import whole_shop


def act(request: WebRequest, supply_id: int, do: Callable[[dict[str, Any]], object], done: str, *,
        back: str = "supply:supply") -> HttpResponse:
    """`do` is given what every service wants to know. Raises what is not found, for a page of its own."""
    whole_shop(request)
    try:
        do({"seller": request.seller, "supply_id": supply_id, "actor": request.actor, "now": clock.now()})
    except DomainError as refused:
        if refused.kind == "not_found":
            raise
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, done)
    return redirect(back, supply_id=supply_id)
