from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sellerdesk.analytics import rules

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_week_ago_ends_at_the_same_minute_of_the_wall_clock_over_a_change_of_the_clocks():
    now = datetime(2026, 10, 27, 9, 30, tzinfo=UTC)  # 10:30 in Berlin, winter time since Sunday

    start, end = rules.a_week_before(now, BERLIN)

    assert start == datetime(2026, 10, 20, 0, 0, tzinfo=BERLIN)
    assert end.astimezone(UTC) == datetime(2026, 10, 20, 8, 30, tzinfo=UTC)


def test_the_day_begins_at_the_shops_midnight():
    assert rules.day_start(datetime(2026, 11, 23, 21, 30, tzinfo=UTC), ZoneInfo("Europe/Moscow")) == datetime(
        2026, 11, 23, 21, 0, tzinfo=UTC)
    assert rules.next_day(datetime(2026, 10, 25, tzinfo=BERLIN)).astimezone(UTC) == datetime(
        2026, 10, 25, 23, 0, tzinfo=UTC)


def test_growth_from_nothing_has_no_percentage():
    assert rules.change_percent(5, 0) is None
    assert rules.change_percent(15, 10) == 50.0
    assert rules.change_percent(5, 8) == -37.5


def test_days_have_as_many_quarters_as_the_clocks_give_them():
    autumn, spring = date(2026, 10, 25), date(2026, 3, 29)

    assert [high - low for low, high in rules.day_bounds([autumn, spring], BERLIN)] == [100, 92]
    # Lord Howe moves its clocks by half an hour, Kathmandu begins its days at 18:15 UTC.
    assert [high - low for low, high in rules.day_bounds([date(2026, 4, 5)], ZoneInfo("Australia/Lord_Howe"))] == [98]
    [(low, _high)] = rules.day_bounds([date(2026, 11, 23)], ZoneInfo("Asia/Kathmandu"))
    assert rules.slot_start(low) == datetime(2026, 11, 22, 18, 15, tzinfo=UTC)
