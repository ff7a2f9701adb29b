"""Numbers and words of messaging for those who spell them elsewhere. No function here reads the database."""

from __future__ import annotations

from typing import Any

from sellerdesk.messaging import rules, texts
from sellerdesk.messaging.types import BUYER, MessageRow


def message_number(message_id: int) -> int:
    """The API's number of a message; 0 stays 0."""
    return rules.message_number(message_id) if message_id else 0


def message_of(number: int) -> int:
    """The message of an API's number; 0 for none."""
    return rules.message_id(number)


def key_of(kind: str, row_id: int) -> str:
    """The API's UUID of a chat, review, reply or question."""
    return rules.key_of(kind, row_id)


def id_of(kind: str, key: str) -> int:
    """The row of an API's UUID; 0 for a text that is none of this kind."""
    return rules.id_of(kind, key)


def markdown(row: MessageRow, address: str) -> str:
    """What the API calls `data` of a message: text, or a link to what was sent."""
    if row.kind == "text":
        return row.text
    return f"![{row.file_name}]({address})" if row.kind == "image" else f"[{row.file_name}]({address})"


def read_by_other(row: MessageRow, seller_read_id: int, buyer_read_id: int) -> bool:
    """Whether the side that a message was written to has read it."""
    return row.id <= (seller_read_id if row.by == BUYER else buyer_read_id)


def topic_text(topic: str) -> Any:
    """What a question is about, in words, lazily translated."""
    return texts.TOPICS.get(topic, topic)


def reason_text(kind: str, reason: str) -> Any:
    """Why something was reported, in words, lazily translated."""
    return (texts.FAKE if kind == "review" else texts.ABUSE).get(reason, reason)


def refusal_text(reason: str) -> Any:
    """Why a public answer was not published, in words, lazily translated."""
    return texts.REFUSALS.get(reason, reason)
