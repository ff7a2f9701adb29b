"""What help hands out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

LANGUAGES = ("en", "ru", "zh-hans")
#: What a placeholder in an article becomes: kind, key, path, format, unit.
Figure = Callable[[str, str, str, str, str], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """An article's place: its key, its section, and the screens that it explains."""

    key: str
    section: str
    screens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article in one language. `words` are what people call it besides its title; `body` is Markdown."""

    key: str
    section: str
    language: str
    title: str
    words: str
    body: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An article or an error found, the best first."""

    key: str
    score: float
    kind: str = "article"


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """A refusal by its code. `messages` are its texts, not yet translated; `packages` name the modules that give it."""

    code: str
    kind: str
    messages: tuple[Any, ...]
    packages: tuple[str, ...]
    meaning: str = ""
    wire: Mapping[str, Any] = field(default_factory=dict)
