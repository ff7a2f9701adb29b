"""How demand moves with the week and the year, as indices with an interval. Pure.

An index of 100 is an average day; method and worked numbers: docs/algorithms/seasonality.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

WEEK = 7
#: As in the forecast: four times out of five the true index lies within.
_WIDTH = 1.2816
#: Fewer observations of a weekday, month or week of the year tell nothing.
LEAST_WEEKS, LEAST_OF_MONTH, LEAST_OF_WEEK = 4, 3, 5


@dataclass(frozen=True, slots=True)
class Index:
    """Demand of an average day of some kind against an average day at all, in percent; `seen` is of how many."""

    mean: float
    low: float
    high: float
    seen: int


def by_weekday(days: Sequence[float]) -> list[float] | None:
    """How much of an average day each place of the week is, the first day's place first; None before four weeks."""
    ratios = _of_places(days)
    if min(len(one) for one in ratios) < LEAST_WEEKS:
        return None
    means = [sum(one) / len(one) for one in ratios]
    whole = sum(means) / WEEK
    return [one / whole for one in means] if whole else None


def weekdays(first: date, days: Sequence[float]) -> dict[int, Index | None]:
    """Monday, 0, to Sunday: each day against the week around it."""
    ratios = _of_places(days)
    return {(first + timedelta(days=place)).weekday(): _index(ratios[place], LEAST_WEEKS) for place in range(WEEK)}


def months(weeks: Mapping[date, float], told: Mapping[int, bool]) -> dict[int, Index | None]:
    """January, 1, to December, from sums of whole weeks by their Monday. A week counts for the month of its Thursday;
    `told` says of which months so many sell that they may be told."""
    level = sum(weeks.values()) / len(weeks) if weeks else 0
    found: dict[int, list[float]] = defaultdict(list)
    for monday, units in weeks.items():
        if level:
            found[(monday + timedelta(days=3)).month].append(units / level)
    return {month: _index(found[month], LEAST_OF_MONTH) if told.get(month) else None for month in range(1, 13)}


def weeks_of_year(first: date, days: Sequence[float], told: Mapping[int, bool]) -> dict[int, Index | None]:
    """ISO weeks 1 to 53: the days of each, without what their weekday makes of them, against an average day."""
    level = sum(days) / len(days) if days else 0
    places = by_weekday(days)
    found: dict[int, list[float]] = defaultdict(list)
    for at, units in enumerate(days):
        share = places[at % WEEK] if places else 1.0
        if level and share:
            found[(first + timedelta(days=at)).isocalendar().week].append(units / share / level)
    return {week: _index(found[week], LEAST_OF_WEEK) if told.get(week) else None for week in range(1, 54)}


def _of_places(days: Sequence[float]) -> list[list[float]]:
    """For each place in the week, days as shares of the mean of the seven days around them."""
    ratios: list[list[float]] = [[] for _ in range(WEEK)]
    for at in range(3, len(days) - 3):
        level = sum(days[at - 3:at + 4]) / WEEK
        if level:
            ratios[at % WEEK].append(days[at] / level)
    return ratios


def _index(ratios: Sequence[float], least: int) -> Index | None:
    if len(ratios) < least:
        return None
    mean = sum(ratios) / len(ratios)
    spread = sqrt(sum((one - mean) ** 2 for one in ratios) / (len(ratios) - 1))
    width = _WIDTH * spread / sqrt(len(ratios))
    return Index(round(100 * mean, 1), round(100 * max(mean - width, 0), 1), round(100 * (mean + width), 1),
                 len(ratios))
