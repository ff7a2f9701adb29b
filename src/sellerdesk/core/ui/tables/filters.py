"""What narrows a list. Each filter reads its own part of the query string and says how it stands there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from sellerdesk.core.errors import Invalid
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats

Choices = Sequence[tuple[Any, Any]] | Callable[[WebRequest], Sequence[tuple[Any, Any]]]

# More options than fit comfortably in a small panel become a searchable select.
_LIST_LIMIT = 12


@dataclass(frozen=True, slots=True)
class Counted:
    """A choice's label with how many rows it would show: not `count`, which is a method of every text."""

    label: Any
    rows: int

    def __str__(self) -> str:
        return str(self.label)


@dataclass(slots=True)
class BoundFilter:
    """A filter as one page shows it."""

    key: str
    kind: str
    label: Any
    value: Any = None
    texts: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    error: str = ""
    options: list[tuple[str, Any, bool]] = field(default_factory=list)
    multiple: bool = False
    searchable: bool = False
    options_url: str = ""

    @property
    def is_set(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Filter:
    key: str
    label: Any
    kind: ClassVar[str] = ""

    @property
    def params(self) -> tuple[str, ...]:
        return (self.key,)

    def bind(self, query: QueryDict, request: WebRequest) -> BoundFilter:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class SearchFilter(Filter):
    """A text field; `label` is its placeholder."""

    kind: ClassVar[str] = "search"
    max_length: int = 200

    def bind(self, query: QueryDict, request: WebRequest) -> BoundFilter:
        text = query.get(self.key, "").strip()[: self.max_length]
        return BoundFilter(self.key, self.kind, self.label, value=text or None, texts={"": text}, summary=text)


@dataclass(frozen=True, slots=True)
class ToggleFilter(Filter):
    """On or not."""

    kind: ClassVar[str] = "toggle"

    def bind(self, query: QueryDict, request: WebRequest) -> BoundFilter:
        return BoundFilter(self.key, self.kind, self.label, value=True if query.get(self.key) == "1" else None)


@dataclass(frozen=True, slots=True)
class ChoiceFilter(Filter):
    """One of (or, with `multiple`, any of) some values. `choices` may be a callable of the request."""

    kind: ClassVar[str] = "choice"
    choices: Choices = ()
    multiple: bool = False
    searchable: bool = False
    options_url: str = ""

    def bind(self, query: QueryDict, request: WebRequest) -> BoundFilter:
        known = [(str(value), label) for value, label in
                 (self.choices(request) if callable(self.choices) else self.choices)]
        labels = dict(known)
        given = [part for text in query.getlist(self.key) for part in (text.split(",") if self.multiple else [text])]
        # With a remote list the page cannot know all values; the query decides what they mean.
        chosen = [value for value in given if value and (value in labels or self.options_url)]
        chosen = chosen if self.multiple else chosen[:1]
        for value in chosen:
            if value not in labels:
                known.append((value, value))
        bound = BoundFilter(
            self.key, self.kind, self.label, options=[(value, label, value in chosen) for value, label in known],
            multiple=self.multiple, searchable=self.searchable or len(known) > _LIST_LIMIT or bool(self.options_url),
            options_url=self.options_url,
        )
        if chosen:
            bound.value = chosen if self.multiple else chosen[0]
            first = str(labels.get(chosen[0], chosen[0]))
            bound.summary = first if len(chosen) == 1 else f"{first} +{len(chosen) - 1}"
        return bound


@dataclass(frozen=True, slots=True)
class RangeFilter(Filter):
    """From and to, both inclusive: whole numbers, or amounts with `money` (then in minor units of `currency`)."""

    kind: ClassVar[str] = "range"
    money: bool = False
    currency: str | Callable[[WebRequest], str] = "RUB"

    @property
    def params(self) -> tuple[str, ...]:
        return (f"{self.key}_from", f"{self.key}_to")

    def bind(self, query: QueryDict, request: WebRequest) -> BoundFilter:
        low_text, high_text = (query.get(name, "").strip()[:30] for name in self.params)
        bound = BoundFilter(self.key, self.kind, self.label, texts={"from": low_text, "to": high_text})
        try:
            low, high = self._read(low_text, request), self._read(high_text, request)
        except Invalid as error:
            bound.error = error.text
            return bound
        except ValueError:
            bound.error = _("Write whole numbers, for example 10 and 200.")
            return bound
        if low is not None and high is not None and low > high:
            bound.error = _("“From” must not be greater than “to”.")
        elif low is not None or high is not None:
            bound.value = (low, high)
            bound.summary = _span(low_text, high_text)
        return bound

    def _read(self, text: str, request: WebRequest) -> int | None:
        if not text:
            return None
        if self.money:
            currency = self.currency(request) if callable(self.currency) else self.currency
            return Money.parse(text, currency, field=self.key).amount_minor
        return int(text.replace("\u00a0", "").replace(" ", ""))


@dataclass(frozen=True, slots=True)
class DateRangeFilter(Filter):
    """Two days, both inclusive."""

    kind: ClassVar[str] = "dates"

    @property
    def params(self) -> tuple[str, ...]:
        return (f"{self.key}_from", f"{self.key}_to")

    def bind(self, query: QueryDict, request: WebRequest) -> BoundFilter:
        texts = [query.get(name, "").strip()[:10] for name in self.params]
        bound = BoundFilter(self.key, self.kind, self.label, texts={"from": texts[0], "to": texts[1]})
        try:
            low, high = (date.fromisoformat(text) if text else None for text in texts)
        except ValueError:
            bound.error = _("Choose days from the calendar.")
            return bound
        if low and high and low > high:
            bound.error = _("“From” must not be later than “to”.")
        elif low or high:
            bound.value = (low, high)
            bound.summary = _span(formats.day(low, year=False), formats.day(high, year=False))
        return bound


def _span(low: str, high: str) -> str:
    if low and high:
        return f"{low} – {high}"
    return f"≥ {low}" if low else f"≤ {high}"
