"""Whom the pages of the market are open to."""

from __future__ import annotations

from django.conf import settings

from sellerdesk.core.errors import NotFound
from sellerdesk.core.http.request import WebRequest
from sellerdesk.sellers.permissions import KEY_CREATE
from sellerdesk.simulator.permissions import MARKET_EDIT

#: Pages that light up the market in the menu.
PAGES = ("simulator:scenarios", "simulator:run", "simulator:trouble")


def may_play(request: WebRequest) -> bool:
    """In the demo everybody signed in may play with the market, and in a test shop whoever may make keys for it."""
    seller = getattr(request, "seller", None)
    return settings.DEMO or bool(seller and seller.twin_of is not None and request.can(KEY_CREATE))


def guard(request: WebRequest) -> None:
    """Elsewhere the market is the operators'. Raises NotFound."""
    if not may_play(request) and not request.can(MARKET_EDIT):
        raise NotFound()
