"""Which cards a person looks at, what that means for selling, and when the answer is due. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any

from sellerdesk.catalog import states
from sellerdesk.catalog.moderation_types import REASONS


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """The dated rule of review.

    `fields`: only a change of these is checked again. `always`: a change of these is looked at by a person;
    `stop_selling`: and the product is not sold meanwhile. Percents are sampled, by offer id. `categories` and
    `sellers`: all new cards and changes of these are looked at.
    """

    fields: frozenset[str]
    always: frozenset[str]
    stop_selling: frozenset[str]
    new_percent: int
    change_percent: int
    categories: frozenset[int]
    sellers: frozenset[int]
    rule_id: int

    @classmethod
    def of(cls, rule_id: int, value: Mapping[str, Any]) -> ReviewRule:
        return cls(frozenset(value.get("fields", ())), frozenset(value.get("always", ())),
                   frozenset(value.get("stop_selling", ())), value.get("new_percent", 0),
                   value.get("change_percent", 0), frozenset(value.get("categories", ())),
                   frozenset(value.get("sellers", ())), rule_id)


def reasons(rule: ReviewRule, *, changed: Collection[str], status: str | None, flagged: bool, offer_id: str,
            seller_id: int, category_ids: Sequence[int]) -> tuple[str, ...]:
    """Why a person should look at a card that came in; empty: nobody needs to. `status` None: it is new."""
    found = []
    if flagged:
        found.append("flagged")
    if status in (states.DECLINED, states.MODERATING):
        found.append("corrected")
    if status is not None and not rule.always.isdisjoint(changed):
        found.append("field")
    if not rule.categories.isdisjoint(category_ids):
        found.append("category")
    if seller_id in rule.sellers:
        found.append("seller")
    percent = rule.new_percent if status is None else rule.change_percent
    if zlib.crc32(f"{rule.rule_id}:{seller_id}:{offer_id}".encode()) % 100 < percent:
        found.append("sample")
    return tuple(found)


def stops_selling(rule: ReviewRule, why: Collection[str], changed: Collection[str]) -> bool:
    """Whether a card that is on sale leaves the shelf until somebody has looked."""
    return "flagged" in why or "corrected" in why or ("field" in why and not rule.stop_selling.isdisjoint(changed))


def risk(why: Collection[str], findings: int) -> int:
    """What is looked at first: the most urgent reason, a little more for each further one and for findings."""
    if not why:
        return 0
    return min(100, max(REASONS[one] for one in why) + 4 * (len(why) - 1) + 3 * min(findings, 5))


def place(*, status: str | None, hidden_because: str, priced: bool, judged: bool, papers_missing: bool,
          why: Collection[str], stops: bool) -> tuple[str, str]:
    """The state of a card after it came in, and why it is hidden where it is. `status` None: it is new."""
    ready = states.after_check(priced=priced)
    if status == states.HIDDEN and (not judged or hidden_because != states.NO_PAPER):
        return states.HIDDEN, hidden_because
    if not judged:
        return (status, "") if status in (states.MODERATING, states.DECLINED) else (ready, "")
    if why and (status is None or stops or status in (states.MODERATING, states.DECLINED)):
        return states.MODERATING, ""
    return (states.HIDDEN, states.NO_PAPER) if papers_missing else (ready, "")


def due(opened_at: datetime, working_days: int, zone: tzinfo = UTC, holidays: Collection[str] = ()) -> datetime:
    """The end of the n-th working day after a moment, on the marketplace's clock.

    Saturdays, Sundays and holidays do not count. A holiday is a day (2026-12-31) or one of every year (01-07).
    """
    day = opened_at.astimezone(zone).date()
    free = frozenset(holidays)
    left = working_days
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and free.isdisjoint((day.isoformat(), day.isoformat()[5:]))
    return datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC)
