"""Forgetting who wrote."""

from __future__ import annotations

from sellerdesk.core.db import atomic
from sellerdesk.messaging.models import Chat, Message, Question, Review


def forget_buyers(*, seller_id: int) -> list[str]:
    """Take the conversations of a closed shop away and the names off its reviews and questions, which stay under the
    goods. Returns the keys of files to be deleted once the transaction has ended. A second time changes nothing."""
    with atomic():
        files = list(Message.objects.filter(seller_id=seller_id).exclude(file_key="").values_list(
            "file_key", flat=True))
        Chat.objects.filter(seller_id=seller_id).delete()
        for model in (Review, Question):
            model.objects.filter(seller_id=seller_id).exclude(author="").update(author="")
        return files
