"""Turns rows into cells of ready text, so that the row template only places them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui.tables.columns import Badge, Column, read
from sellerdesk.core.ui.tables.parts import Group


@dataclass(slots=True)
class Act:
    """A row action with its address."""

    label: str
    icon: str
    href: str = ""
    post: str = ""
    confirm: str = ""
    tone: str = ""
    drawer: bool = False
    new_tab: bool = False
    key: str = ""


@dataclass(slots=True)
class Cell:
    kind: str
    css: str
    label: str
    text: Any = ""
    sub: Any = ""
    href: str = ""
    tone: str = ""
    icon: str = ""
    iso: str = ""
    title: str = ""
    struck: bool = False
    parts: list[Any] = field(default_factory=list)
    name: str = ""
    error: str = ""
    count: int = 0


@dataclass(slots=True)
class RowView:
    id: str
    href: str
    name: str
    cells: list[Cell]
    tone: str = ""
    # The group that begins with this row.
    group: Group | None = None

    @property
    def group_count(self) -> str:
        return formats.number(self.group.count) if self.group and self.group.count else ""


def money_text(value: Money) -> str:
    return _money(value, get_language() or "en")


# Babel takes 15 µs for an amount, and the same amounts come again on every look at a list.
@lru_cache(maxsize=8192)
def _money(value: Money, language: str) -> str:
    return format_money(value, language)


def _css(column: Column) -> str:
    parts = ["c-" + column.kind]
    if column.side == "end":
        parts.append("text-end")
    if column.kind in {"money", "number", "due", "datetime", "date", "ago"}:
        parts.append("num")
    if column.hide_on_phone:
        parts.append("m-hide")
    if column.primary:
        parts.append("c-primary")
    return " ".join(parts)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


class CellMaker:
    """Makes the cells of one list; language, zone and `now` are those of the request."""

    def __init__(self, columns: Iterable[Column], now: datetime, row_href: Any) -> None:
        self.columns = [(column, _css(column), str(column.label)) for column in columns]
        self.now = now
        self.row_href = row_href
        # Words are translated once for the list, not once for each row.
        self.acts = {
            column.key: [(act, str(act.label), str(act.confirm)) for act in column.actions]
            for column, _css_, _label in self.columns
        }
        self._actions_label = _("Actions")
        self._fill: dict[str, Callable[[Cell, Column, Any, Any], None]] = {
            "money": self._money, "number": self._number, "datetime": self._datetime, "date": self._date,
            "ago": self._ago, "due": self._due, "badge": self._badge, "image": self._image,
            "progress": self._progress, "tags": self._tags, "edit": self._edit, "html": self._html,
            "actions": self._actions, "link": self._link,
        }  # fmt: skip

    def cells(self, row: Any, errors: Mapping[str, str], values: Mapping[str, str]) -> list[Cell]:
        made = []
        for column, css, label in self.columns:
            cell = Cell(column.kind, css, label, name=column.key)
            value = column.read(row) if column.kind != "actions" else None
            fill = self._fill.get(column.kind)
            if fill:
                fill(cell, column, row, value)
            else:
                cell.text = _plain(value)
            if column.sub is not None and not cell.sub:
                sub = read(row, column.sub)
                cell.sub = money_text(sub) if isinstance(sub, Money) else _plain(sub)
                cell.struck = isinstance(sub, Money)
            if column.tone and not cell.tone:
                cell.tone = column.tone(row) or ""
            if column.key in values:
                cell.text = values[column.key]
            cell.error = str(errors.get(column.key, ""))
            made.append(cell)
        return made

    def _link(self, cell: Cell, column: Column, row: Any, value: Any) -> None:
        cell.text = _plain(value)
        target = column.href if column.href is not None else self.row_href
        cell.href = _plain(read(row, target)) if target else ""

    def _money(self, cell: Cell, column: Column, row: Any, value: Any) -> None:
        cell.text = money_text(value) if isinstance(value, Money) else "—"
        if column.href is not None:
            cell.href = _plain(read(row, column.href))

    def _number(self, cell: Cell, column: Column, row: Any, value: Any) -> None:
        cell.text = formats.number(value) if value is not None else "—"
        if column.href is not None:
            cell.href = _plain(read(row, column.href))

    def _datetime(self, cell: Cell, column: Column, row: Any, value: Any) -> None:
        if value:
            cell.iso, cell.text = value.isoformat(), formats.when(value, self.now)

    def _date(self, cell: Cell, column: Column, row: Any, value: Any) -> None:
        if value:
            cell.iso, cell.text = value.isoformat(), formats.day(value)

    def _ago(self, cell: Cell, column: Column, row: Any, value: Any) -> None:
        if value:
            cell.iso, cell.text, cell.title = value.isoformat(), formats.ago(value, self.now), formats.when(value)

    def _due(self, cell: Cell, column: Column, row: Any, value: Any) -> None:
        if value:
            cell.iso, cell.text, cell.sub = value.isoformat(), formats.left(value, self.now), formats.when(
                value, self.now)
            seconds = (value - self.now).total_seconds()
            cell.tone = "danger" if seconds < 0 else "warning" if seconds < 4 * 3600 else ""

    def _badge(self, cell: Cell, column: Column, row: Any, value: Any) -> None:
        badge = value if isinstance(value, Badge) else (column.choices or {}).get(value)
        if badge:
            cell.text, cell.tone, cell.icon = str(badge.label), badge.tone, badge.icon
        else:
            cell.text, cell.tone = _plain(value), "neutral"

    def _image(self, cell: Cell, column: Column, row: Any, value: Any) -> None:
        cell.href = _plain(value)
        cell.sub = _plain(read(row, column.sub)) if column.sub is not None else " "

    def _progress(self, cell: Cell, column: Column, row: Any, value: Any) -> None:
        cell.text = "" if value is None else max(0, min(100, int(value)))

    def _tags(self, cell: Cell, column: Column, row: Any, value: Any) -> None:
        cell.parts = [str(part) for part in value or ()]

    def _edit(self, cell: Cell, column: Column, row: Any, value: Any) -> None:
        cell.text = value.decimal_text() if isinstance(value, Money) else _plain(value)
        cell.title = value.currency if isinstance(value, Money) else ""
        cell.href = column.edit_url(row) if column.edit_url else ""

    def _html(self, cell: Cell, column: Column, row: Any, value: Any) -> None:
        cell.text = value if value is not None else ""

    def _actions(self, cell: Cell, column: Column, row: Any, value: Any) -> None:
        cell.label = self._actions_label
        cell.parts = [
            Act(label, act.icon, act.href(row) if act.href else "", act.post(row) if act.post else "",
                confirm, act.tone, act.drawer, act.new_tab, act.key)
            for act, label, confirm in self.acts[column.key]
            if act.show is None or act.show(row)
        ]
