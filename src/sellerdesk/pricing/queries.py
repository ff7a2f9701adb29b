"""Reading prices. Each function needs a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sellerdesk.core.db import cursor_decode, cursor_encode, db_time, fetch_all, json_param, json_rows, utc
from sellerdesk.core.types import Page
from sellerdesk.pricing.models import Price, PriceChange
from sellerdesk.pricing.types import ChangeRow, PriceRow
from sellerdesk.sellers.types import SellerRef

_COLUMNS = ("product_id", "price_minor", "old_price_minor", "min_price_minor", "cost_minor", "currency", "updated_at")


def prices(seller: SellerRef, product_ids: Iterable[int]) -> dict[int, PriceRow]:
    """Prices by product; products without one are left out. One query, one parameter for any number of ids."""
    ids = list(product_ids)
    if not ids:
        return {}
    rows = fetch_all(
        "SELECT p.product_id, p.price_minor, p.old_price_minor, p.min_price_minor, p.cost_minor, p.currency,"
        f" p.updated_at FROM pricing_price p JOIN {json_rows('v', id='int')} ON p.product_id = v.id"
        " WHERE p.seller_id = %s",
        [json_param([[id_] for id_ in ids]), seller.id])
    return {row[0]: PriceRow(row[0], row[1], row[2], row[3], row[4], row[5], utc(row[6]) or row[6]) for row in rows}


def prices_page(seller: SellerRef, *, product_ids: Sequence[int] = (), offer_ids: Sequence[str] = (),
                cursor: str | None = None, limit: int = 100) -> Page[PriceRow]:
    """Prices in product order; ids or offer ids narrow the list (either is enough). One query.

    Raises Invalid `cursor_invalid`.
    """
    rows = Price.objects.filter(product__seller_id=seller.id)
    if product_ids and offer_ids:
        rows = rows.filter(product_id__in=product_ids) | rows.filter(product__offer_id__in=offer_ids)
    elif product_ids:
        rows = rows.filter(product_id__in=product_ids)
    elif offer_ids:
        rows = rows.filter(product__offer_id__in=offer_ids)
    if cursor:
        rows = rows.filter(product_id__gt=cursor_decode(cursor, 1)[0])
    found = [PriceRow(*row) for row in rows.order_by("product_id").values_list(*_COLUMNS)[: limit + 1]]
    shown = found[:limit]
    return Page(shown, cursor_encode(shown[-1].product_id) if len(found) > limit else "")


def recent_changes(seller: SellerRef, product_ids: Iterable[int], *, since: datetime
                   ) -> dict[int, tuple[int, datetime]]:
    """By product: how many changes buyers saw after a moment of real time, and when the first of them was."""
    rows = fetch_all(
        "SELECT c.product_id, COUNT(*), MIN(c.real_at) FROM pricing_pricechange c"
        f" JOIN {json_rows('v', id='int')} ON c.product_id = v.id"
        " WHERE c.seller_id = %s AND c.real_at > %s GROUP BY c.product_id",
        [json_param([[id_] for id_ in product_ids]), seller.id, db_time(since)])
    return {product_id: (count, utc(first)) for product_id, count, first in rows}  # type: ignore[misc]


def history(seller: SellerRef, product_id: int, limit: int = 100) -> list[ChangeRow]:
    """What the product cost, newest first. One query; empty for another shop's product."""
    rows = PriceChange.objects.filter(product_id=product_id, seller_id=seller.id).order_by("-real_at", "-id")
    return [ChangeRow(*row) for row in rows.values_list(
        "at", "currency", "price_before_minor", "price_minor", "old_price_before_minor", "old_price_minor",
        "actor_label")[:limit]]
