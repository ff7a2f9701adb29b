"""Taking contacts out of what people write: telephones, mail, links, messengers. Pure, for three languages.

What leads a sale past the marketplace is replaced by dots; numbers of orders, prices, sizes and SKUs stay. Letters that
stand in for digits and signs written out ("собака", "at", "точка") are read as what they mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HIDDEN = "•••"

_MAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|＠|\(at\)|\[at\]|\s(?:собака|собачка)\s)\s?[\w-]+\s?(?:\.|\(dot\)|\[dot\]|\sточка\s)\s?[a-zа-я]{2,10}\b",
    re.IGNORECASE)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>]+|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|net|org|ru|рф|su|cn|me|io|info|shop|store|online|site|top|biz|cc|ly|app)"
    r"(?![a-z0-9])(?:/[^\s<>]*)?",
    re.IGNORECASE)
# A telephone: a plus or a usual beginning, or the word for it, with at least ten digits however they are parted.
_PHONE = re.compile(
    r"(?<![\w.,-])(?:\+|＋|00)\s?\d(?:[\s().-]{0,3}\d){8,14}(?!\w)"
    r"|(?<![\w.,-])[78](?:[\s().-]{0,3}\d){10}(?![\w-])"
    r"|(?<![\d-])1[3-9]\d(?:[\s-]?\d{4}){2}(?![\d-])"
    r"|(?<![\w.,-])(?:\(\d{3}\)|\d{3})[\s.-]\d{3}[\s.-]\d{2}[\s.-]?\d{2}(?![\w-])")
_APPS = (
    r"what'?s?\s?app|вот?с?апп?|ватс[аa]п+|вотсап+|телеграмм?|телегр?[аи]?м?|telegram|viber|вайбер\w*|wechat|we\s?chat|"
    r"weixin|微信|威信|薇信|vx|qq|skype|скайп\w*|instagram|инстаграмм?|инст[аеу]|signal|сигнал|vk|вк|вконтакте|"
    r"钉钉|飞书|支付宝|抖音|小红书")
# A messenger with a name or a number after it; the word alone is no leak.
_MESSENGER = re.compile(
    rf"(?<!\w)(?:{_APPS})(?:\s|号|号码|账号|id|ник|nick|номер|number|:|：|=|-|是|—|加|me|мне|\()*[@＠]?"
    rf"(?=[\w.+-]*[\d_@])[a-z0-9_.+-]{{4,40}}",
    re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@.])[@＠][a-z][a-z0-9_.]{3,31}(?!\w)", re.IGNORECASE)
_ASKED = re.compile(rf"(?:加我|加个|加)\s?(?:{_APPS})[\s:：]*[a-z0-9_-]{{4,40}}", re.IGNORECASE)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

_KINDS = (("mail", _MAIL), ("link", _LINK), ("messenger", _ASKED), ("messenger", _MESSENGER), ("phone", _PHONE),
          ("messenger", _HANDLE))


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without contacts, and the kinds of what was taken out."""

    text: str
    kinds: tuple[str, ...]


def mask(text: str) -> Masked:
    """The text with contacts replaced by dots."""
    kinds: dict[str, None] = {}
    plain = text.translate(_FULL_WIDTH)
    for kind, pattern in _KINDS:
        plain, count = pattern.subn(HIDDEN, plain)
        if count:
            kinds[kind] = None
    return Masked(plain if kinds else text, tuple(kinds))
