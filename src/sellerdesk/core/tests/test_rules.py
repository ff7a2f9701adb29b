from datetime import UTC, datetime

import pytest

from sellerdesk.core import rules
from sellerdesk.core.errors import Unavailable

pytestmark = pytest.mark.django_db
OLD = datetime(2025, 1, 1, tzinfo=UTC)
NEW = datetime(2026, 1, 1, tzinfo=UTC)


def test_the_rule_in_force_at_the_moment_is_found_and_says_where_it_comes_from():
    rules.put("test.fee", "", {"bp": 1000}, valid_from=OLD, source="price list 2025")
    rules.put("test.fee", "", {"bp": 1200}, valid_from=NEW, source="price list 2026")

    before = rules.get("test.fee", "toys", datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC))
    after = rules.get("test.fee", "toys", NEW)

    assert (before.value, before.source, before.valid_to) == ({"bp": 1000}, "price list 2025", NEW)
    assert (after.value, after.source) == ({"bp": 1200}, "price list 2026")


def test_a_key_of_its_own_wins_over_the_default():
    rules.put("test.fee", "", 1, valid_from=OLD, source="a")
    rules.put("test.fee", "toys", 2, valid_from=OLD, source="b")

    assert rules.get("test.fee", "toys", NEW).value == 2
    assert rules.get("test.fee", "books", NEW).value == 1


def test_a_missing_rule_is_told_and_not_guessed():
    with pytest.raises(Unavailable):
        rules.get("test.none", "x", NEW)
