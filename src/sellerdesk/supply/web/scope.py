"""Supplies concern the whole shop: people of single warehouses have no part in them."""

from __future__ import annotations

from django.http import HttpRequest

from sellerdesk.supply.errors import SupplyUnknown


def whole_shop(request: HttpRequest) -> None:
    """Raises SupplyUnknown for a person who works in single warehouses only."""
    if request.warehouse_ids:
        raise SupplyUnknown()
