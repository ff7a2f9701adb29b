"""What support takes and hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject one can ask about. `facts` names what is known about it live, `article` a page of help."""

    key: str
    parent: str
    name: Any
    facts: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """The thing a ticket is about: kind (posting, product, return, claim, transaction), its id and its name."""

    kind: str = ""
    id: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Targets:
    """Until when the first answer and the solution are aimed at, in hours after the ticket came."""

    first_hours: int
    solve_hours: int


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket in a list."""

    id: int
    seller_id: int | None
    user_id: int | None
    email: str
    topic: str
    subject: str
    state: str
    created_at: datetime
    last_at: datetime
    first_due_at: datetime
    solve_due_at: datetime
    first_answered_at: datetime | None
    solved_at: datetime | None
    assigned_to_id: int | None
    rating: int | None
    object_kind: str
    object_id: str
    object_label: str
    problem_id: int | None
    language: str
    rating_text: str

    @property
    def number(self) -> str:
        return f"T-{self.id}"

    @property
    def attached(self) -> Attached:
        return Attached(self.object_kind, self.object_id, self.object_label)


@dataclass(frozen=True, slots=True)
class FileRow:
    id: int
    message_id: int
    name: str
    kind: str
    size_bytes: int
    storage_key: str


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One thing said. `side` is seller, operator, note (operators only) or system."""

    id: int
    at: datetime
    side: str
    author: str
    text: str
    via: str
    files: tuple[FileRow, ...] = ()


@dataclass(frozen=True, slots=True)
class MacroRow:
    """A ready answer in three languages, with variables in braces."""

    id: int
    name: str
    text_en: str
    text_ru: str
    text_zh: str


@dataclass(frozen=True, slots=True)
class QueueFilter:
    state: str = ""
    queue: str = ""
    assigned: str = ""
    search: str = ""
    user_id: int = 0
