"""Stock as a part of an offer: a column of the product spreadsheet, a field of the editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.catalog.types import PartColumn
from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import FieldError
from sellerdesk.inventory import queries, services
from sellerdesk.inventory.errors import field_error
from sellerdesk.inventory.types import StockInput
from sellerdesk.sellers.types import SellerRef

_FIRST = "stock"


class StockPart:
    """Key stock: free units in the shop's first open warehouse; w7: in the warehouse with the id 7."""

    name = "stock"
    permission = "inventory:stock:shop"
    narrow_permission = "inventory:stock:edit"

    def columns(self, seller: SellerRef, language: str) -> list[PartColumn]:
        return [PartColumn("stock", pgettext_lazy("column", "Stock"), False,
                           _("Units free for sale in your first open warehouse, without those in open orders."),
                           "integer")]

    def sheet_columns(self, seller: SellerRef) -> list[PartColumn]:
        """The column for the first open warehouse, and one for each warehouse that is not archived.

        Offered is the one column while there is one open warehouse, and a column for each open one as soon as there
        are more. One query.
        """
        rows = [row for row in queries.warehouses(seller) if row.state != "archived"]
        several = sum(row.active for row in rows) > 1
        first = [replace(column, hidden=several) for column in self.columns(seller, "")]
        return first + [
            PartColumn(f"w{row.id}", pgettext_lazy("column", "Stock"), False,
                       _("Units free for sale in this warehouse, without those in open orders."), "integer", row.name,
                       tuple(filter(None, (row.name, row.code))), not (several and row.active)) for row in rows]

    def narrow_keys(self, warehouse_ids: Sequence[int]) -> frozenset[str]:
        return frozenset(f"w{id_}" for id_ in warehouse_ids)

    def check(self, seller: SellerRef, rows: list[dict[str, Any]]) -> list[list[FieldError]]:
        most = dated.get("inventory.highest_stock", "", clock.now()).value["units"]
        first = _first_open(seller)
        return [[error for key, value in row.items() for error in _wrong(key, value, row, first, most)] for row in rows]

    def apply(self, seller: SellerRef, values: dict[int, dict[str, Any]], actor: Actor, now: datetime
              ) -> dict[int, list[FieldError]]:
        refused: dict[int, list[FieldError]] = {}
        wanted: dict[tuple[int, str], int] = {}
        for product_id, row in values.items():
            for key, value in row.items():
                units, errors = read_units(value, key)
                if errors:
                    refused.setdefault(product_id, []).extend(errors)
                elif units is not None:
                    wanted[product_id, key] = units
        first = _first_open(seller) if any(key == _FIRST for _id, key in wanted) else None
        rows: list[StockInput] = []
        keys: dict[tuple[int, int], str] = {}
        for (product_id, key), units in wanted.items():
            warehouse_id = _place(key, first)
            if warehouse_id is None:
                refused.setdefault(product_id, []).append(field_error(key, "no_warehouse", units))
            else:
                keys[product_id, warehouse_id] = key
                rows.append(StockInput(warehouse_id, units, product_id=product_id))
        for start in range(0, len(rows), services.MAX_ROWS):
            for outcome in services.set_stocks(seller=seller, changes=rows[start:start + services.MAX_ROWS],
                                               actor=actor, now=now):
                key = keys.get((outcome.product_id, outcome.warehouse_id), _FIRST)
                if outcome.errors:
                    refused.setdefault(outcome.product_id, []).extend(
                        replace(error, field=key) for error in outcome.errors)
        return refused

    def current(self, seller: SellerRef, product_ids: Sequence[int]) -> dict[int, dict[str, str]]:
        first = _first_open(seller)
        found: dict[int, dict[str, str]] = {}
        for product_id, rows in queries.stocks(seller, product_ids).items():
            held = found[product_id] = {f"w{row.warehouse_id}": str(row.free) for row in rows}
            if f"w{first}" in held:
                held[_FIRST] = held[f"w{first}"]
        return found

    def foresee(self, seller: SellerRef, values: Mapping[int, Mapping[str, Any]], actor: Actor, now: datetime
                ) -> dict[int, list[FieldError]]:
        """Stock has no rules that depend on what there is, beyond those that `check` knows."""
        return {}

    def kept(self, seller: SellerRef, product_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Free units by warehouse id."""
        return {product_id: {str(row.warehouse_id): row.free for row in rows}
                for product_id, rows in queries.stocks(seller, product_ids).items()}

    def restore(self, seller: SellerRef, values: Mapping[int, Mapping[str, Any]], actor: Actor, now: datetime
                ) -> dict[int, list[FieldError]]:
        """A warehouse that had no row of the product gets none of it again: 0 units."""
        rows = [StockInput(int(warehouse_id), units or 0, product_id=product_id)
                for product_id, row in values.items() for warehouse_id, units in row.items()]
        refused: dict[int, list[FieldError]] = {}
        for start in range(0, len(rows), services.MAX_ROWS):
            for outcome in services.set_stocks(seller=seller, changes=rows[start:start + services.MAX_ROWS],
                                               actor=actor, now=now):
                if outcome.errors:
                    refused.setdefault(outcome.product_id, []).extend(outcome.errors)
        return refused

    def conditions(self) -> Mapping[str, str]:
        free = ("EXISTS (SELECT 1 FROM inventory_stock s JOIN inventory_warehouse w ON w.id = s.warehouse_id"
                " WHERE s.product_id = catalog_product.id AND s.seller_id = catalog_product.seller_id"
                " AND w.state = 'active' AND s.present > s.reserved)")
        return {"in_stock": free}


def read_units(value: Any, key: str = _FIRST) -> tuple[int | None, list[FieldError]]:
    """A number of units as people and spreadsheets write it: 25, "1 200", 25.0. Empty means: leave."""
    if value is None or str(value).strip() == "":
        return None, []
    text = "".join(str(value).split()).replace("\u00a0", "").replace("\u202f", "")
    text = text.removesuffix(".0")
    if not text.lstrip("-").isdecimal() or len(text) > 12:
        return None, [field_error(key, "stock_unreadable", str(value)[:40])]
    return int(text), []


def _wrong(key: str, value: Any, row: Mapping[str, Any], first: int | None, most: int) -> list[FieldError]:
    """What is wrong with one cell by itself, or beside the cell that speaks of the same warehouse."""
    units, errors = read_units(value, key)
    if units is None:
        return errors
    if _place(key, first) is None:
        return [field_error(key, "no_warehouse", units)]
    if units > most:
        return [field_error(key, "STOCK_TOO_BIG", units, most=most)]
    if units < 0:
        return [field_error(key, "STOCK_NEGATIVE", units)]
    if key != _FIRST and _place(key, first) == first and read_units(row.get(_FIRST))[0] not in (None, units):
        return [field_error(key, "stock_twice", units, other=str(row[_FIRST]))]
    return []


def _place(key: str, first: int | None) -> int | None:
    """The warehouse that a column speaks of."""
    return first if key == _FIRST else int(key.removeprefix("w"))


def _first_open(seller: SellerRef) -> int | None:
    return next((row.id for row in queries.warehouses(seller) if row.active), None)
