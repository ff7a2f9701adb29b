"""What storing cost, as a file: a row for each day, SKU and warehouse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sellerdesk.catalog import queries as catalog
from sellerdesk.core.money import Money
from sellerdesk.core.sheets import Column
from sellerdesk.inventory.queries import platform_warehouses, storage
from sellerdesk.sellers.types import SellerRef

_PAGE = 1000


def columns() -> tuple[Column, ...]:
    """With headings in the language in force."""
    return (
        Column("day", _("Date"), "day"), Column("sku", "SKU", "whole"), Column("offer_id", _("Offer ID")),
        Column("name", _("Name")), Column("warehouse", _("Warehouse")),
        Column("units", pgettext("storage", "Units there"), "whole"),
        Column("paid_units", pgettext("storage", "Units paid for"), "whole"),
        Column("volume_ml", pgettext("storage", "Volume, ml"), "whole"),
        Column("paid_volume_ml", pgettext("storage", "Volume paid for, ml"), "whole"),
        Column("amount", _("Amount"), "money"), Column("currency", _("Currency")))


def lines(seller: SellerRef, since: date, until: date) -> Iterator[Sequence[Any]]:
    """Read in pages while they are written. Two queries a page."""
    places = {row.id: row.name for row in platform_warehouses()}
    cursor: str | None = None
    while True:
        page = storage.rows(seller, since, until, cursor=cursor, limit=_PAGE)
        found = page.rows
        names = {ref.sku: ref for ref in catalog.refs(seller, skus=sorted({row.sku for row in found}))}
        for row in found:
            ref = names.get(row.sku)
            yield (row.day, row.sku, ref.offer_id if ref else "", ref.name if ref else "",
                   places.get(row.warehouse_id, ""), row.units, row.paid_units, row.units * row.unit_ml,
                   row.paid_units * row.unit_ml, Money(row.amount_minor, row.currency), row.currency)
        cursor = page.next_cursor
        if not cursor:
            return
