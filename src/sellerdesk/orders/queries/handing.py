"""What waits for the carrier."""

from __future__ import annotations

from collections.abc import Sequence

from sellerdesk.orders import states
from sellerdesk.orders.models import Posting
from sellerdesk.orders.types import PackedRow
from sellerdesk.sellers.types import SellerRef


def packed(seller: SellerRef, *, method_ids: Sequence[int] = (), warehouse_ids: Sequence[int] = ()) -> list[PackedRow]:
    """Packed postings the carrier has not scanned, the most urgent first; those the shop itself delivers, and
    those the marketplace packs and brings, left out.

    One query.
    """
    rows = Posting.objects.filter(seller_id=seller.id, state=states.AWAITING_DELIVER).exclude(
        scheme__in=("rfbs", "fbo"))
    if method_ids:
        rows = rows.filter(delivery_method_id__in=method_ids)
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=warehouse_ids)
    return [
        PackedRow(number, tracking, method, warehouse, substate == "posting_in_carriage", weight, units, amount,
                  currency, city, ship_by)
        for number, tracking, method, warehouse, substate, weight, units, amount, currency, city, ship_by
        in rows.order_by("ship_by", "id").values_list(
            "number", "tracking_number", "delivery_method_id", "warehouse_id", "substate", "weight_g", "units",
            "amount_minor", "currency", "city", "ship_by")]
