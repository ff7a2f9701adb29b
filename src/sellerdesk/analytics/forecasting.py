"""Demand of the next weeks with an interval: damped Holt-Winters with an additive week, in plain Python. Pure.

The method and how far it is trusted stand in docs/algorithms/demand.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import sqrt

SEASON = 7
#: Fewer days make no forecast: two seasons to begin with and two to be judged by.
LEAST_DAYS = 28
_ALPHA, _BETA, _GAMMA = (0.05, 0.1, 0.2, 0.35), (0.0, 0.02, 0.1), (0.05, 0.15, 0.3)
_DAMPING = 0.95
_FITTED = 12
#: An interval of 80 %: between the tenth and the ninetieth percentile of a normal error.
_WIDTH = 1.2816


@dataclass(frozen=True, slots=True)
class Outlook:
    """Expected units of each coming day, and between what they will lie four times out of five."""

    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(slots=True)
class _State:
    level: float
    trend: float
    season: list[float]


def outlook(days: Sequence[float], ahead: int) -> Outlook | None:
    """The next `ahead` days after a row of daily figures without gaps; None for fewer than LEAST_DAYS of them."""
    if len(days) < LEAST_DAYS:
        return None
    alpha, beta, gamma = min(product(_ALPHA, _BETA, _GAMMA), key=lambda one: _run(days, *one)[1])
    state, error = _run(days, alpha, beta, gamma)
    # Seven days of a week, level, trend and three smoothings were fitted to the same days.
    spread = sqrt(error / max(len(days) - 2 * SEASON - _FITTED, SEASON))
    mean, low, high = [], [], []
    for step in range(1, ahead + 1):
        damped = sum(_DAMPING ** at for at in range(1, step + 1))
        expected = max(state.level + damped * state.trend + state.season[(len(days) + step - 1) % SEASON], 0.0)
        # Errors of the level add up from day to day.
        width = _WIDTH * spread * sqrt(1 + (step - 1) * alpha * alpha)
        mean.append(expected)
        low.append(max(expected - width, 0.0))
        high.append(expected + width)
    return Outlook(tuple(mean), tuple(low), tuple(high))


def summed(outlook: Outlook) -> tuple[int, int, int]:
    """Mean, low and high of all days together. Days miss in both directions, so a month is surer than its days."""
    mean = sum(outlook.mean)
    width = sqrt(sum((high - day) ** 2 for day, high in zip(outlook.mean, outlook.high, strict=True)))
    return round(mean), round(max(mean - width, 0)), round(mean + width)


def seasonal_naive(days: Sequence[float], ahead: int) -> list[float]:
    """The baseline: each day as it was a week before."""
    return [days[len(days) - SEASON + step % SEASON] for step in range(ahead)]


def _run(days: Sequence[float], alpha: float, beta: float, gamma: float) -> tuple[_State, float]:
    """The state after all days, and the sum of squared errors of forecasts one day ahead behind the first two weeks."""
    first, second = days[:SEASON], days[SEASON:2 * SEASON]
    level = sum(first) / SEASON
    state = _State(level, (sum(second) - sum(first)) / SEASON / SEASON,
                   [(one + other) / 2 - (level + sum(second) / SEASON) / 2
                    for one, other in zip(first, second, strict=True)])
    total = 0.0
    for at, value in enumerate(days):
        trend = _DAMPING * state.trend
        expected = state.level + trend + state.season[at % SEASON]
        error = value - expected
        if at >= 2 * SEASON:
            total += error * error
        before = state.level
        state.level = alpha * (value - state.season[at % SEASON]) + (1 - alpha) * (before + trend)
        state.trend = beta * (state.level - before) + (1 - beta) * trend
        state.season[at % SEASON] = gamma * (value - state.level) + (1 - gamma) * state.season[at % SEASON]
    return state, total
