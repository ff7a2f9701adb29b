"""What a person asks the explorer: read from an address and spelled into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.analytics.metrics import DIMENSIONS, FIRST_METRICS, METRICS, MOST_METRICS, TIMES
from sellerdesk.analytics.types import Question
from sellerdesk.core.http import posted

PERIODS: dict[str, Any] = {
    "7": _("7 days"), "28": pgettext_lazy("analytics", "28 days"), "90": _("90 days"), "month": _("This month"),
    "last_month": _("Last month"),
    "quarter": _("This quarter"), "year": _("This year"), "own": _("Own dates"),
}
COMPARED: dict[str, Any] = {"": _("Compare with nothing"), "before": _("The period before"),
                            "year": _("A year earlier")}
#: Nobody reads more on a page; files hold everything.
PAGE_ROWS = 100
_LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with how its period was named; `compare` is a key of COMPARED."""

    question: Question
    period: str
    compare: str

    @property
    def other(self) -> tuple[date, date]:
        """The days compared with: as many before, or the same a year earlier."""
        since, until = self.question.since, self.question.until
        if self.compare == "year":
            return _year_earlier(since), _year_earlier(until)
        length = until - since
        return since - length - timedelta(days=1), since - timedelta(days=1)

    def address(self, **changed: Any) -> str:
        """This page's address with some parameters changed; None takes one out."""
        return href(self.params(), **changed)

    def params(self) -> dict[str, Any]:
        """As spelled in the address."""
        asked = self.question
        made: dict[str, Any] = {
            "period": self.period, "compare": self.compare, "by": asked.by[0], "m": list(asked.metrics),
            "warehouse": list(asked.warehouse_ids), "scheme": list(asked.schemes), "region": list(asked.regions),
            "sku": list(asked.skus), "category": asked.category_id or "", "brand": asked.brand,
            "model": asked.model_key, "query": asked.query,
            "sort": f"-{asked.sort}" if asked.sort and asked.descending else asked.sort}
        if self.period == "own":
            made |= {"from": asked.since.isoformat(), "to": asked.until.isoformat()}
        return made


def href(params: Mapping[str, Any], name: str = "analytics:explorer", **changed: Any) -> str:
    kept = {key: value for key, value in {**params, **changed}.items() if value not in (None, "", [], ())}
    return f"{reverse(name)}?{urlencode(kept, doseq=True)}"


def read(query: QueryDict, today: date, *, own_warehouses: Sequence[int] = ()) -> Asked:
    """What an address asks; whatever is not understood counts as not said. People of single warehouses ask about those
    only."""
    period = query.get("period", "28")
    period = period if period in PERIODS else "28"
    since, until = _days(period, query, today)
    by = query.get("by", "day")
    by = by if by in DIMENSIONS else "day"
    metrics = tuple(dict.fromkeys(one for one in query.getlist("m") if one in METRICS))[:MOST_METRICS] or FIRST_METRICS
    sort = query.get("sort", "" if by in TIMES else f"-{metrics[0]}")
    chosen = tuple(posted.numbers(query.getlist("warehouse")))
    if own_warehouses:
        chosen = tuple(one for one in chosen if one in own_warehouses) or tuple(own_warehouses)
    return Asked(Question(
        since, until, (by,), metrics, warehouse_ids=chosen,
        schemes=tuple(one for one in query.getlist("scheme") if one in ("fbs", "rfbs", "fbo")),
        regions=tuple(query.getlist("region"))[:50], skus=tuple(posted.numbers(query.getlist("sku")))[:200],
        category_id=next(iter(posted.numbers(query.getlist("category"))), 0), brand=query.get("brand", "")[:200],
        model_key=query.get("model", "")[:200], query=query.get("query", "")[:120],
        sort=sort.lstrip("-") if sort.lstrip("-") in (*metrics, "name") else "", descending=sort.startswith("-"),
        offset=next(iter(posted.numbers(query.getlist("offset"))), 0), limit=PAGE_ROWS),
        period, query.get("compare", "") if query.get("compare", "") in COMPARED else "")


def everything(asked: Asked) -> Question:
    """All rows, for files."""
    return replace(asked.question, offset=0, limit=10**9)


def today_of(zone: ZoneInfo, now: Any) -> date:
    found: date = now.astimezone(zone).date()
    return found


def _days(period: str, query: QueryDict, today: date) -> tuple[date, date]:
    if days := posted.number(period, digits=4):
        return today - timedelta(days=days - 1), today
    if period == "month":
        return today.replace(day=1), today
    if period == "last_month":
        last = today.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    if period == "quarter":
        return date(today.year, (today.month - 1) // 3 * 3 + 1, 1), today
    if period == "year":
        return date(today.year, 1, 1), today
    since, until = _day(query.get("from", ""), today - timedelta(days=27)), _day(query.get("to", ""), today)
    since, until = min(since, until), max(since, until)
    return max(since, until - _LONGEST), until


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def _year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
