"""The journal of changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class ProductChange:
    """What one act did to one product; `before` and `after` hold the keys that differ, in their plain stored form.

    Keys: fields of the card as in its table (`name`, `attributes`), `archived`, parts as `price.price` (minor units)
    and `stock.<warehouse id>` (free units). A created product has all of its keys in `after`, a deleted one in
    `before`.
    """

    product_id: int
    offer_id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    created: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class BatchInfo:
    """One act on many products. `state` is applied, undoing, undone or partly_undone."""

    id: int
    source: str
    title: str
    actor_label: str
    at: datetime
    import_task_id: int | None
    undo_of_id: int | None
    created: int
    changed: int
    unchanged: int
    state: str
    undo_until: datetime
    undone_by_id: int | None = None

    @property
    def count(self) -> int:
        return self.created + self.changed

    def may_undo(self, now: datetime) -> bool:
        return self.state in ("applied", "partly_undone") and now < self.undo_until


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a product was not set back: the keys that somebody changed since, or a rule that refuses the old values."""

    keys: tuple[str, ...]
    by: str = ""
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChangeInfo:
    """What a batch did to one product, with the state of its undoing: "", done or conflict."""

    id: int
    batch_id: int
    product_id: int
    offer_id: str
    created: bool
    deleted: bool
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    undo: str = ""
    conflict: Conflict | None = None

    @property
    def keys(self) -> list[str]:
        """All keys that differ, those of the card first, in a steady order."""
        return sorted({*self.before, *self.after}, key=lambda key: ("." in key, key))


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One entry of a product's history: the change, and the act it was part of."""

    change: ChangeInfo
    source: str
    title: str
    actor_label: str
    at: datetime
