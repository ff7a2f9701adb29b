from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils.translation import gettext_noop

from sellerdesk.core import activity, events, outbox
from sellerdesk.core.actor import Actor

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANNA = Actor.system("test")
events.register(events.EventType("test.thing.done", gettext_noop("%(target)s was done by %(actor)s")),
                events.EventType("test.other.done", gettext_noop("other")))


@pytest.fixture
def subscriber():
    got: list[str] = []

    def handler(entries):
        got.extend(entry.target_id for entry in entries)

    outbox.subscribe("test.reader", ["test.thing.done"], handler)
    yield got
    outbox._subscribers.pop("test.reader")


def happen(target):
    activity.record("test.thing.done", now=NOW, actor=ANNA, seller_id=1, target_type="thing", target_id=target)


# Real transactions: on PostgreSQL a row counts as news only once its transaction has ended.
@pytest.mark.django_db(transaction=True)
def test_a_subscriber_reads_each_act_once_in_order_and_only_what_it_asked_for(subscriber):
    happen("1")
    activity.record("test.other.done", now=NOW, actor=ANNA)
    happen("2")
    outbox.drain()
    outbox.drain()

    assert subscriber == ["1", "2"]


@pytest.mark.django_db(transaction=True)
def test_a_failing_subscriber_is_retried_later_and_holds_up_nobody_else(subscriber):
    calls = []

    def broken(entries):
        calls.append(len(entries))
        raise RuntimeError("down")

    outbox.subscribe("test.broken", ["test.thing.done"], broken)
    try:
        with time_machine.travel(NOW, tick=False) as real:
            happen("1")
            outbox.drain()
            outbox.drain()
            assert (subscriber, calls) == (["1"], [1])
            real.shift(timedelta(seconds=3))
            outbox.drain()
            assert calls == [1, 1]
    finally:
        outbox._subscribers.pop("test.broken")


@pytest.mark.django_db
def test_an_unknown_event_is_a_programming_error():
    with pytest.raises(KeyError):
        activity.record("test.never.declared", now=NOW, actor=ANNA)


@pytest.mark.django_db
def test_history_tells_the_act_in_words():
    happen("7")

    assert [entry.sentence for entry in activity.history(1, "thing", "7")] == ["7 was done by test"]
    assert activity.history(2, "thing", "7") == []
