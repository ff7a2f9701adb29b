from datetime import UTC, datetime

import pytest
from django.utils import translation

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

    assert (before.value, before.source.text, before.valid_to) == ({"bp": 1000}, "price list 2025", NEW)
    assert (after.value, after.source.text) == ({"bp": 1200}, "price list 2026")


def test_a_key_of_its_own_wins_over_the_default():
    rules.put("test.fee", "", 1, valid_from=OLD, source="a")
    rules.put("test.fee", "toys", 2, valid_from=OLD, source="b")

    assert rules.get("test.fee", "toys", NEW).value == 2
    assert rules.get("test.fee", "books", NEW).value == 1


def test_a_missing_rule_is_told_and_not_guessed():
    with pytest.raises(Unavailable):
        rules.get("test.none", "x", NEW)


#: Kinds whose source pages print beside a figure, to shops or to operators.
_PRINTED = ("catalog.archive", "catalog.assortment", "catalog.score", "catalog.screening", "economics.", "finance.",
            "inventory.storage", "logistics.tariff", "messaging.counting", "orders.dispute", "orders.error_index",
            "orders.late_", "orders.rating")


def told(source: rules.Source) -> dict[str, str]:
    found = {}
    for language in ("en", "ru", "zh-hans"):
        with translation.override(language):
            found[language] = str(source)
    return found


def test_a_source_is_read_in_the_language_an_operator_said_it_in_and_else_as_it_is_kept():
    id_ = rules.put("test.fee", "", 1, valid_from=OLD, source="Order 17", source_names={"ru": "Приказ № 17"})

    kept = rules.get("test.fee", "", NEW).source

    assert (kept.text, told(kept)) == ("Order 17", {"en": "Order 17", "ru": "Приказ № 17", "zh-hans": "Order 17"})
    assert rules.notes([None, id_])[id_] == rules.Note(OLD, kept)


def test_sources_of_the_start_that_pages_print_are_translated_by_the_program():
    printed = {text for (kind, _key), (_value, text) in rules._declared.items() if kind.startswith(_PRINTED)}
    lacking = [text for text in sorted(printed) if len(set(told(rules.Source(text)).values())) < 3]

    assert printed
    assert lacking == []
