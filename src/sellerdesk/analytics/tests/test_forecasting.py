"""The forecast against the seasonal-naive baseline, on weeks of the simulated market that it has not seen."""

from datetime import UTC, datetime, timedelta
from itertools import product

from sellerdesk.analytics import forecasting
from sellerdesk.simulator import browsing, buyers

# Weeks without a great day of the calendar, which no forecast by habit foresees.
STARTS = [datetime(2026, 3, 9, tzinfo=UTC), datetime(2026, 4, 6, tzinfo=UTC), datetime(2026, 5, 4, tzinfo=UTC)]
DAYS, AHEAD = 84, 14


def series(start: datetime, category: int, seed: int) -> list[int]:
    """Units a day that a category sells: the same draws that fill the market of the demo."""
    made = []
    for at in range(DAYS + AHEAD):
        day = start + timedelta(days=at)
        noon = day + timedelta(hours=10)
        lively = buyers.holiday(noon) * buyers.demand(noon, seed, 0)
        made.append(sum(one.units for one in browsing.rival_sales(seed, category, day, 100_000, lively)))
    return made


def test_it_beats_the_same_weekday_of_last_week_on_weeks_held_back():
    ours = naive = inside = all_days = 0.0
    for start, category in product(STARTS, range(1, 21)):
        units = series(start, category, 20)
        known, later = units[:DAYS], units[DAYS:]
        found = forecasting.outlook(known, AHEAD)
        base = forecasting.seasonal_naive(known, AHEAD)
        ours += sum(abs(value - mean) for value, mean in zip(later, found.mean, strict=True))
        naive += sum(abs(value - mean) for value, mean in zip(later, base, strict=True))
        inside += sum(low <= value <= high for value, low, high in zip(later, found.low, found.high, strict=True))
        all_days += AHEAD

    print(f"mean absolute error: {ours / all_days:.2f} units a day, naive {naive / all_days:.2f};"
          f" inside the interval {inside / all_days:.0%}")
    assert ours < 0.9 * naive
    assert 0.7 <= inside / all_days <= 0.95


def test_few_days_make_no_forecast():
    assert forecasting.outlook([3.0] * 27, 14) is None
    assert forecasting.outlook([3.0] * 28, 3).mean == (3.0, 3.0, 3.0)
