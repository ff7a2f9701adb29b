"""Pure decisions of the messaging domain: windows, ids, templates, moderation, ratings. No database, no clock."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sellerdesk.messaging.masking import mask
from sellerdesk.messaging.types import Facts, Rating, Windows

#: By scheme. The API's guide of 2026: FBS and rFBS may begin within 72 hours and write until 72 hours after delivery;
#: FBO answers alone, for 48 hours after the buyer's last message.
DEFAULT_WINDOWS: dict[str, Any] = {
    "fbs": {"start_after_payment": 72, "start_after_end": 72, "until_delivered": True, "reply": 48},
    "rfbs": {"start_after_payment": 72, "start_after_end": 72, "until_delivered": True, "reply": 48},
    "fbo": {"start_after_payment": 0, "start_after_end": 0, "until_delivered": False, "reply": 48},
}
DEFAULT_EDITING = {"": {"minutes": 15}}
#: After how many minutes a reply to a review or question is seen by buyers, when it passes.
DEFAULT_MODERATION = {"": {"minutes": 10}}
#: Which reviews count: of delivered orders alone, and no older than this.
DEFAULT_COUNTING = {"": {"delivered_only": True, "days": 730}}
#: Messages have numbers beyond 2^53 in the API.
_MESSAGES_FROM = 3_000_000_000_000_000_000
VARIABLES = ("buyer", "posting", "order", "product", "tracking", "shop")
_VARIABLE = re.compile(r"\{(\w{1,40})\}")
_LETTERS = re.compile(r"[^\W\d_]", re.UNICODE)


# -- windows ---------------------------------------------------------------------------------------------------------


def windows(value: Mapping[str, Any]) -> Windows:
    return Windows(value["start_after_payment"], value["start_after_end"], value["until_delivered"], value["reply"])


def may_start(rule: Windows, facts: Facts, now: datetime) -> bool:
    """Whether a shop may begin a chat: for some hours after payment, and for some after the posting's end."""
    after_payment = facts.paid_at <= now < facts.paid_at + timedelta(hours=rule.start_after_payment)
    after_end = facts.ended_at is not None and (
        facts.ended_at <= now < facts.ended_at + timedelta(hours=rule.start_after_end))
    return after_payment or after_end


def write_until(rule: Windows, facts: Facts) -> datetime | None:
    """Until when a shop may write; None while that has no end yet, since the posting is on its way.

    Paid on the 1st, delivered on the 5th at noon: until the 8th at noon; a word of the buyer on the 8th at 11:00 makes
    it the 10th at 11:00.
    """
    if rule.until_delivered and facts.ended_at is None:
        return None
    ends = []
    if rule.until_delivered and facts.ended_at is not None:
        ends.append(facts.ended_at + timedelta(hours=rule.start_after_end))
    if facts.buyer_at is not None:
        ends.append(facts.buyer_at + timedelta(hours=rule.reply))
    return max(ends, default=facts.paid_at)


def reply_due(rule: Windows, buyer_at: datetime) -> datetime:
    """By when an answer is expected, whatever the window: the buyer waits for it."""
    return buyer_at + timedelta(hours=rule.reply)


# -- ids -------------------------------------------------------------------------------------------------------------


def message_number(message_id: int) -> int:
    """The API's number of a message."""
    return _MESSAGES_FROM + message_id


def message_id(number: int) -> int:
    """The message of a number; 0 for none."""
    return max(number - _MESSAGES_FROM, 0)


def key_of(kind: str, row_id: int) -> str:
    """The API's UUID of a chat, review, reply or question. The row's id is its second half, a check its first."""
    check = int.from_bytes(hashlib.sha256(f"{kind}:{row_id}".encode()).digest()[:8], "big")
    return str(UUID(int=((check << 64) | row_id) & ~(0xF << 76) & ~(0x3 << 62) | (8 << 76) | (2 << 62)))


def id_of(kind: str, key: str) -> int:
    """The row of a UUID; 0 for a text that never was one of this kind."""
    try:
        row_id = UUID(key).int & ((1 << 62) - 1)
    except ValueError:
        return 0
    return row_id if key_of(kind, row_id) == key.lower() else 0


# -- templates -------------------------------------------------------------------------------------------------------


def unknown_variable(text: str) -> str:
    """The first variable of a template that there is not; empty where all are known."""
    return next((name for name in _VARIABLE.findall(text) if name not in VARIABLES), "")


def filled(text: str, values: Mapping[str, str]) -> str:
    """A template with its variables filled in; what is not known yet stays visible as a gap of dots."""
    return _VARIABLE.sub(lambda found: values.get(found[1], "") or "…", text)


# -- moderation ------------------------------------------------------------------------------------------------------


def judge_reply(text: str) -> str:
    """Why a public reply cannot be published: contacts, shouting, or empty where nothing is wrong."""
    if mask(text).kinds:
        return "contacts"
    letters = _LETTERS.findall(text)
    upper = sum(letter.isupper() for letter in letters)
    if len(letters) >= 20 and upper * 10 > len(letters) * 8:
        return "shouting"
    return ""


# -- ratings ---------------------------------------------------------------------------------------------------------


def counts(order_status: str, removed: bool, rule: Mapping[str, Any]) -> bool:
    """Whether a review counts in its product's rating."""
    return not removed and (order_status == "DELIVERED" or not rule["delivered_only"])


def rating(total: int, count: int) -> Rating:
    """The average of `count` reviews with `total` stars, rounded half up to hundredths: 13 stars of 3 are 4.33."""
    return Rating((total * 200 + count) // (2 * count) if count else 0, count)


# -- what buyers ask about -------------------------------------------------------------------------------------------

_TOPIC_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("size", ("размер", "длин", "ширин", "высот", "диаметр", "объём", "объем", "сантиметр", "size", "long", "wide",
              "tall", "height", "width", "dimension", "尺寸", "尺码", "多大", "多长", "多高", "多宽", "容量")),
    ("material", ("материал", "состав", "из чего", "ткань", "material", "made of", "fabric", "材质", "材料",
                  "什么做", "成分")),
    ("colour", ("цвет", "оттен", "colour", "color", "shade", "颜色", "色差")),
    ("set", ("комплект", "в набор", "коробк", "included", "in the box", "come with", "包含", "包装里", "配件", "附带")),
    ("fit", ("подойд", "подход", "совмест", "fit", "suit", "compatible", "适合", "适用", "兼容")),
    ("care", ("мыть", "стир", "чист", "посудомо", "wash", "clean", "dishwasher", "清洗", "洗", "保养")),
    ("warranty", ("гаранти", "warranty", "guarantee", "保修", "质保")),
    ("delivery", ("доставк", "придёт", "придет", "deliver", "arrive", "ship", "发货", "到货", "快递", "送到")),
    ("stock", ("в наличии", "появит", "in stock", "available", "有货", "补货", "库存")),
)


def topic_of(text: str) -> str:
    """What a question is about, by its words; the first that fits."""
    folded = text.casefold()
    return next((topic for topic, words in _TOPIC_WORDS if any(word in folded for word in words)), "other")


def most(topics: Sequence[tuple[str, int]]) -> tuple[str, int]:
    """The topic asked about most that can be mended on the card or told apart; (topic, how often)."""
    known = [one for one in topics if one[0] != "other"] or list(topics)
    return max(known, key=lambda one: (one[1], one[0]), default=("other", 0))


# -- people ----------------------------------------------------------------------------------------------------------


def shown_name(name: str) -> str:
    """How a buyer is called in chats and reviews: the first name and a letter. 王小明 is 王**."""
    parts = name.split()
    if len(parts) > 1:
        return f"{parts[0]} {parts[1][0]}."
    if parts and len(parts[0]) < 5 and not parts[0].isascii() and not parts[0].istitle():
        return parts[0][0] + "**"
    return name
