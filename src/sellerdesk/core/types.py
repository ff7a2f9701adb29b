"""Shapes that every domain's queries answer with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a keyset-paged list. A cursor is empty where there is nothing further that way."""

    rows: list[Row]
    next_cursor: str = ""
    prev_cursor: str = ""
