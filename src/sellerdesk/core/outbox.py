"""News goes up: subscribers read the activity line, each at its own pace, at least once, in order.

A handler gets a list of entries and runs in the same transaction that moves its place in the line, so what it writes
and how far it has read can never disagree. A failing handler holds up only itself and is retried with growing pauses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from sellerdesk.core import clock, scope
from sellerdesk.core.activity import _COLUMNS, Entry, _entry
from sellerdesk.core.db import atomic, execute, fetch_one, is_postgres, placeholders

log = structlog.get_logger(__name__)
BATCH = 500
MAX_PAUSE_SECONDS = 600
Handler = Callable[[list[Entry]], None]
# The oldest transaction that still runs in THIS database; everything before it is committed for good. The snapshot's
# own xmin would do, but it counts every database of the server, so that a stranger's long transaction would stop our
# news. backend_xid has 32 bits; what lies after the snapshot's end is newer and no concern of this reading.
_HORIZON = """
    WITH line AS (SELECT txid_snapshot_xmax(txid_current_snapshot()) AS top)
    SELECT top - COALESCE((
        SELECT max(behind) FROM (
            SELECT mod(mod(top, 4294967296) - backend_xid::text::bigint + 4294967296, 4294967296) AS behind
            FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL
        ) AS running WHERE behind < 2147483648), 0)
    FROM line"""


@dataclass(frozen=True, slots=True)
class Subscriber:
    name: str
    events: frozenset[str]
    handler: Handler


_subscribers: dict[str, Subscriber] = {}


def subscribe(name: str, events: Iterable[str], handler: Handler) -> None:
    """Register at start-up (AppConfig.ready). The name is kept for ever: it is the place in the line."""
    _subscribers[name] = Subscriber(name, frozenset(events), handler)


@scope.across_shops()  # a place in the line is one for the news of all shops
def drain() -> int:
    """Let every subscriber read what is new. Returns how many entries were handled.

    By the installation's clock, whoever calls it: handlers take their moments from the entries.
    """
    return sum(_drain_one(subscriber) for subscriber in list(_subscribers.values()))


def _drain_one(subscriber: Subscriber) -> int:
    if not _anything_new(subscriber):
        return 0
    handled = 0
    while True:
        try:
            count, more = _step(subscriber)
        except Exception as error:  # a handler may fail in any way; it must not stop the others
            log.exception("subscriber_failed", subscriber=subscriber.name)
            _note_failure(subscriber, error)
            return handled
        handled += count
        if not more:
            return handled


def _anything_new(subscriber: Subscriber) -> bool:
    """Whether the line goes on behind the subscriber's place. One cheap query: most of the time nothing does."""
    found = fetch_one(
        "SELECT s.last_tx, s.last_id, a.tx, a.id FROM core_subscription s, (SELECT tx, id FROM core_activity"
        f" ORDER BY {'tx DESC, id DESC' if is_postgres() else 'id DESC'} LIMIT 1) a WHERE s.name = %s",
        [subscriber.name])
    if found is None or found[:2] == found[2:]:
        return found is None
    return is_postgres() or not _passed_by(subscriber, found[1], found[3])


def _passed_by(subscriber: Subscriber, last_id: int, top_id: int) -> bool:
    """Whether nothing behind the subscriber's place is for it, so that it has been moved to the end of the line.

    Most news is for few. SQLite has one writer, so that what is read here is committed and in order.
    """
    wanted = sorted(subscriber.events)
    if fetch_one("SELECT 1 FROM core_activity WHERE id > %s AND id <= %s"
                 f" AND event IN ({placeholders(wanted)}) LIMIT 1", [last_id, top_id, *wanted]):
        return False
    return bool(execute("UPDATE core_subscription SET last_id = %s WHERE name = %s AND last_id = %s AND failures = 0",
                        [top_id, subscriber.name, last_id]))


def _step(subscriber: Subscriber) -> tuple[int, bool]:
    from sellerdesk.core.models import Activity, Subscription

    with atomic():
        rows = Subscription.objects.filter(name=subscriber.name)
        if is_postgres():
            # Two workers never serve the same subscriber at once.
            rows = rows.select_for_update(skip_locked=True)
        place = rows.first()
        if place is None:
            if Subscription.objects.filter(name=subscriber.name).exists():
                return 0, False
            place = Subscription.objects.create(name=subscriber.name)
        if place.retry_at and place.retry_at > clock.real_now():
            return 0, False
        if is_postgres():
            horizon = fetch_one(_HORIZON)
            waiting = Activity.objects.extra(  # a row comparison, which the ORM cannot spell before Django 6
                where=["(tx, id) > (%s, %s)"], params=[place.last_tx, place.last_id],
            ).filter(tx__lt=horizon[0])  # type: ignore[index]
        else:
            # There is one writer and no tx; SQLite would walk the index on both from its beginning.
            waiting = Activity.objects.filter(id__gt=place.last_id)
        order = ("tx", "id") if is_postgres() else ("id",)
        # Most news is not for this subscriber, so only what it wants is read; then it stands at the end of the line.
        found = list(waiting.filter(event__in=subscriber.events).order_by(*order).values_list("tx", *_COLUMNS)[:BATCH])
        more = len(found) == BATCH
        backwards = [f"-{name}" for name in order]
        last = found[-1][:2] if more else waiting.order_by(*backwards).values_list("tx", "id").first()
        if last is None:
            return 0, False
        if found:
            subscriber.handler([_entry(row[1:]) for row in found])
        Subscription.objects.filter(pk=place.pk).update(
            last_tx=last[0], last_id=last[1], failures=0, retry_at=None, error="")
        return len(found), more


def _note_failure(subscriber: Subscriber, error: Exception) -> None:
    from sellerdesk.core.models import Subscription

    with atomic():
        place, _ = Subscription.objects.get_or_create(name=subscriber.name)
        failures = place.failures + 1
        pause = timedelta(seconds=min(2**failures, MAX_PAUSE_SECONDS))
        Subscription.objects.filter(pk=place.pk).update(
            failures=failures, retry_at=clock.real_now() + pause, error=repr(error)[:500])
