"""What customs want to know of goods. Pure: how a code looks, how a name is spelled, what is missing."""

from __future__ import annotations

import re
import unicodedata

#: Attributes of a card, as in the starter catalogue; they count for customs and not for the completeness of a card.
HS_CODE, CUSTOMS_NAME = 22232, 10402
ATTRIBUTES = frozenset({HS_CODE, CUSTOMS_NAME})
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


def missing(code: str, name: str, country: str) -> tuple[str, ...]:
    """What a declaration still lacks: hs_code, customs_name, country."""
    return tuple(word for word, value in (("hs_code", code), ("customs_name", name), ("country", country)) if not value)
