"""Whom an announcement concerns, and what two versions of a text differ in. No database, no Django."""

from __future__ import annotations

import difflib
import re

from sellerdesk.announcements.types import Audience, DiffLine, Reader

_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=\S)|(?<=[。！？；])")


def concerns(audience: Audience, reader: Reader) -> bool:
    """Each list that says something must name the reader."""
    return ((not audience.countries or reader.country in audience.countries)
            and (not audience.roles or reader.role in audience.roles)
            and (not audience.schemes or bool(reader.schemes & set(audience.schemes)))
            and (not audience.categories or bool(reader.categories & set(audience.categories))))


def differences(old: str, new: str) -> list[DiffLine]:
    """Sentences of two texts, in order: kept ones, those that are gone and those that came."""
    found = []
    for line in difflib.ndiff(_sentences(old), _sentences(new)):
        sign = {"  ": "same", "- ": "gone", "+ ": "new"}.get(line[:2])
        if sign:
            found.append(DiffLine(sign, line[2:]))
    return found


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for line in text.splitlines() for sentence in _SENTENCE.split(line) if sentence.strip()]
