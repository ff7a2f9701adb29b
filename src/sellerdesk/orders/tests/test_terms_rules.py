"""Terms as pure decisions, with the worked numbers of docs/algorithms."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from sellerdesk.orders.terms import defaults, index, ratings, steps
from sellerdesk.orders.terms.types import Calendar, IndexRule, LatePolicy, Tariff, Thresholds

RULE = IndexRule.of(defaults.ERROR_INDEX[""], 1)
POLICY = LatePolicy.of(defaults.LATE_POLICY[""], 2)
TARIFF = Tariff.of(defaults.LATE_TARIFF[""], 3)
MOSCOW = Calendar("Europe/Moscow")
# A Monday, 18:00 in Moscow.
DUE = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(("calendar", "due", "ends"), [
    (MOSCOW, DUE, datetime(2026, 11, 24, 21, 0, tzinfo=UTC)),
    # Friday, and nobody works at weekends: the midnight that ends Monday.
    (Calendar("Europe/Moscow", (1, 2, 3, 4, 5)), DUE + timedelta(days=4), datetime(2026, 11, 30, 21, 0, tzinfo=UTC)),
    (Calendar("Europe/Moscow", (1, 2, 3, 4, 5), (date(2026, 11, 24),)), DUE, datetime(2026, 11, 25, 21, 0, tzinfo=UTC)),
    # Clocks go back on that Sunday: the day after has 25 hours and still ends at midnight.
    (Calendar("Europe/Berlin"), datetime(2026, 10, 24, 16, 0, tzinfo=UTC), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
    # A warehouse that never works ends the day after.
    (Calendar("Asia/Shanghai", ()), DUE, datetime(2026, 11, 24, 16, 0, tzinfo=UTC)),
])
def test_a_posting_ends_with_the_next_working_day_of_its_warehouse(calendar, due, ends) -> None:
    assert steps.cancels_at(due, calendar, POLICY) == ends
    assert ends - due >= steps.earliest_cancel(POLICY)


def test_another_version_of_the_policy_counts_hours() -> None:
    policy = LatePolicy("hours", 5 * 24, 60, 4)

    assert steps.cancels_at(DUE, MOSCOW, policy) == DUE + timedelta(days=5)
    assert steps.earliest_cancel(policy) == timedelta(days=5)


def test_steps_rise_with_time_and_end_with_the_posting() -> None:
    ends = DUE + timedelta(hours=20)
    made = steps.schedule(DUE, ends, 10_000_00, TARIFF, 450_00, 300_00, 300)

    assert [(step.kind, step.starts_at, step.amount_minor) for step in made] == [
        ("on_time", None, 0), ("late", DUE, 100_00), ("late", DUE + timedelta(hours=12), 300_00),
        ("cancel", ends, 300_00)]
    assert steps.standing(made, DUE - timedelta(seconds=1)) == (made[0], made[1])
    assert steps.standing(made, DUE) == (made[1], made[2])
    assert steps.standing(made, ends) == (made[3], None)
    capped = steps.schedule(DUE, DUE + timedelta(days=2), 10_000_00, TARIFF, 450_00, 0)
    assert [step.amount_minor for step in capped] == [0, 100_00, 300_00, 450_00, 0]


@pytest.mark.parametrize(("hours", "bp"), [(-1, 0), (0, 0), (0.001, 100), (11.99, 100), (12, 300), (24, 500), (99, 500)])
def test_a_late_hand_over_pays_the_step_it_reached(hours, bp) -> None:
    assert steps.late_bp(DUE, DUE + timedelta(hours=hours), TARIFF) == bp


@pytest.mark.parametrize(("errors", "shipments", "bp", "fee_bp", "blocked"), [
    (0, 0, 0, 0, False), (1, 25, 400, 0, False), (2, 49, 408, 300, False), (401, 10_000, 401, 300, False),
    (1, 10, 1000, 300, False), (2, 20, 1000, 300, False), (3, 20, 1500, 600, False), (8, 20, 4000, 900, False),
    (9, 20, 4500, 900, True), (20, 20, 10_000, 900, True)])
def test_the_zone_of_an_index_gives_the_fee(errors, shipments, bp, fee_bp, blocked) -> None:
    found = index.measure(errors, max(shipments, 0), RULE)

    assert found.bp == bp
    assert found.zone.fee_bp == fee_bp
    assert found.grace == (shipments < 20)
    assert found.blocked == (blocked and not found.grace)


def test_a_fee_is_a_share_with_a_cap_and_nothing_under_grace() -> None:
    red = index.measure(9, 20, RULE)

    assert index.fee_minor(red, 1_000_00, 1_500_00) == 90_00
    assert index.fee_minor(red, 50_000_00, 1_500_00) == 1_500_00
    assert index.fee_minor(index.measure(9, 19, RULE), 1_000_00, 1_500_00) == 0


def test_the_room_left_in_a_zone() -> None:
    assert index.room(2, 100, RULE) == 2
    assert index.measure(4, 102, RULE).bp == 392
    assert index.measure(5, 103, RULE).zone_at == 1
    assert index.room(20, 20, RULE) is None


def test_the_window_is_fourteen_days_of_the_marketplace_without_today() -> None:
    # 21:30 UTC is the next day in Moscow.
    day = index.day_of(datetime(2026, 11, 23, 21, 30, tzinfo=UTC), RULE.time_zone)

    assert day == date(2026, 11, 24)
    assert index.window(day, RULE) == (date(2026, 11, 10), date(2026, 11, 24))
    assert index.start_of(day, RULE.time_zone) == datetime(2026, 11, 23, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(("value", "status"), [(10_000, "OK"), (9_500, "OK"), (9_499, "WARNING"), (9_000, "WARNING"),
                                               (8_999, "CRITICAL")])
def test_ratings_warn_below_their_thresholds(value, status) -> None:
    bounds = Thresholds(9_500, 9_000, 9_800, lower_is_better=False)
    day = date(2026, 11, 23)

    found = ratings.rate(ratings.ON_TIME, "shipping", value, 9_600, bounds, known=True, since=day, until=day)
    assert (found.status, found.meaning) == (status, "GOOD" if value > 9_600 else "BAD")
    unknown = ratings.rate(ratings.ON_TIME, "shipping", value, value, bounds, known=False, since=day, until=day)
    assert (unknown.status, unknown.direction, unknown.meaning) == ("OK", "NONE", "NONE")
