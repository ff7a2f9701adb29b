"""Finding postings by anything that is printed on a paper or said on the telephone."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import words as language
from sellerdesk.core.search import TextIndex
from sellerdesk.orders import rules
from sellerdesk.orders.models import Posting, PostingLine
from sellerdesk.sellers.types import SellerRef

WORDS = TextIndex("orders_posting", "search_text")
# Up to here the found ones are sorted; what more rows match is met soon enough on a walk in the list's own order.
_FEW = 2000
_LONGEST = 200
# EAN-8, UPC-A, EAN-13 and GTIN-14.
_GOODS = frozenset({8, 12, 13, 14})


def searched(rows: QuerySet[Posting], seller: SellerRef, text: str) -> QuerySet[Posting]:
    """Those of a shop's rows that hold each word in any form: number, tracking, SKU, offer, name of the goods or of the
    buyer, or whose own or whose goods' barcode it is. One or two queries of the index.
    """
    words = rules.fold(text[:_LONGEST]).split()
    if not words:
        return rows
    if len(words) == 1 and (scanned := _scanned(seller, words[0])):
        return rows.filter(scanned)
    words = [language.part_of(word) for word in words]
    found = WORDS.find(seller.id, words, _FEW)
    if found is not None:
        rows = rows.filter(id__in=found)
    for word in words:
        rows = rows.filter(search_text__contains=word)
    return rows


def _scanned(seller: SellerRef, word: str) -> Q | None:
    """What a barcode stands for, where it is one: a label's is computed, goods' are looked up in the catalogue."""
    posting_id = rules.posting_of_barcode(word)
    found = Q(id=posting_id) if posting_id > 0 else Q()
    if word.isdecimal() and len(word) in _GOODS and (products := catalog.with_barcode(seller, word)):
        found |= Q(id__in=PostingLine.objects.filter(
            seller_id=seller.id, product_id__in=products).values("posting_id"))
    return found or None


def corrected(seller: SellerRef, text: str) -> str:
    """The same search with words spelled as the shop's postings have them; empty where nothing is near enough."""
    words = rules.fold(text[:_LONGEST]).split()
    return " ".join(WORDS.correct(seller.id, words) or ())
