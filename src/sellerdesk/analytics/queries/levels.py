"""What is kept by UTC day. Stock and cards as days ended with them: the last known day of a period tells what there is,
and days are averaged, never added up. Queries of buyers, which are. What no day is known of is no data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sellerdesk.analytics.metrics import CARDS, METRICS, SEARCH, STOCK
from sellerdesk.analytics.queries.question import Chosen, carded, condition_sql, known_columns, parts_of
from sellerdesk.analytics.types import Question
from sellerdesk.core.db import fetch_all, is_postgres, json_param, json_rows
from sellerdesk.sellers.types import SellerRef

#: What is summed over rows of (period, last, present, free, minor), one row a product and day where those are counted.
SUM = {"stock_last": "SUM(CASE WHEN last = 1 THEN present END)",
        "stock_last_minor": "SUM(CASE WHEN last = 1 THEN minor END)",
        "stock_units": "SUM(present)", "stock_pairs": "COUNT(*)",
        "stock_out": "SUM(CASE WHEN free <= 0 THEN 1 ELSE 0 END)"}
_COUNTED = {"stock_pairs", "stock_out"}
_LAST = {"stock_last", "stock_last_minor"}
_SEARCH = {name: name.removeprefix("search_") for name in SEARCH} | {"search_minor": "gmv_minor"}
_CARDS = {"cards_last": "SUM(CASE WHEN v.last = 1 THEN f.products END)", "cards_pairs": "SUM(f.products)",
          "cards_scores": "SUM(f.score_sum)"}


@dataclass(frozen=True, slots=True)
class Days:
    """Known days by the number of their period, oldest first."""

    known: tuple[tuple[int, date], ...]

    @property
    def counts(self) -> Counter[int]:
        return Counter(period for period, _day in self.known)

    def param(self, *, last_only: bool = False) -> str:
        """Rows of (period, day, whether it is the last one known)."""
        last = dict(self.known)
        return json_param([[period, day.isoformat(), int(day == last[period])] for period, day in self.known
                           if not last_only or day == last[period]])


@dataclass(frozen=True, slots=True)
class Levels:
    """What is asked of a period: which columns of each kind, and the known days of both kinds."""

    seller: SellerRef
    question: Question
    stock: tuple[str, ...]
    cards: tuple[str, ...]
    search: tuple[str, ...]
    stock_days: Days
    cards_days: Days
    every_day: Days

    def rows(self, chosen: Chosen | None) -> list[tuple[list[str], tuple[str, ...], list[tuple[Any, ...]]]]:
        """(columns told apart by, columns summed, rows of period, the former, the latter). Four queries at most."""
        parts = parts_of(self.question)
        keys = ", ".join(["period", *parts])
        made: list[tuple[list[str], tuple[str, ...], list[tuple[Any, ...]]]] = []
        for source, params, names in self.sources(chosen, parts):
            sums = ", ".join(f"{SUM.get(name, f'SUM({name})')} AS {name}" for name in names)
            sql, told = carded(self.question, f"SELECT {keys}, {sums} FROM ({source}) l GROUP BY {keys}", names)
            made.append((told, names, fetch_all(sql, params)))
        if self.cards and self.cards_days.known:
            made.append(([], self.cards, fetch_all(
                f"SELECT v.period, {', '.join(_CARDS[name] for name in self.cards)} FROM {_days()}"
                f" CROSS JOIN analytics_cardsday f WHERE f.seller_id = %s AND f.day = {_day()} GROUP BY v.period",
                [self.cards_days.param(), self.seller.id])))
        return made

    def sources(self, chosen: Chosen | None, parts: Sequence[str]
                ) -> list[tuple[str, list[Any], tuple[str, ...]]]:
        """SQL of rows of stock, of what was sold meanwhile, and of queries, each with its parameters and columns."""
        made = []
        condition, given = condition_sql(self.question, chosen)
        lying = tuple(name for name in self.stock if name in SUM)
        if lying:
            columns = ("SUM(f.present) AS present, SUM(f.present - f.reserved) AS free,"
                       " SUM(f.present * f.price_minor) AS minor" if set(lying) & _COUNTED else
                       "f.present, f.present - f.reserved AS free, f.present * f.price_minor AS minor")
            # Goods are out of stock where no chosen warehouse has any.
            told = list(dict.fromkeys(["product_id", *parts]))
            each = f" GROUP BY v.period, v.last, f.day, {', '.join(told)}" if set(lying) & _COUNTED else ""
            made.append((
                f"SELECT v.period, v.last, {', '.join(told)}, {columns} FROM {_days()} CROSS JOIN analytics_stockday f"
                f" WHERE f.seller_id = %s AND f.day = {_day()}{condition}{each}",
                [self.stock_days.param(last_only=set(lying) <= _LAST), self.seller.id, *given], lying))
        if "stock_sold" in self.stock:
            made.append((
                f"SELECT {', '.join(['v.period', *parts])}, f.ordered_units - f.lost_units AS stock_sold FROM {_days()}"
                f" CROSS JOIN analytics_goodsday f WHERE f.seller_id = %s AND f.day = {_day()} AND f.ordered_units > 0"
                f"{condition}", [self.stock_days.param(), self.seller.id, *given], ("stock_sold",)))
        if self.search:
            condition, given = condition_sql(self.question, chosen)
            if self.question.query:
                condition, given = f"{condition} AND f.query = %s", [*given, self.question.query]
            made.append((
                f"SELECT {', '.join(['v.period', *parts, *(f'f.{_SEARCH[name]} AS {name}' for name in self.search)])}"
                f" FROM {_days()} CROSS JOIN analytics_searchhit f WHERE f.seller_id = %s AND f.day = {_day()}"
                f"{condition}",
                [self.every_day.param(), self.seller.id, *given], self.search))
        return made

    def whole(self, chosen: Chosen | None) -> dict[str, int]:
        """Stock and cards of the whole time and everything together, which those of parts do not add up to."""
        alone = replace(self, question=replace(self.question, by=()), search=(),
                        stock_days=Days(tuple((0, day) for _period, day in self.stock_days.known)),
                        cards_days=Days(tuple((0, day) for _period, day in self.cards_days.known)))
        made = {name: int(value) for _parts, names, rows in alone.rows(chosen) for row in rows
                for name, value in zip(names, row[1:], strict=True) if value is not None}
        return made | ({"stock_days": len(self.stock_days.known)} if made.keys() & {"stock_units"} else {})


def asked(seller: SellerRef, question: Question, firsts: Sequence[date]) -> Levels | None:
    """What a question asks of days, by periods that begin on these; None where it asks nothing. Two queries at most."""
    needed = {name for key in question.metrics for name in METRICS[key].needs} & known_columns(question)
    stock = tuple(name for name in STOCK if name in needed and name != "stock_days")
    cards = tuple(name for name in CARDS if name in needed)
    search = tuple(name for name in SEARCH if name in needed)
    if not stock and not cards and not search:
        return None
    every = [(number, question.since + timedelta(days=at)) for at in range((question.until - question.since).days + 1)
             for number in [sum(first <= question.since + timedelta(days=at) for first in firsts) - 1]]
    return Levels(seller, question, stock, cards, search,
                  _known(seller, question, firsts, "analytics_stockday") if stock else Days(()),
                  _known(seller, question, firsts, "analytics_cardsday") if cards else Days(()),
                  Days(tuple(every)))


def _known(seller: SellerRef, question: Question, firsts: Sequence[date], table: str) -> Days:
    """The days of which the shop has facts, whichever goods and places are asked for."""
    asked_for = [question.since + timedelta(days=at) for at in range((question.until - question.since).days + 1)]
    found = fetch_all(f"SELECT v.day FROM {json_rows('v', day='text')} WHERE EXISTS (SELECT 1 FROM {table} f"
                      f" WHERE f.seller_id = %s AND f.day = {_day()}) ORDER BY 1",
                      [json_param([[day.isoformat()] for day in asked_for]), seller.id])
    made = []
    for (text,) in found:
        day = date.fromisoformat(text)
        made.append((sum(first <= day for first in firsts) - 1, day))
    return Days(tuple(made))


def _days() -> str:
    return json_rows("v", period="int", day="text", last="int")


def _day() -> str:
    """SQLite keeps days as text."""
    return "v.day::date" if is_postgres() else "v.day"
