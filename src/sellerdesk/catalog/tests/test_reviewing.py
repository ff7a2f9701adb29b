from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sellerdesk.catalog import reviewing

RULE = reviewing.ReviewRule.of(7, {
    "fields": ["name", "type_id"], "always": ["type_id"], "stop_selling": ["type_id"], "new_percent": 0,
    "change_percent": 0, "categories": [50], "sellers": [9]})


def why(**changed):
    return reviewing.reasons(RULE, **{"changed": ["name"], "status": "price_sent", "flagged": False, "offer_id": "A",
                                      "seller_id": 1, "category_ids": (1,), **changed})


@pytest.mark.parametrize(("changed", "reasons"), [
    ({}, ()), ({"flagged": True}, ("flagged",)), ({"changed": ["type_id"]}, ("field",)),
    ({"changed": ["type_id"], "status": None}, ()), ({"status": "declined"}, ("corrected",)),
    ({"category_ids": (3, 50)}, ("category",)), ({"seller_id": 9}, ("seller",))])
def test_why_a_person_looks(changed, reasons):
    assert why(**changed) == reasons


def test_a_sample_is_the_share_asked_for_and_the_same_each_time():
    rule = reviewing.ReviewRule.of(7, {"new_percent": 10})

    def sampled(offer_id):
        return reviewing.reasons(rule, changed=(), status=None, flagged=False, offer_id=offer_id, seller_id=1,
                                 category_ids=())

    first = [bool(sampled(f"N-{at}")) for at in range(2000)]
    assert 140 < sum(first) < 260
    assert first == [bool(sampled(f"N-{at}")) for at in range(2000)]


@pytest.mark.parametrize(("given", "place"), [
    ({"status": None}, ("price_sent", "")), ({"status": None, "priced": False}, ("processed", "")),
    ({"status": None, "why": ("sample",)}, ("moderating", "")),
    ({"status": "price_sent", "why": ("sample",)}, ("price_sent", "")),
    ({"status": "price_sent", "why": ("flagged",), "stops": True}, ("moderating", "")),
    ({"status": "declined", "why": ("corrected",), "stops": True}, ("moderating", "")),
    ({"status": "declined", "judged": False}, ("declined", "")),
    ({"status": "moderating", "judged": False}, ("moderating", "")),
    ({"status": None, "papers_missing": True}, ("hidden", "no_paper")),
    ({"status": "hidden", "hidden_because": "no_paper"}, ("price_sent", "")),
    ({"status": "hidden", "hidden_because": "paper_expired"}, ("hidden", "paper_expired")),
    ({"status": "hidden", "hidden_because": "stopped", "judged": False}, ("hidden", "stopped")),
    ({"status": "processed", "judged": False}, ("price_sent", ""))])
def test_where_a_card_stands_after_it_came_in(given, place):
    assert reviewing.place(**{"hidden_because": "", "priced": True, "judged": True, "papers_missing": False, "why": (),
                              "stops": False, **given}) == place


@pytest.mark.parametrize(("opened", "days", "due"), [
    (datetime(2026, 11, 23, 9, tzinfo=UTC), 3, datetime(2026, 11, 26, 23, 59, 59, tzinfo=UTC)),
    (datetime(2026, 11, 26, 9, tzinfo=UTC), 3, datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC)),
    (datetime(2026, 11, 28, 9, tzinfo=UTC), 1, datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC))])
def test_the_clock_counts_working_days(opened, days, due):
    assert reviewing.due(opened, days) == due


def test_the_working_day_is_that_of_the_marketplaces_zone():
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # Tuesday already in Moscow

    assert reviewing.due(late, 1, ZoneInfo("Europe/Moscow")) == datetime(2026, 11, 25, 20, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("holidays", [["01-07", "2027-01-08"], ["2027-01-07", "01-08", "02-23"]])
def test_holidays_are_no_working_days_whether_yearly_or_single(holidays):
    opened = datetime(2027, 1, 6, 9, tzinfo=UTC)  # a Wednesday

    assert reviewing.due(opened, 1, UTC, holidays) == datetime(2027, 1, 11, 23, 59, 59, tzinfo=UTC)


def test_risk_grows_with_reasons_and_findings_up_to_a_hundred():
    assert reviewing.risk((), 5) == 0
    assert reviewing.risk(("sample",), 0) == 10
    assert reviewing.risk(("flagged", "corrected"), 2) == 70
    assert reviewing.risk(("appeal", "flagged", "seller", "category", "field", "corrected", "sample"), 9) == 100
