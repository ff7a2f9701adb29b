"""What waits for the carrier, and what it has taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellerdesk.core import rules as dated
from sellerdesk.orders import states
from sellerdesk.orders.models import Posting
from sellerdesk.orders.types import Dispatched, PackedRow
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


def dispatched(seller: SellerRef, since: datetime, to: datetime,
               warehouse_ids: Sequence[int] = ()) -> list[Dispatched]:
    """What the shop handed over in a stretch of time, its end exclusive, in that order. One query."""
    rows = Posting.objects.filter(seller_id=seller.id, handed_over_at__gte=since, handed_over_at__lt=to).exclude(
        scheme="fbo")
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=list(warehouse_ids))
    return [Dispatched(id_, number, at, warehouse_id, country) for id_, number, at, warehouse_id, country
            in rows.order_by("handed_over_at", "id").values_list(
                "id", "number", "handed_over_at", "warehouse_id", "order__country") if at]


def crosses_customs(from_country: str, to_country: str, at: datetime) -> bool:
    """Whether goods between these countries are declared: not within one country, nor within the customs union of the
    dated rule orders.customs_union. No query."""
    union = dated.get("orders.customs_union", "", at).value["countries"]
    return from_country != to_country and not {from_country, to_country} <= set(union)
