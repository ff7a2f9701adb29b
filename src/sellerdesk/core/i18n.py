"""Names kept in three languages, and which of them a reader gets."""

from __future__ import annotations

from collections.abc import Mapping

_COLUMNS = {"en": "en", "ru": "ru", "zh-hans": "zh"}


def name_column(language: str, prefix: str = "name") -> str:
    """The column that holds a text in a language: name_en, name_ru, name_zh. English where the language is unknown."""
    return f"{prefix}_{_COLUMNS.get(language.lower(), 'en')}"


def localized(texts: Mapping[str, str], language: str, fallback: str = "") -> str:
    """A text from a {"en": …, "ru": …, "zh-hans": …} mapping, or the fallback."""
    return texts.get(language) or fallback or texts.get("en") or next(iter(texts.values()), "")
