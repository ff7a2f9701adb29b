"""Moving products between their states: one guarded UPDATE per move, over many products at once."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sellerdesk.catalog import offer_parts, states
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.queries import papers, reference, ruling
from sellerdesk.catalog.services import judging
from sellerdesk.core.db import db_time, fetch_all, of_shop, placeholders
from sellerdesk.sellers.types import SellerRef

#: What the engine reads of a card.
CONTENT = ("id", "name", "names", "description", "descriptions", "category_id", "type_id", "attributes", "complexes",
           "images")


def move(act: str, *, seller: SellerRef, product_ids: Collection[int], now: datetime, hidden_because: str = "",
         errors: list[dict[str, Any]] | None = None) -> list[int]:
    """Take these products through an act of states.MOVES; those in another state stay. Returns the ids that moved.

    What leads to `processed` goes on to `price_sent` where there is a price. `errors` replace the remarks of the card.
    """
    if not product_ids:
        return []
    ids, sources = sorted(product_ids), states.sources(act)
    target = states.MOVES[act].target
    arrives, params = "%s", [target]
    if target == states.PROCESSED:
        arrives = f"CASE WHEN {offer_parts.condition('priced')} THEN %s ELSE %s END"
        params = [states.PRICE_SENT, states.PROCESSED]
    remarks = ", errors = %s, problem_count = %s" if errors is not None else ""
    told = [json.dumps(errors, ensure_ascii=False), len(errors)] if errors is not None else []
    rows = fetch_all(
        f"UPDATE catalog_product SET status = {arrives}, hidden_because = %s, in_review = false, updated_at = %s,"
        f" version = version + 1{remarks} WHERE seller_id + 0 = %s AND id IN ({placeholders(ids)})"
        f" AND status IN ({placeholders(sources)}) RETURNING id",
        [*params, hidden_because, db_time(now), *told, seller.id, *ids, *sources])
    return sorted(row[0] for row in rows)


def missing_papers(seller: SellerRef, product_ids: Collection[int], now: datetime) -> dict[int, frozenset[str]]:
    """The kinds of papers each product lacks, as the engine sees it now; products that lack none are left out."""
    rows = list(Product.objects.filter(of_shop(seller.id), id__in=list(product_ids)).values(*CONTENT))
    if not rows:
        return {}
    screen, _review = judging.in_force(now)
    lines = reference.category_lines({row["category_id"] for row in rows})
    route = ruling.route(seller.country)
    asked = {row["id"]: {one.paper for one in screen.judge(judging.goods_of(row, lines, route)) if one.paper}
             for row in rows}
    held = papers.held(seller, [key for key, kinds in asked.items() if kinds], now.date())
    brands = {row["id"]: judging.brands_of(row) for row in rows}
    found = {key: frozenset(kinds - held.kinds(key, brands[key])) for key, kinds in asked.items()}
    return {key: kinds for key, kinds in found.items() if kinds}
