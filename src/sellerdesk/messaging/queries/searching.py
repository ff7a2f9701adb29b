"""Finding chats, reviews and questions by any form of a word, in Chinese, Russian and English."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from sellerdesk.core import words
from sellerdesk.core.search import TextIndex
from sellerdesk.sellers.types import SellerRef

CHATS = TextIndex("messaging_chat", "search_text")
REVIEWS = TextIndex("messaging_review", "search_text")
QUESTIONS = TextIndex("messaging_question", "search_text")
_FEW = 2000
_LONGEST = 200
M = TypeVar("M", bound=Model)


def searched(index: TextIndex, rows: QuerySet[M], seller: SellerRef, text: str) -> QuerySet[M]:
    """Those of a shop's rows that hold every word in some form. One query of the index."""
    parts = words.sought(text[:_LONGEST])
    found = index.find(seller.id, parts, _FEW) if parts else None
    if found is not None:
        rows = rows.filter(pk__in=found)
    for part in parts:
        rows = rows.filter(search_text__contains=part)
    return rows


def keep() -> None:
    """Make the indexes where they are missing, after migrations."""
    for index in (CHATS, REVIEWS, QUESTIONS):
        index.keep()
