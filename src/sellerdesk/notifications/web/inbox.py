"""The inbox of the whole shop, and its first lines on the home board."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from sellerdesk.core import clock
from sellerdesk.core.http import pulse
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.waiting import Asked
from sellerdesk.notifications import inbox as everything
from sellerdesk.notifications import permissions
from sellerdesk.notifications.types import InboxLine

ON_THE_BOARD = 3


@seller_view(permissions.INBOX)
@require_GET
def inbox(request: WebRequest) -> HttpResponse:
    return render(request, "notifications/inbox.html", _context(request))


@seller_view(permissions.INBOX)
@require_GET
def live(request: WebRequest) -> HttpResponse:
    """The list anew, or nothing (204) while it says the same; `short` is the block of the home board.

    Two dozen statements each time: it is the seal of "nothing new" that keeps quiet shops from being asked so often.
    """
    short = request.GET.get("short") == "1"
    context = _context(request, ON_THE_BOARD if short else None)
    if request.GET.get("seen") == context["token"]:
        return pulse.nothing_new(request)
    return render(request, "notifications/_board.html" if short else "notifications/_inbox.html", context)


def _context(request: WebRequest, most: int | None = None) -> dict[str, Any]:
    asked = Asked(request.seller, clock.now(), clock.real_now(), tuple(request.warehouse_ids))
    found = everything.lines(asked, request.can)
    shown = [_view(line, request.seller.currency) for line in found[:most]]
    said = "|".join([get_language() or "", str(len(found)),
                     *(f"{line.id}:{line.what.title}:{line.overdue}:{line.what.risk_minor}" for line in found[:most])])
    token = hashlib.sha256(said.encode()).hexdigest()[:16]
    return {"lines": shown, "total": len(found), "more": len(found) - len(shown), "token": token}


def _view(line: InboxLine, currency: str) -> dict[str, Any]:
    risk = line.what.risk_minor
    return {"line": line, "what": line.what, "money": Money(risk, currency) if risk else None}
