"""One call per act. The row is history for people, the outbox for subscribers and the source for undo."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from sellerdesk.core import events
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import execute, is_postgres, json_param, json_rows, json_value
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
        kind = events.get(self.event)
        told = {name: known.get(str(values.get(name)), values.get(name)) for name, known in kind.words.items()}
        return fill(kind.sentence, {**values, **told})


def record(event: str, *, now: datetime, actor: Actor, seller_id: int | None = None, target_type: str = "",
           target_id: str | int = "", target_label: str = "", before: Any = None, after: Any = None,
           data: dict[str, Any] | None = None) -> None:
    """Write one act in the caller's transaction. Secrets never go in. Unknown event names are a programming error."""
    record_many([Entry(event, now, actor, seller_id, target_type, str(target_id), target_label, before, after, data)])


def record_many(entries: Iterable[Entry]) -> None:
    """Write many acts in one statement, in the order given."""
    rows = []
    for entry in entries:
        events.get(entry.event)
        actor = entry.actor
        rows.append([
            entry.at, entry.event, entry.seller_id, actor.kind, actor.id, actor.label[:200], actor.on_behalf_of,
            actor.via_kind, actor.via_id, actor.request_id, entry.target_type, entry.target_id,
            entry.target_label[:300], *(value if value is None else json_value(value)
                                        for value in (entry.before, entry.after, entry.data))])
    if not rows:
        return
    # On SQLite JSON columns hold text, which json_value has made already.
    some = "json" if is_postgres() else "text"
    none = ", 'null'::jsonb" if is_postgres() else ", NULL"
    execute(
        "INSERT INTO core_activity (at, event, seller_id, actor_kind, actor_id, actor_label, on_behalf_of, via_kind,"
        " via_id, request_id, target_type, target_id, target_label, before, after, data)"
        " SELECT v.at, v.event, v.seller, v.kind, v.actor, v.label, v.behalf, v.via_kind, v.via, v.request, v.type,"
        f" v.target, v.name, NULLIF(v.before{none}), NULLIF(v.after{none}), NULLIF(v.data{none}) FROM "
        + json_rows("v", at="time", event="text", seller="int", kind="text", actor="text", label="text",
                    behalf="text", via_kind="text", via="text", request="text", type="text", target="text",
                    name="text", before=some, after=some, data=some),
        [json_param(rows)])


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


def latest(seller_id: int, limit: int = 20, *, leave_out: Collection[str] = ()) -> list[Entry]:
    """The shop's latest acts, newest first, without the events named."""
    from sellerdesk.core.models import Activity

    rows = Activity.objects.filter(seller_id=seller_id)
    if leave_out:
        rows = rows.exclude(event__in=leave_out)
    return [_entry(row) for row in rows.order_by("-id").values_list(*_COLUMNS)[:limit]]


def of_actor(seller_id: int, kind: str, actor_id: str | int, limit: int = 50) -> list[Entry]:
    """The latest acts of one person or program in a shop, newest first."""
    from sellerdesk.core.models import Activity

    rows = Activity.objects.filter(seller_id=seller_id, actor_kind=kind, actor_id=str(actor_id))
    return [_entry(row) for row in rows.order_by("-id").values_list(*_COLUMNS)[:limit]]


def forget_people(seller_id: int, about_people: Collection[str]) -> None:
    """Take people's names out of a shop's acts, and everything said in acts whose event begins with one of
    `about_people`. What was done, when, and the number of who did it stay: they are evidence, and name nobody.
    """
    from sellerdesk.core.models import Activity

    rows = Activity.objects.filter(seller_id=seller_id)
    rows.filter(actor_kind__in=("user", "operator")).update(actor_label="—")
    named = Q()
    for beginning in about_people:
        named |= Q(event__startswith=beginning)
    rows.filter(named).update(target_label="—", before=None, after=None, data=None)
