"""H02, H03: a worker killed at any stage loses nothing and its successor does nothing twice."""

from __future__ import annotations

import random

import pytest

from tests.durability.conftest import Place

pytestmark = pytest.mark.own_database

_CONFIRM = """
from sellerdesk.catalog.models import ImportTask
from sellerdesk.catalog.services import importing
from sellerdesk.sellers import queries as sellers
task = ImportTask.objects.get()
importing.confirm(seller=sellers.seller_ref(task.seller_id), task_id=task.pk)
"""
_UNDO = """
from sellerdesk.catalog.models import Batch
from sellerdesk.catalog.services import undoing
from sellerdesk.core.actor import Actor
from sellerdesk.sellers import queries as sellers
batch = Batch.objects.get()
undoing.undo(seller=sellers.seller_ref(batch.seller_id), batch_id=batch.pk, actor=Actor(**batch.actor), now=NOW)
"""


def done(place: Place, program: str = "") -> Place:
    for outcome in (place.run(program), place.work()):
        assert outcome.returncode == 0, outcome.stderr
    return place


@pytest.fixture(scope="module")
def ready(place: Place) -> Place:
    """Read and checked without a kill; waits for a yes."""
    return done(place.copy("ready"))


@pytest.fixture(scope="module")
def confirmed(ready: Place) -> Place:
    made = ready.copy("confirmed")
    assert made.run(_CONFIRM).returncode == 0
    return made


@pytest.fixture(scope="module")
def saved(confirmed: Place) -> Place:
    """Saved without a kill."""
    return done(confirmed.copy("saved"))


def killed_and_taken_up(start: Place, name: str, fault: str) -> Place:
    place = start.copy(name)
    killed = place.work(SELLERDESK_FAULT=fault)
    assert killed.returncode == -9, (fault, killed.stderr)
    assert place.lease_runs_out() == 1
    return done(place)


@pytest.mark.parametrize("fault", ["catalog.import.parsed:1", "catalog.import.parsed:3", "catalog.import.mapped:1",
                                   "catalog.import.checked:2", "catalog.import.checked:6"])
def test_H02_killed_while_reading_and_checking_ends_in_the_same_dry_run(place, ready, fault):
    again = killed_and_taken_up(place, fault.replace(":", "-"), fault)

    assert ready.scalar("SELECT state FROM catalog_importtask") == "ready"
    assert again.fingerprints() == ready.fingerprints()


@pytest.mark.parametrize("fault", ["catalog.import.applying:1", "catalog.import.applied:1",
                                   "catalog.import.applying:4", "catalog.import.applied:6"])
def test_H02_killed_while_saving_ends_with_each_row_saved_once(confirmed, saved, fault):
    again = killed_and_taken_up(confirmed, fault.replace(":", "-"), fault)

    assert saved.scalar("SELECT count(*) FROM catalog_product") == 588
    assert saved.scalar("SELECT state || created || '+' || failed FROM catalog_importtask") == "done588+12"
    assert again.fingerprints() == saved.fingerprints()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_H02_killed_at_any_moment_ends_the_same(confirmed, saved, seed):
    place, dice = confirmed.copy(f"random-{seed}"), random.Random(seed)
    for _again in range(3):
        if not place.work_until_killed(dice.uniform(0.02, 0.6)):
            break
        place.lease_runs_out()
    done(place)

    assert place.fingerprints() == saved.fingerprints()


@pytest.mark.parametrize("fault", ["catalog.undo.chunk:1", "catalog.undo.chunk:4"])
def test_H02_killed_while_undoing_ends_with_everything_set_back(saved, fault):
    undoing = saved.copy(f"undoing-{fault[-1]}")
    assert undoing.run(_UNDO).returncode == 0
    whole = done(undoing.copy(f"undone-{fault[-1]}"))

    again = killed_and_taken_up(undoing, fault.replace(":", "-"), fault)

    assert whole.scalar("SELECT count(*) FROM catalog_product") == 0
    assert again.fingerprints() == whole.fingerprints()
