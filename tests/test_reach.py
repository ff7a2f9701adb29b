"""What a second database is not asked about, and that tests begin as an installation does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sellerdesk.core import rules
from sellerdesk.core.models import DatedRule
from tests import reach, starting

_HELPER = """
import pytest, subprocess

@pytest.fixture
def program():
    return subprocess
"""
_FILE = """
import pytest
from helper_of_reach import program

def test_of_plain_values(): ...

def test_of_a_fixture_that_starts_programs(program): ...

@pytest.mark.django_db
def test_marked(): ...

def test_that_asks(db): ...

def test_that_asks_through_another_fixture(shop): ...

class TestInside:
    pytestmark = pytest.mark.django_db

    def test_marked_by_its_class(self): ...

    @pytest.mark.parametrize("value", [1, 2])
    def test_marked_by_its_class_too(self, value): ...

@pytest.mark.parametrize("value", [1, 2])
def test_of_values(value): ...
"""


@pytest.fixture
def reaching(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], set[str]]:
    """Names of a file's tests that may reach a database."""
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "helper_of_reach.py").write_text(_HELPER)
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr(reach, "_ROOT", tmp_path)

    def collected(node: pytest.Collector) -> list[pytest.Item]:
        found: list[pytest.Item] = []
        for one in node.collect():
            found += [one] if isinstance(one, pytest.Item) else collected(one)  # type: ignore[arg-type]
        return found

    def names(text: str) -> set[str]:
        path = folder / "test_of_reach.py"
        path.write_text(text)
        reach._has_a_word.cache_clear()
        items = collected(pytest.Module.from_parent(request.session, path=path))
        assert items
        return {item.name for item in items if reach.may_reach_a_database(item)}

    return names


def test_only_tests_that_cannot_reach_a_database_are_left_out(reaching):
    assert reaching(_FILE) == {
        "test_of_a_fixture_that_starts_programs", "test_marked", "test_that_asks",
        "test_that_asks_through_another_fixture", "test_marked_by_its_class", "test_marked_by_its_class_too[1]",
        "test_marked_by_its_class_too[2]"}


@pytest.mark.parametrize("word", ["from django.db import connection", "import psycopg", "import subprocess",
                                  "# request.getfixturevalue('db')"])
def test_a_file_with_a_way_of_its_own_to_a_database_is_kept(reaching, word):
    assert reaching(f"{word}\n\ndef test_of_plain_values(): ...\n") == {"test_of_plain_values"}


def test_databases_of_their_own_are_the_same_whichever_the_run_is_about(reaching):
    assert reaching("import pytest, subprocess\n\n@pytest.mark.own_database\ndef test_of_its_own(db): ...\n\n"
                    "def test_of_others(): ...\n") == {"test_of_others"}


def _rows() -> list[tuple[object, ...]]:
    return list(DatedRule.objects.order_by("kind", "key", "valid_from").values_list(
        "kind", "key", "value", "valid_from", "valid_to", "source"))


def test_rules_written_in_one_go_are_those_of_an_installation(db):
    for _twice in range(2):
        DatedRule.objects.all().delete()
        starting.write_rules()
    quick = _rows()
    DatedRule.objects.all().delete()
    rules.write_defaults()

    assert quick == _rows()
    assert len(quick) == len(rules._declared)


def test_rules_that_stand_already_stay_and_those_declared_since_are_written(db, monkeypatch):
    starting.write_rules()
    DatedRule.objects.exclude(kind="sellers.auto_approve").delete()
    DatedRule.objects.update(value={"enabled": "maybe"})
    starting.write_rules()
    assert DatedRule.objects.get(kind="sellers.auto_approve").value == {"enabled": "maybe"}
    assert DatedRule.objects.count() == len(rules._declared)

    monkeypatch.setitem(rules._declared, ("test.new", ""), ({"a": 1}, "test"))
    DatedRule.objects.all().delete()
    starting.write_rules()

    assert DatedRule.objects.get(kind="test.new").value == {"a": 1}
