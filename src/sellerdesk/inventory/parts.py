"""Stock as a part of an offer: a column of the product spreadsheet, a field of the editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog.types import PartColumn
from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import FieldError
from sellerdesk.inventory import queries, services
from sellerdesk.inventory.errors import field_error
from sellerdesk.inventory.types import StockInput
from sellerdesk.sellers.types import SellerRef


class StockPart:
    """Key stock: free units in the shop's first open warehouse."""

    name = "stock"
    permission = "inventory:stock:shop"

    def columns(self, seller: SellerRef, language: str) -> list[PartColumn]:
        return [PartColumn("stock", _("Stock"), False,
                           _("Units free for sale in your first open warehouse, without those in open orders."),
                           "integer")]

    def check(self, seller: SellerRef, rows: list[dict[str, Any]]) -> list[list[FieldError]]:
        most = dated.get("inventory.highest_stock", "", clock.now()).value["units"]
        missing = _first_open(seller) is None
        found: list[list[FieldError]] = []
        for row in rows:
            units, errors = read_units(row.get("stock"))
            if units is not None and missing:
                errors = [field_error("stock", "no_warehouse", units)]
            elif units is not None and units > most:
                errors = [field_error("stock", "STOCK_TOO_BIG", units, most=most)]
            elif units is not None and units < 0:
                errors = [field_error("stock", "STOCK_NEGATIVE", units)]
            found.append(errors)
        return found

    def apply(self, seller: SellerRef, values: dict[int, dict[str, Any]], actor: Actor, now: datetime
              ) -> dict[int, list[FieldError]]:
        refused: dict[int, list[FieldError]] = {}
        wanted: dict[int, int] = {}
        for product_id, row in values.items():
            units, errors = read_units(row.get("stock"))
            if errors:
                refused[product_id] = errors
            elif units is not None:
                wanted[product_id] = units
        warehouse_id = _first_open(seller) if wanted else None
        if wanted and warehouse_id is None:
            return refused | {id_: [field_error("stock", "no_warehouse", units)] for id_, units in wanted.items()}
        rows = [StockInput(warehouse_id or 0, units, product_id=id_) for id_, units in wanted.items()]
        for outcome in services.set_stocks(seller=seller, changes=rows, actor=actor, now=now):
            if outcome.errors:
                refused[outcome.product_id] = list(outcome.errors)
        return refused

    def current(self, seller: SellerRef, product_ids: Sequence[int]) -> dict[int, dict[str, str]]:
        warehouse_id = _first_open(seller)
        return {product_id: {"stock": str(row.free)} for product_id, rows in
                queries.stocks(seller, product_ids).items() for row in rows if row.warehouse_id == warehouse_id}

    def conditions(self) -> Mapping[str, str]:
        free = ("EXISTS (SELECT 1 FROM inventory_stock s JOIN inventory_warehouse w ON w.id = s.warehouse_id"
                " WHERE s.product_id = catalog_product.id AND w.state = 'active' AND s.present > s.reserved)")
        return {"in_stock": free}


def read_units(value: Any) -> tuple[int | None, list[FieldError]]:
    """A number of units as people and spreadsheets write it: 25, "1 200", 25.0. Empty means: leave."""
    if value is None or str(value).strip() == "":
        return None, []
    text = "".join(str(value).split()).replace("\u00a0", "").replace("\u202f", "")
    text = text.removesuffix(".0")
    if not text.lstrip("-").isdecimal() or len(text) > 12:
        return None, [field_error("stock", "stock_unreadable", str(value)[:40])]
    return int(text), []


def _first_open(seller: SellerRef) -> int | None:
    return next((row.id for row in queries.warehouses(seller) if row.active), None)
