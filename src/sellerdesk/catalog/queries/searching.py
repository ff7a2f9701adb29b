"""Finding a shop's products by any part of name, offer ID, SKU or barcode, and by words typed wrong."""

from __future__ import annotations

from django.db.models import QuerySet

from sellerdesk.catalog import rules
from sellerdesk.catalog.models import Product
from sellerdesk.core import words as language
from sellerdesk.core.search import TextIndex
from sellerdesk.sellers.types import SellerRef

WORDS = TextIndex("catalog_product", "search_text")
# Up to here the found ones are sorted; what more rows match is met soon enough on a walk in the list's own order.
_FEW = 2000
_MOST_WORDS = 6


def searched(rows: QuerySet[Product], seller: SellerRef, text: str) -> QuerySet[Product]:
    """Those of a shop's rows that the index gives for these words, where it narrows anything down. One query."""
    words = [language.part_of(word) for word in rules.fold(text).split()[:_MOST_WORDS]]
    found = WORDS.find(seller.id, words, _FEW) if words else None
    return rows if found is None else rows.filter(id__in=found)


def corrected(seller: SellerRef, text: str) -> str:
    """The same search with words spelled as the shop's products have them; empty where nothing is near enough."""
    return " ".join(WORDS.correct(seller.id, rules.fold(text).split()[:_MOST_WORDS]) or ())
