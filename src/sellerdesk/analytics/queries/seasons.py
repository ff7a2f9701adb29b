"""How demand moves: the season of a category, and what is expected of the next weeks, from sums over all shops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sellerdesk.analytics import forecasting, seasonality
from sellerdesk.analytics.queries import insight
from sellerdesk.analytics.types import Expected, Season
from sellerdesk.core import scope
from sellerdesk.core.db import fetch_all, json_param, json_rows, placeholders
from sellerdesk.sellers.types import SellerRef

#: Three years: more says little about the next one.
_LONGEST = 1096
AHEAD, _LEARNED = 28, 90
#: Nobody's page waits for more forecasts than these.
MOST_FORECASTS = 40


@scope.across_shops()
def season(category_id: int, until: date, *, now: datetime) -> Season | None:
    """The season of a category by weekday, month and week of the year; None where too few sell in it. Two queries.

    A month or week is told where enough sellers sold in it, in one year at least, and its days are known.
    """
    least = insight.least_sellers(now)
    sold = {insight.as_date(row[0]): int(row[1]) for row in fetch_all(
        "SELECT day, SUM(units) FROM analytics_marketday WHERE category_id = %s AND day > %s AND day <= %s"
        " GROUP BY day", [category_id, until - timedelta(days=_LONGEST), until])}
    if not sold:
        return None
    first = min(sold)
    days = [sold.get(first + timedelta(days=at), 0) for at in range((until - first).days + 1)]
    mondays = [day for at in range(len(days)) if (day := first + timedelta(days=at)).weekday() == 0
               and day + timedelta(days=6) <= until]
    spans = [(monday, monday + timedelta(days=6)) for monday in mondays]
    months = sorted({day.replace(day=1) for day in (first + timedelta(days=at) for at in range(len(days)))})
    spans += [(month, (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)) for month in months]
    sellers = _sellers(category_id, [*spans, (first, until)])
    if sellers[len(spans)] < least:
        return None
    weeks = {monday: float(sum(sold.get(monday + timedelta(days=at), 0) for at in range(7))) for monday in mondays}
    told_weeks: dict[int, bool] = defaultdict(bool)
    told_months: dict[int, bool] = defaultdict(bool)
    for at, (since, _last) in enumerate(spans):
        into, key = (told_weeks, since.isocalendar().week) if at < len(mondays) else (told_months, since.month)
        into[key] |= sellers[at] >= least
    return Season(first, until, len(days), seasonality.weekdays(first, days), seasonality.months(weeks, told_months),
                  seasonality.weeks_of_year(first, days, told_weeks))


@scope.across_shops()
def expected(seller: SellerRef, category_ids: Sequence[int], until: date, *, now: datetime) -> dict[int, Expected]:
    """Units that all shops together will sell in each category in the next four weeks; those that too few sell in, or
    that are known for too short a time, are left out. Two queries."""
    wanted = sorted(set(category_ids))[:MOST_FORECASTS]
    if not wanted:
        return {}
    since = until - timedelta(days=_LEARNED - 1)
    within = f"category_id IN ({placeholders(wanted)}) AND day >= %s AND day <= %s"
    many = {int(row[0]) for row in fetch_all(
        f"SELECT category_id FROM analytics_marketday WHERE {within} GROUP BY category_id"
        " HAVING COUNT(DISTINCT seller_id) >= %s", [*wanted, since, until, insight.least_sellers(now)])}
    sold: dict[int, dict[date, int]] = defaultdict(dict)
    for key, day, units in fetch_all(
            f"SELECT category_id, day, SUM(units) FROM analytics_marketday WHERE {within} GROUP BY category_id, day",
            [*wanted, since, until]):
        sold[int(key)][insight.as_date(day)] = int(units)
    return {key: found for key in wanted if key in many and (found := _expected(sold[key], until))}


def expected_searches(queries: Sequence[str], until: date, *, least: int) -> dict[str, Expected]:
    """How many buyers will search for each of these words in the next four weeks; words that fewer than `least` asked
    for are left out. One query."""
    wanted = sorted({text.lower() for text in queries})[:MOST_FORECASTS]
    if not wanted:
        return {}
    asked: dict[str, dict[date, int]] = defaultdict(dict)
    for query, day, searches in fetch_all(
            "SELECT query, day, SUM(searches) FROM analytics_searchday WHERE"
            f" query IN ({placeholders(wanted)}) AND day >= %s AND day <= %s GROUP BY query, day",
            [*wanted, until - timedelta(days=_LEARNED - 1), until]):
        asked[query][insight.as_date(day)] = int(searches)
    return {query: found for query, days in asked.items()
            if sum(days.values()) >= least and (found := _expected(days, until))}


def _expected(sold: dict[date, int], until: date) -> Expected | None:
    """From the first day on which there was anything: what has just opened has no zeros before."""
    first = min(sold)
    outlook = forecasting.outlook(
        [sold.get(first + timedelta(days=at), 0) for at in range((until - first).days + 1)], AHEAD)
    if outlook is None:
        return None
    mean, low, high = forecasting.summed(outlook)
    return Expected(AHEAD, mean, low, high)


def _sellers(category_id: int, spans: Sequence[tuple[date, date]]) -> list[int]:
    """How many shops sold in a category in each stretch of days. One query."""
    found = dict(fetch_all(
        "SELECT v.at, COUNT(DISTINCT f.seller_id) FROM " + json_rows("v", at="int", low="text", high="text") +
        " JOIN analytics_marketday f ON f.category_id = %s AND CAST(f.day AS text) >= v.low"
        " AND CAST(f.day AS text) <= v.high GROUP BY v.at",
        [json_param([(at, low.isoformat(), high.isoformat()) for at, (low, high) in enumerate(spans)]), category_id]))
    return [int(found.get(at, 0)) for at in range(len(spans))]
