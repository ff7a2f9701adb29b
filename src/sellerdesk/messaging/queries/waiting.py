"""What waits for the shop, for an inbox of the whole shop, and what happened, for programs that are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sellerdesk.core import rules as dated
from sellerdesk.messaging import rules
from sellerdesk.messaging.models import Chat, Question, Review
from sellerdesk.messaging.types import Waiting
from sellerdesk.sellers.types import SellerRef


def chats_to_answer(seller: SellerRef, *, warehouse_ids: Sequence[int] = (), limit: int = 100,
                    only: int = 0) -> list[Waiting]:
    """Open chats in which the buyer had the last word, the most urgent first; due when an answer is expected, by the
    rule messaging.windows. `only` is one chat. One query."""
    rows = Chat.objects.filter(seller_id=seller.id, awaiting=True, opened=True, buyer_at__isnull=False)
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=warehouse_ids)
    if only:
        rows = rows.filter(pk=only)
    found: list[tuple[Any, ...]] = list(rows.order_by("buyer_at", "id").values_list(
        "id", "buyer_name", "posting_number", "last_text", "buyer_at", "scheme", "write_until")[:limit])
    return [Waiting("chat", id_, f"{buyer} · {number}", text, buyer_at, _due(scheme, buyer_at, until),
                    "messaging:chat") for id_, buyer, number, text, buyer_at, scheme, until in found]


def _due(scheme: str, buyer_at: datetime, until: datetime | None) -> datetime:
    due = rules.reply_due(rules.windows(dated.get("messaging.windows", scheme, buyer_at).value), buyer_at)
    return min(due, until) if until else due


def reviews_to_answer(seller: SellerRef, *, limit: int = 100) -> list[Waiting]:
    """Reviews that nobody has dealt with, those with the fewest stars first. One query."""
    return [Waiting("review", id_, f"{'★' * rating} {name}", text, at, None, "messaging:review")
            for id_, rating, name, text, at in Review.objects.filter(seller_id=seller.id).exclude(
                status="PROCESSED").order_by("rating", "at", "id").values_list("id", "rating", "name", "text",
                                                                             "at")[:limit]]


def questions_to_answer(seller: SellerRef, *, limit: int = 100) -> list[Waiting]:
    """Questions that nobody has answered, oldest first. One query."""
    return [Waiting("question", id_, name, text, at, None, "messaging:question")
            for id_, name, text, at in Question.objects.filter(seller_id=seller.id).exclude(
                status="PROCESSED").order_by("at", "id").values_list("id", "name", "text", "at")[:limit]]
