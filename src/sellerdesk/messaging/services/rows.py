"""What all writing of chats shares: finding one, saying what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sellerdesk.core import rules as dated
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.messaging import rules
from sellerdesk.messaging.errors import ChatNotFound
from sellerdesk.messaging.models import Chat
from sellerdesk.messaging.types import Facts, Windows
from sellerdesk.sellers.types import SellerRef


def chat_of(seller: SellerRef, chat_id: int, only_in: Sequence[int] = ()) -> Chat:
    """Raises ChatNotFound, also for one outside the warehouses `only_in` (none: all)."""
    found = Chat.objects.select_for_update().filter(seller_id=seller.id, pk=chat_id).first()
    if found is None or (only_in and found.warehouse_id not in only_in):
        raise ChatNotFound()
    return found


def policy(scheme: str, at: datetime) -> tuple[Windows, int]:
    """The windows in force for a scheme and the id of their rule."""
    rule = dated.get("messaging.windows", scheme, at)
    return rules.windows(rule.value), rule.id


def facts(chat: Chat) -> Facts:
    return Facts(chat.paid_at, chat.ended_at, chat.buyer_at)


def entry(event: str, chat: Chat, at: datetime, actor: Actor, **data: Any) -> Entry:
    return Entry(event, at, actor, chat.seller_id, "chat", str(chat.pk), chat.posting_number, data={
        "chat_id": chat.pk, "posting_number": chat.posting_number, **data})
