"""Which offer ids somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable

from sellerdesk.catalog import matching
from sellerdesk.core.db import fetch_all, json_param, json_rows
from sellerdesk.sellers.types import SellerRef

# A file for another shop has nothing but unknown offer ids: so many of a chunk are looked up, among so many of the
# shop's.
MOST_ASKED = 20
_CANDIDATES = 10_000


def nearest_offers(seller: SellerRef, unknown: Iterable[str]) -> dict[str, list[str]]:
    """For the first MOST_ASKED unknown offer ids the closest ones of the shop. One query, none without any.

    Of a large shop those that begin alike come first, then the newest.
    """
    asked = [text for text in dict.fromkeys(unknown) if text][:MOST_ASKED]
    if not asked:
        return {}
    begins = json_param([[text] for text in {text[:2].lower() for text in asked}])
    rows = fetch_all(
        "SELECT offer_id FROM catalog_product WHERE seller_id = %s"
        f" ORDER BY CASE WHEN LOWER(SUBSTR(offer_id, 1, 2)) IN (SELECT v.it FROM {json_rows('v', it='text')})"
        " THEN 0 ELSE 1 END, id DESC LIMIT %s", [seller.id, begins, _CANDIDATES])
    return matching.nearest(asked, [offer_id for offer_id, in rows])
