"""The work of a scanner, small enough to be taken along where there is no connection. No buyers are in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sellerdesk.catalog import queries as catalog
from sellerdesk.orders import rules, states
from sellerdesk.orders.models import Posting
from sellerdesk.orders.queries.units import packings
from sellerdesk.orders.types import Packing, PackingLine, ScanLine, ScanPosting
from sellerdesk.sellers.types import SellerRef

# What a scanner can read or its holder type beside it; the rest is filled in on the posting's page.
ANSWERED_BY_SCANS = ("mandatory_mark", "jw_uin", "imei", "weight")


def scan_work(seller: SellerRef, warehouse_ids: Sequence[int] = (), limit: int = 500) -> list[ScanPosting]:
    """Postings that wait to be packed, the most urgent first. Five queries, whatever their number."""
    rows = Posting.objects.filter(seller_id=seller.id, state=states.AWAITING_PACKAGING, substate__in=(
        "posting_created", "ship_failed"))
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=list(warehouse_ids))
    found = {row[1]: (row[0], row[2], row[3]) for row in rows.order_by("ship_by", "id").values_list(
        "id", "number", "order__number", "ship_by")[:limit]}
    sheets = packings(seller, list(found))
    codes = catalog.barcodes(seller, {line.product_id for sheet in sheets for line in sheet.lines})
    return [_posting(sheet, found[sheet.number], codes) for sheet in sheets]


def _posting(sheet: Packing, row: tuple[int, str, Any], codes: dict[int, tuple[str, ...]]) -> ScanPosting:
    id_, order_number, ship_by = row
    return ScanPosting(sheet.number, order_number, ship_by, (sheet.number, *rules.barcodes(id_)),
                       tuple(_line(line, codes.get(line.product_id, ())) for line in sheet.lines))


def _line(line: PackingLine, codes: tuple[str, ...]) -> ScanLine:
    """An article is read from its barcode, and where it has none from its own article number or SKU."""
    open_ = {need for row in line.units for need in row.missing} if line.units else set(line.wanted)
    return ScanLine(
        line.sku, line.offer_id, line.name, line.quantity,
        tuple(dict.fromkeys([*codes, line.offer_id, str(line.sku)])),
        tuple(need for need in ANSWERED_BY_SCANS if need in open_),
        line.country_missing or bool(open_ - set(ANSWERED_BY_SCANS)), line.least_g, line.most_g)
