"""Who reads: what is found out about a person and their shop for the audience of announcements."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from sellerdesk.announcements import queries
from sellerdesk.announcements.types import Reader
from sellerdesk.catalog.queries import reference
from sellerdesk.finance import queries as finance
from sellerdesk.inventory import queries as inventory

#: By whom parcels of a warehouse's kind are carried.
_SCHEME = {"drop_off": "fbs", "pick_up": "fbs", "own": "rfbs", "express": "rfbs", "partner": "rfbs"}


def reader(request: HttpRequest, now: datetime) -> Reader:
    """The person of a request in their shop. Warehouses and goods are read only where an announcement asks for them."""
    seller: Any = request.seller
    wants_schemes, wants_categories = queries.asks_for(now)
    schemes = frozenset(_SCHEME[row.kind] for row in inventory.warehouses(seller) if row.kind in _SCHEME) \
        if wants_schemes else frozenset()
    categories = frozenset(finance.departments(reference.used_categories(seller)).values()) \
        if wants_categories else frozenset()
    return Reader(int(request.user.pk or 0), seller.country, request.role, schemes, categories)
