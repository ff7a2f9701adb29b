"""One call per act. The row is history for people, the outbox for subscribers and the source for undo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sellerdesk.core import events
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import fill


@dataclass(frozen=True, slots=True)
class Entry:
    """An activity row, to be written or as read back."""

    event: str
    at: datetime
    actor: Actor
    seller_id: int | None = None
    target_type: str = ""
    target_id: str = ""
    target_label: str = ""
    before: Any = None
    after: Any = None
    data: dict[str, Any] | None = None
    id: int = field(default=0)

    @property
    def sentence(self) -> str:
        """What happened, in the active language."""
        values = {"target": self.target_label or self.target_id, "actor": self.actor.label,
                  "count": (self.data or {}).get("count", 1), **(self.data or {})}
        return fill(events.get(self.event).sentence, values)


def record(event: str, *, now: datetime, actor: Actor, seller_id: int | None = None, target_type: str = "",
           target_id: str | int = "", target_label: str = "", before: Any = None, after: Any = None,
           data: dict[str, Any] | None = None) -> None:
    """Write one act in the caller's transaction. Secrets never go in. Unknown event names are a programming error."""
    record_many([Entry(event, now, actor, seller_id, target_type, str(target_id), target_label, before, after, data)])


def record_many(entries: Iterable[Entry]) -> None:
    from sellerdesk.core.models import Activity

    rows = []
    for entry in entries:
        events.get(entry.event)
        actor = entry.actor
        rows.append(Activity(
            at=entry.at, event=entry.event, seller_id=entry.seller_id, actor_kind=actor.kind, actor_id=actor.id,
            actor_label=actor.label[:200], on_behalf_of=actor.on_behalf_of, via_kind=actor.via_kind,
            via_id=actor.via_id, request_id=actor.request_id, target_type=entry.target_type,
            target_id=entry.target_id, target_label=entry.target_label[:300], before=entry.before,
            after=entry.after, data=entry.data))
    Activity.objects.bulk_create(rows)


_COLUMNS = ("id", "event", "at", "seller_id", "actor_kind", "actor_id", "actor_label", "on_behalf_of", "via_kind",
            "via_id", "request_id", "target_type", "target_id", "target_label", "before", "after", "data")


def _entry(row: tuple) -> Entry:
    (id_, event, at, seller_id, kind, actor_id, label, behalf, via_kind, via_id, request_id,
     target_type, target_id, target_label, before, after, data) = row
    return Entry(event, at, Actor(kind, actor_id, label, behalf, via_kind, via_id, request_id), seller_id,
                 target_type, target_id, target_label, before, after, data, id_)


def history(seller_id: int, target_type: str, target_id: str | int, limit: int = 50) -> list[Entry]:
    """The latest acts on one thing, newest first."""
    from sellerdesk.core.models import Activity

    rows = Activity.objects.filter(seller_id=seller_id, target_type=target_type, target_id=str(target_id))
    return [_entry(row) for row in rows.order_by("-id").values_list(*_COLUMNS)[:limit]]


def latest(seller_id: int, limit: int = 20) -> list[Entry]:
    """The shop's latest acts, newest first."""
    from sellerdesk.core.models import Activity

    return [_entry(row) for row in
            Activity.objects.filter(seller_id=seller_id).order_by("-id").values_list(*_COLUMNS)[:limit]]
