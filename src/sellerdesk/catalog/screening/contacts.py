"""Ways to be reached outside the marketplace, as people hide them in texts: also spelled apart and in words."""

from __future__ import annotations

import re
from typing import NamedTuple

from sellerdesk.catalog.screening.texts import visible

_ENDINGS = ("com|net|org|ru|su|cn|рф|info|biz|shop|store|online|site|xyz|top|club|link|app|me|cc|by|kz|uz|am|hk|tw|"
            "бел|москва|дети|онлайн|сайт")
_WORD = r"[a-z0-9а-яё][a-z0-9а-яё\-]{0,62}"
_EMAIL = re.compile(
    rf"(?<![\w.+\-])[\w.+\-]{{1,64}}\s?@\s?{_WORD}(?:\s?\.\s?{_WORD})+"
    rf"|(?<![\w.+\-])[\w.+\-]{{1,64}}\s?(?:\(at\)|\[at\]|\(собака\)|\[собака\]|\s(?:собака|at)\s)\s?{_WORD}"
    rf"(?:(?:\.|\s?\(dot\)\s?|\s?\[dot\]\s?|\s?\(точка\)\s?|\s(?:точка|dot)\s){_WORD})*?"
    rf"(?:\.|\s\.\s|\s?\(dot\)\s?|\s?\[dot\]\s?|\s?\(точка\)\s?|\s(?:точка|dot)\s)(?:{_ENDINGS})(?![\w\-])")
_ADDRESS = re.compile(
    rf"(?:https?|hxxps?|ftp)\s*:\s*/\s*/\s*\S+|(?<!\w)www\s?\.\s?{_WORD}"
    rf"|(?<![\w.@])(?:{_WORD}\.)+(?:{_ENDINGS})(?![\w\-])"
    rf"|(?<!\w){_WORD}(?:\s\.\s|\s?\((?:dot|точка)\)\s?|\s?\[(?:dot|точка)\]\s?|\s(?:dot|точка)\s)(?:{_ENDINGS})(?![\w\-])"
    rf"|(?<!\w){_WORD}\s?点\s?(?:com|cn|net|ru)(?![\w\-])")
_NAMES = (r"telegram|телеграм{1,2}|телега|тг|whats\s?app|в[ао]т?[цс]ап+|viber|вайбер|we\s?chat|вичат|instagram"
          r"|инстаграм{1,2}|skype|скайп|wx|vx|qq")
_HANDLE = re.compile(
    r"(?<!\w)(?:t\s?\.\s?me|wa\s?\.\s?me|vk\s?\.\s?com)\s?/\s?\w+"
    rf"|(?<!\w)(?:{_NAMES})\w{{0,2}}\s?[:：\-–—=]?\s?(?:@\s?[\w.]{{3,}}|\+?\d[\d\s\-()]{{4,}}\d)"
    rf"|(?<!\w)(?:{_NAMES})\w{{0,2}}\s?[:：=]\s?[\w.]{{4,}}"
    r"|(?:微信|威信|薇信|扣扣|企鹅)\s?(?:号|號)?\s?[:：\-]?\s?[a-z0-9_\-]{5,}"
    r"|(?<![\w.])@\s?[a-z][a-z0-9_]{4,31}(?!\w)")
# A number is a phone by its shape: +7 916 123-45-67, 8(916)1234567, 138 1234 5678; or because a word says so.
_GAP = r"[\s\-–—.()*_/]{0,3}"
_PHONE = re.compile(
    rf"(?<![\w+])\+\s?\d(?:{_GAP}\d){{9,13}}(?!\d)"
    rf"|(?<![\w.,\-])[78]{_GAP}[3489](?:{_GAP}\d){{9}}(?!\w)"
    rf"|(?<![\w.,\-])1[3-9]\d(?:[\s\-.]{{0,2}}\d){{8}}(?!\w)"
    rf"|(?<![\w.,\-])1\s[3-9](?:\s\d){{9}}(?!\w)"
    rf"|(?:(?<!\w)(?:тел(?:ефон\w{{0,2}})?|звоните|моб(?:ильный)?|phone|call|tel)|电话|手机号?|热线|致电)"
    rf"\s?(?:us|нам|по|no\.?)?\s?[.:：№#]?\s?\+?\d(?:{_GAP}\d){{5,13}}(?!\d)")
# A size, not a phone: 8 x 900 x …
_SIZE = re.compile(r"[x×х]")
# A cheap look tells of most texts that a pattern cannot match.
_AT = ("@", "(at)", "[at]", " at ", "собака")
_DOTTED = re.compile(rf"\.(?:{_ENDINGS})(?!\w)")
_SPELLED = ("://", ": //", ":/ /", "www", " . ", "dot", "точка", "点")
_MESSENGERS = ("@", ".me", ". me", "vk", "telegram", "телег", "тг", "whats", "сап", "цап", "viber", "вайбер", "chat",
               "вичат", "instagram", "инстаграм", "skype", "скайп", "wx", "vx", "qq", "信", "扣扣", "企鹅")
_DIGITS = re.compile(r"\d(?:\D{0,3}\d){5}")


class Contact(NamedTuple):
    """`kind` is email, address, handle or phone."""

    kind: str
    text: str


def find(text: str, kinds: frozenset[str]) -> Contact | None:
    """The first contact of the kinds asked for, or None."""
    seen = visible(text).casefold()
    if "email" in kinds and any(sign in seen for sign in _AT):
        match = _EMAIL.search(seen)
        if match:
            return Contact("email", match[0].strip())
    if "handle" in kinds and any(sign in seen for sign in _MESSENGERS):
        match = _HANDLE.search(seen)
        if match:
            return Contact("handle", match[0].strip())
    if "address" in kinds and (any(sign in seen for sign in _SPELLED) or _DOTTED.search(seen)):
        match = _ADDRESS.search(seen)
        if match:
            return Contact("address", match[0].strip())
    if "phone" in kinds and _DIGITS.search(seen):
        for match in _PHONE.finditer(seen):
            if not _SIZE.search(match[0]):
                return Contact("phone", match[0].strip())
    return None
