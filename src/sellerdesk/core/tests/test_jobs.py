"""The queue's promises: once, again after a crash, never by two at a time, sellers in turn."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django_tasks import task

from sellerdesk.core import clock, db, jobs, tasks, worker
from sellerdesk.core.jobs import queue
from sellerdesk.core.models import Job

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
seen: list = []


@task(queue_name="default")
def note(value: str) -> None:
    seen.append(value)


@task(queue_name="default")
def fail() -> None:
    seen.append("tried")
    raise RuntimeError("broken on purpose")


@task(queue_name="default")
def count_up() -> None:
    jobs.progress(3, 10, "counting")
    seen.append(jobs.status(Job.objects.get().pk).done)


@pytest.fixture(autouse=True)
def _empty():
    seen.clear()


def test_a_job_runs_once():
    jobs.enqueue(note, "a")
    worker.run_until_idle()

    assert seen == ["a"]
    assert Job.objects.get().state == "done"


def test_a_unique_key_joins_the_waiting_twin():
    first = jobs.enqueue(note, "a", unique_key="k")
    second = jobs.enqueue(note, "b", unique_key="k")
    worker.run_until_idle()

    assert first == second
    assert seen == ["a"]


def test_a_killed_workers_job_is_taken_over_when_its_lease_runs_out_and_the_old_one_may_not_write():
    with time_machine.travel(START, tick=False) as real:
        jobs.enqueue(note, "a")
        dead = queue.claim(["default"], 1)[0]
        assert queue.claim(["default"], 1) == []
        real.shift(timedelta(seconds=61))
        taken = queue.claim(["default"], 1)[0]

        assert (taken.id, taken.attempts) == (dead.id, 2)
        assert queue.extend(dead) is False
        assert queue.run(taken) is True
        assert Job.objects.get().state == "done"


def test_a_failing_job_is_tried_again_with_growing_pauses_and_then_set_aside():
    with time_machine.travel(START, tick=False) as real:
        jobs.enqueue(fail)
        for _ in range(5):
            worker.run_until_idle()
            real.shift(timedelta(hours=2))
        worker.run_until_idle()

        row = Job.objects.get()
        assert seen == ["tried"] * 5
        assert (row.state, row.attempts) == ("failed", 5)
        assert "broken on purpose" in row.error


def test_sellers_take_turns():
    for number in range(10):
        jobs.enqueue(note, f"big {number}", seller_id=1)
    jobs.enqueue(note, "small", seller_id=2)

    leases = queue.claim(["default"], 3)

    assert "small" in [lease.args[0] for lease in leases]


def test_progress_is_seen_from_outside():
    jobs.enqueue(count_up)
    worker.run_until_idle()

    assert seen == [3]


def test_the_timetable_lets_sqlite_count_its_rows():
    if db.is_postgres():
        tasks.refresh_statistics.func()
        return
    Job.objects.bulk_create([Job(task="x", args=[], kwargs={}, run_at=clock.real_now(), created_at=clock.real_now())
                             for _at in range(500)])

    tasks.refresh_statistics.func()

    assert db.fetch_all("SELECT 1 FROM sqlite_stat1 WHERE tbl = 'core_job'")
