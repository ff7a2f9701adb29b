"""Dated rules: every figure that a marketplace may change lives in a table with valid-from and source.

Domains declare defaults with `defaults(...)`; `migrate` writes those that are missing. Computed amounts keep the id
of the rule they used.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import get_language, gettext

from sellerdesk.core.errors import Unavailable

_FRESH_SECONDS = 5.0
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_declared: dict[tuple[str, str], tuple[Any, str]] = {}
_cache: dict[str, tuple[float, list[Rule]]] = {}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from. `text` is what is kept and never changes; a page prints the source itself, which is in
    the reader's language: as an operator said it there, or by the translations of the program."""

    text: str
    #: (language, the same in it) where an operator said it.
    names: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        said = dict(self.names).get(get_language() or "en")
        return said or (gettext(self.text) if self.text else "")


@dataclass(frozen=True, slots=True)
class Note:
    """What a page says beside a figure: since when its rule is in force, and where it comes from."""

    valid_from: datetime
    source: Source


@dataclass(frozen=True, slots=True)
class Rule:
    id: int
    kind: str
    key: str
    value: Any
    valid_from: datetime
    valid_to: datetime | None
    source: Source

    def valid_at(self, at: datetime) -> bool:
        return self.valid_from <= at and (self.valid_to is None or at < self.valid_to)


def defaults(kind: str, values: Mapping[str, Any], *, source: str) -> None:
    """Declare the values a fresh installation starts with. Called from AppConfig.ready."""
    for key, value in values.items():
        _declared[(kind, key)] = (value, source)


def write_defaults() -> int:
    """Insert declared rules that have no row yet. Returns how many were written."""
    from sellerdesk.core.models import DatedRule

    known = set(DatedRule.objects.values_list("kind", "key"))
    fresh = [
        DatedRule(kind=kind, key=key, value=value, valid_from=_EPOCH, source=source)
        for (kind, key), (value, source) in _declared.items()
        if (kind, key) not in known
    ]
    DatedRule.objects.bulk_create(fresh)
    _cache.clear()
    return len(fresh)


def _source(text: str, names: Mapping[str, str]) -> Source:
    return Source(text, tuple(sorted(names.items())))


def _rows(kind: str) -> list[Rule]:
    seen = _cache.get(kind)
    if seen and time.monotonic() - seen[0] < _FRESH_SECONDS:
        return seen[1]
    from sellerdesk.core.models import DatedRule

    rows = [
        Rule(id_, kind, key, value, since, until, _source(text, names))
        for id_, kind, key, value, since, until, text, names in DatedRule.objects.filter(kind=kind).order_by(
            "key", "-valid_from").values_list(
            "id", "kind", "key", "value", "valid_from", "valid_to", "source", "source_names")
    ]
    _cache[kind] = (time.monotonic(), rows)
    return rows


def get(kind: str, key: str, at: datetime) -> Rule:
    """The rule in force at a moment; the key "" is the default for keys without a rule of their own.

    Raises Unavailable `rule_missing` when the installation has neither.
    """
    fallback = None
    for rule in _rows(kind):
        if rule.valid_at(at):
            if rule.key == key:
                return rule
            if rule.key == "" and fallback is None:
                fallback = rule
    if fallback is None:
        raise Unavailable("rule_missing", data={"kind": kind, "key": key})
    return fallback


def all_of(kind: str, at: datetime) -> dict[str, Rule]:
    """Every rule of a kind in force at a moment, by key."""
    found: dict[str, Rule] = {}
    for rule in _rows(kind):
        if rule.valid_at(at):
            found.setdefault(rule.key, rule)
    return found


def every(kind: str) -> list[Rule]:
    """All rules of a kind, past and to come, by key, the newest version first."""
    return list(_rows(kind))


def versions(kind: str, key: str) -> list[Rule]:
    """All versions of one rule, past and to come, the newest first."""
    return [rule for rule in _rows(kind) if rule.key == key]


def notes(rule_ids: Iterable[int | None]) -> dict[int | None, Note]:
    """Since when versions of rules are in force, and where they come from, by id. One query, none without ids."""
    from sellerdesk.core.models import DatedRule

    wanted = {id_ for id_ in rule_ids if id_ is not None}
    return {id_: Note(since, _source(text, names)) for id_, since, text, names in DatedRule.objects.filter(
        pk__in=wanted).values_list("id", "valid_from", "source", "source_names")} if wanted else {}


def put(kind: str, key: str, value: Any, *, valid_from: datetime, source: str,
        source_names: Mapping[str, str] | None = None) -> int:
    """Add a version. The one in force until then ends at `valid_from`. `source_names` say the source in other
    languages."""
    from django.db.models import Q

    from sellerdesk.core.db import atomic
    from sellerdesk.core.models import DatedRule

    with atomic():
        DatedRule.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from), kind=kind, key=key,
                                 valid_from__lt=valid_from).update(valid_to=valid_from)
        row, _ = DatedRule.objects.update_or_create(
            kind=kind, key=key, valid_from=valid_from, defaults={
                "value": value, "source": source, "source_names": dict(source_names or {}), "valid_to": None})
    _cache.clear()
    return row.pk


def forget() -> None:
    _cache.clear()
