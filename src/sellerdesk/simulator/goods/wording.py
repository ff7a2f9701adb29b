"""Putting values into words: placeholders, agreement in gender, numbers and first letters.

A template names attributes in braces, `{volume_ml}`; `{noise_cancelling? with noise cancelling}` says its text
only when the attribute is true. Besides attributes there are `brand`, `model` and `net`, the net weight.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{(\w+)(?:\?([^}]*))?\}")
# Endings of Russian adjectives for feminine, neuter and plural, by the masculine ending.
_HARD = {"f": "ая", "n": "ое", "p": "ые"}
_SOFT = {"f": "яя", "n": "ее", "p": "ие"}
_VELAR = {"f": "ая", "n": "ое", "p": "ие"}


def agree(adjective: str, gender: str) -> str:
    """A Russian masculine adjective put into gender `f`, `n` or plural `p`; other words stay as they are."""
    stem, ending = adjective[:-2], adjective[-2:]
    if gender == "m" or " " in adjective:
        return adjective
    if ending in ("ый", "ой"):
        return stem + _HARD[gender]
    if ending == "ий":
        return stem + (_VELAR if stem[-1] in "кгх" else _SOFT)[gender]
    return adjective


def small(text: str) -> str:
    """The text with a small first letter, unless it begins with an abbreviation."""
    return text[0].lower() + text[1:] if len(text) > 1 and text[1].islower() else text


def number(text: str, language: str) -> str:
    """A decimal as written in the language: a comma in Russian, a point elsewhere."""
    return text.replace(".", ",") if language == "ru" else text


def mass(grams: int, language: str) -> str:
    """Grams or kilograms, whichever people would say: 800 g, 1.5 kg."""
    unit = {"en": (" g", " kg"), "ru": (" г", " кг"), "zh": ("g", "kg")}[language]
    if grams < 1000:
        return f"{grams}{unit[0]}"
    kilograms = f"{grams // 1000}.{grams % 1000:03d}".rstrip("0").rstrip(".")
    return number(kilograms, language) + unit[1]


def fill(template: str, words: Mapping[str, str]) -> str:
    """The template with its placeholders said.

    Raises KeyError for a placeholder without a word.
    """

    def say(match: re.Match[str]) -> str:
        if match[2] is not None:
            return match[2] if words.get(match[1]) == "true" else ""
        return words[match[1]]

    text = re.sub(r" {2,}", " ", _PLACEHOLDER.sub(say, template)).strip()
    return text[0].upper() + text[1:]
