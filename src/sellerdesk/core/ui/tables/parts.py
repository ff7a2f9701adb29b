"""What surrounds the rows of a list: tabs, acts on many rows, headings, groups, and what an empty list says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from sellerdesk.core.ui.tables.columns import Column


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; `tone` colours its counter while it is not zero."""

    key: str
    label: Any
    tone: str = ""


@dataclass(frozen=True, slots=True)
class BulkAction:
    """An act on the selected rows; its `name` is posted as ``action`` to the view called `url`.

    `new_tab` is for acts that answer with a document, `key` the letter that starts the act.
    """

    name: str
    label: Any
    icon: str
    url: str
    confirm: Any = ""
    tone: str = ""
    permission: str = ""
    new_tab: bool = False
    key: str = ""

    @property
    def href(self) -> str:
        return reverse(self.url)


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty list says, and the first step out of it."""

    icon: str
    title: Any
    text: Any = ""
    action_label: Any = ""
    action_url: str = ""

    @property
    def action_href(self) -> str:
        return reverse(self.action_url) if self.action_url else ""


@dataclass(slots=True)
class BoundTab:
    key: str
    label: Any
    href: str
    count: int | None
    active: bool
    tone: str


@dataclass(slots=True)
class Header:
    """A column heading as one page shows it."""

    column: Column
    href: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A stretch of rows that belong together, under a line of its own. `count` is of the whole list, where known."""

    key: str
    label: Any
    tone: str = ""
    count: int | None = None
