"""What customs want to know of goods. Pure: how a code, a name and a value look, and what is missing."""

from __future__ import annotations

import re
import unicodedata

from sellerdesk.core.errors import Invalid
from sellerdesk.core.money import Money

#: Attributes of a card, as in the starter catalogue; they count for customs and not for the completeness of a card.
HS_CODE, CUSTOMS_NAME, CUSTOMS_VALUE = 22232, 10402, 10403
ATTRIBUTES = frozenset({HS_CODE, CUSTOMS_NAME, CUSTOMS_VALUE})
#: What a value may be declared in: the currencies that this marketplace has rates of from its first day.
CURRENCIES = ("CNY", "USD", "EUR", "RUB", "KZT", "BYN", "KGS", "AMD", "UZS", "TRY", "HKD")
_LENGTHS = (6, 8, 10)
#: Chapters of the Harmonized System: 1 to 97, of which 77 is kept free.
_LAST_CHAPTER, _FREE_CHAPTER = 97, 77


def hs_code(text: str) -> str | None:
    """A code as it is kept, digits alone, from 8518.30 or 8518 30 000 0. None where it cannot be one."""
    digits = re.sub(r"[\s.\-\u2010-\u2015]", "", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"[0-9]+", digits) or len(digits) not in _LENGTHS:
        return None
    chapter = int(digits[:2])
    return digits if 1 <= chapter <= _LAST_CHAPTER and chapter != _FREE_CHAPTER else None


def latin(text: str) -> bool:
    """Whether every letter is Latin, accents included, and there is one at all."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(char, "") for char in letters)


def value(text: str) -> Money | None:
    """What one unit is worth to customs, out of 12.50 USD or USD 12.5. None where it cannot be read, is not above zero,
    or is in a currency that nothing is declared in."""
    found = re.fullmatch(r"([A-Za-z]{3})\s*(\S.*)|(.*\S)\s*([A-Za-z]{3})", unicodedata.normalize("NFKC", text).strip())
    if not found:
        return None
    currency, amount = (found[1] or found[4]).upper(), found[2] or found[3]
    if currency not in CURRENCIES:
        return None
    try:
        read = Money.parse(amount, currency)
    except Invalid:
        return None
    return read if read.amount_minor > 0 else None


def missing(code: str, name: str, country: str) -> tuple[str, ...]:
    """What a declaration still lacks: hs_code, customs_name, country."""
    return tuple(word for word, value in (("hs_code", code), ("customs_name", name), ("country", country)) if not value)
