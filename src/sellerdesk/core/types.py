"""Shapes that every domain's queries answer with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a keyset-paged list. A cursor is empty where there is nothing further that way."""

    rows: list[Row]
    next_cursor: str = ""
    prev_cursor: str = ""

    def map(self, make: Callable[[Row], Other]) -> Page[Other]:
        """The same page with something made of each row."""
        return Page([make(row) for row in self.rows], self.next_cursor, self.prev_cursor)
