"""Supplies concern the whole shop: people of single warehouses have no part in them."""

from __future__ import annotations

from sellerdesk.core.http.request import WebRequest
from sellerdesk.supply.errors import SupplyUnknown


def whole_shop(request: WebRequest) -> None:
    """Raises SupplyUnknown for a person who works in single warehouses only."""
    if request.warehouse_ids:
        raise SupplyUnknown()
