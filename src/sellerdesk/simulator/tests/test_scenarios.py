from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from sellerdesk.simulator.scenarios import library, reading, recording
from sellerdesk.simulator.scenarios.types import Portion
from sellerdesk.simulator.stories import Story

MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)
STRIKE = """name: strike
lasts: 3 days
buyers: {orders: 120, cancel: 4 %}
carriers: {lose: 1}
events:
  - {at: 1 day 8 h, do: strike, lasts: 20 h}
"""


def story(text=STRIKE, seller_id=1):
    scenario = reading.read(text)
    return Story(9, seller_id, scenario, MONDAY, MONDAY + scenario.lasts, MONDAY + scenario.lasts + scenario.settles)


def mistakes(text):
    with pytest.raises(reading.ScenarioInvalid) as caught:
        reading.read(text)
    return [(one.data["line"], one.field, one.code) for one in caught.value.fields]


def test_the_story_of_the_brief_is_read():
    scenario = reading.read(STRIKE)

    assert (scenario.orders, scenario.lasts) == (120, timedelta(days=3))
    assert scenario.fates == {"buyer_cancels": Portion(share_bp=400), "lost": Portion(count=1)}
    assert [(one.kind, one.at, one.lasts) for one in scenario.happenings] == [
        ("strike", timedelta(hours=32), timedelta(hours=20))]


def test_every_mistake_is_told_at_once_by_line_and_key():
    assert mistakes("""name: A b
lasts: three days
buyers:
  ordres: 12
  cancel: a few
events:
  - {at: 1 h, do: strik}
  - 12
  - {at: 1 h, do: strike, lasts: 2 fortnights, carier: x}
""") == [(1, "name", "bad_name"), (2, "lasts", "not_a_duration"), (4, "buyers.ordres", "unknown_key"),
         (5, "buyers.cancel", "not_a_portion"), (7, "events[1].do", "unknown_word"), (8, "events[2]", "not_a_group"),
         (9, "events[3].lasts", "not_a_duration"), (9, "events[3].carier", "unknown_key")]


def test_a_mistyped_key_is_told_with_the_one_that_was_meant():
    with pytest.raises(reading.ScenarioInvalid) as caught:
        reading.read("name: x\nlasts: 1 h\nbuyers: {ordres: 3}\n")

    assert caught.value.fields[0].text == "Line 3: there is no “buyers.ordres”. Did you mean “orders”?"


@pytest.mark.parametrize("text", ["", "- a list", "name: [", "a: &a [*a]\nname: x\nlasts: 1 h", "x: \x00", "!!python/x 1"])
def test_what_is_no_scenario_is_refused_and_never_a_crash(text):
    assert mistakes(text)


def test_more_fates_than_orders_are_refused():
    assert mistakes("name: x\nlasts: 1 h\nbuyers: {orders: 10, cancel: 6, return: 50 %}\n") == [
        (3, "buyers", "too_many_fates")]


@pytest.mark.parametrize("name", library.names())
def test_each_shipped_scenario_is_told_in_three_languages(name):
    scenario = library.scenario(name)

    assert scenario.name == name
    assert set(scenario.title) == set(scenario.story) == {"en", "ru", "zh-hans"}


def test_exactly_the_promised_orders_come_however_time_is_cut():
    whole = story().arrivals(MONDAY, MONDAY + timedelta(days=3), 1.0)
    hours = [one for hour in range(72) for one in story().arrivals(
        MONDAY + timedelta(hours=hour), MONDAY + timedelta(hours=hour + 1), 1.0)]

    assert len(whole) == 120
    assert hours == whole
    assert whole != story(seller_id=2).arrivals(MONDAY, MONDAY + timedelta(days=3), 1.0)


def test_fates_are_dealt_exactly():
    dealt = Counter(story().fate_of(index).kind for index in range(120))

    assert dealt == {"buyer_cancels": 5, "lost": 1, "": 114}


def test_a_strike_holds_for_its_hours_and_for_its_carrier():
    told = story(STRIKE.replace("lasts: 20 h}", "lasts: 20 h, carrier: northbox}"))

    assert told.strikes(MONDAY + timedelta(hours=31)) == {}
    assert told.strikes(MONDAY + timedelta(hours=33)) == {"northbox": MONDAY + timedelta(hours=52)}
    assert told.strikes(MONDAY + timedelta(hours=52)) == {}


def test_a_recorded_run_says_what_to_expect_and_what_differs():
    once = recording.recorded(STRIKE, {"orders": 120, "lost": 1, "anything": 5})
    twice = recording.recorded(once, {"orders": 120, "lost": 1})

    assert once == twice == STRIKE + "expect:\n  orders: 120\n  lost: 1\n"
    assert recording.differences(reading.read(once), {"orders": 120, "lost": 1}) == []
    assert recording.differences(reading.read(once), {"orders": 119, "lost": 1}) == [
        recording.Difference("orders", 120, 119)]


def test_another_seed_is_another_story():
    assert reading.read(recording.seeded(STRIKE, 7)).seed == 7
    assert reading.read(recording.seeded(recording.seeded(STRIKE, 7), 8)).seed == 8
