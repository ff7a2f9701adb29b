"""Who reads: what is found out about a person and their shop for the audience of announcements."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sellerdesk.announcements import queries
from sellerdesk.announcements.types import Reader
from sellerdesk.catalog.queries import reference
from sellerdesk.core.http.request import WebRequest
from sellerdesk.finance import queries as finance
from sellerdesk.inventory import queries as inventory
from sellerdesk.sellers.types import SellerRef

#: By whom parcels of a warehouse's kind are carried.
_SCHEME = {"drop_off": "fbs", "pick_up": "fbs", "own": "rfbs", "express": "rfbs", "partner": "rfbs"}


def reader(request: WebRequest, now: datetime) -> Reader:
    """The person of a request in their shop. Warehouses and goods are read only where an announcement asks for them."""
    seller: Any = request.seller
    return of_person(seller, int(request.user.pk or 0), request.role, queries.asks_for(now))


def of_person(seller: SellerRef, user_id: int, role: str, asks: tuple[bool, bool]) -> Reader:
    """`asks` says whether any announcement is for some schemes, or some categories only."""
    wants_schemes, wants_categories = asks
    schemes = frozenset(_SCHEME[row.kind] for row in inventory.warehouses(seller) if row.kind in _SCHEME) \
        if wants_schemes else frozenset()
    categories = frozenset(finance.departments(reference.used_categories(seller)).values()) \
        if wants_categories else frozenset()
    return Reader(user_id, seller.country, role, schemes, categories)
