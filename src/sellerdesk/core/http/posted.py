"""What a browser posted, read as plain values."""

from __future__ import annotations

from collections.abc import Iterable

#: Digits of the longest number that a column of 64 bits holds whatever its digits are.
_DIGITS = 18


def number(text: str, otherwise: int = 0, *, digits: int = _DIGITS) -> int:
    """A whole number, not negative, from a field or an address; `otherwise` where it is none or has too many digits.

    Zero is no row's id, so a service that is asked for it answers that there is no such row.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else otherwise


def numbers(texts: Iterable[str]) -> list[int]:
    """The numbers among several texts, in their order; what is none is left out."""
    return [found for text in texts if (found := number(text, -1)) >= 0]
