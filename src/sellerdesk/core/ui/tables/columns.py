"""What a list can show: columns, their badges and row actions, as plain declarations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Getter = str | Callable[[Any], Any]

_RIGHT = {"money", "number", "actions", "due"}
KINDS = {
    "text", "link", "money", "number", "datetime", "date", "ago", "due", "badge", "image", "progress", "tags",
    "edit", "html", "actions",
}  # fmt: skip


def read(row: Any, getter: Getter) -> Any:
    """A value of a row, by callable, key or attribute."""
    if callable(getter):
        return getter(row)
    if isinstance(row, Mapping):
        return row.get(getter)
    return getattr(row, getter, None)


@dataclass(frozen=True, slots=True)
class Badge:
    """A short state with a tone: ``success``, ``warning``, ``danger``, ``info``, ``primary`` or ``neutral``."""

    label: Any
    tone: str = "neutral"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class RowAction:
    """Something to do with one row: a link (`href`) or an act (`post`), each a callable giving the address.

    With a `permission` it is offered only to those who hold it. `key` is the letter that starts it on the row where the
    keyboard stands.
    """

    label: Any
    icon: str
    href: Callable[[Any], str] | None = None
    post: Callable[[Any], str] | None = None
    confirm: Any = ""
    tone: str = ""
    show: Callable[[Any], bool] | None = None
    drawer: bool = False
    new_tab: bool = False
    permission: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Kinds and their values are listed in ``docs/develop/screens.md``.

    Raises ValueError for an unknown kind, so that a slip shows at import.
    """

    key: str
    label: Any
    kind: str = "text"
    align: str = ""
    sortable: bool = False
    hidden: bool = False
    hide_on_phone: bool = False
    primary: bool = False
    sub: Getter | None = None
    href: Getter | None = None
    value: Callable[[Any], Any] | None = None
    tone: Callable[[Any], str] | None = None
    choices: Mapping[Any, Badge] | None = None
    actions: tuple[RowAction, ...] = ()
    edit_url: Callable[[Any], str] | None = None
    width: str = ""
    fixed: bool = False
    help: Any = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"column {self.key!r} has the unknown kind {self.kind!r}")

    @property
    def side(self) -> str:
        """``end`` for what lines up on the right, else ``start``."""
        return self.align or ("end" if self.kind in _RIGHT else "start")

    @property
    def choosable(self) -> bool:
        return not (self.fixed or self.primary or self.kind == "actions")

    def read(self, row: Any) -> Any:
        return self.value(row) if self.value else read(row, self.key)
