"""The explorer by SKU: sorted and cut by the database, so that a shop with a hundred thousand goods is as quick as a
small one. What needs names to sort or finished figures to choose goes the general way."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sellerdesk.analytics.metrics import BY_DAY, METRICS, SALES, SEARCH, STOCK, TRAFFIC
from sellerdesk.analytics.queries import levels
from sellerdesk.analytics.queries.question import Chosen, computed, condition_sql, known_columns, slots
from sellerdesk.analytics.queries.sales import goods_source
from sellerdesk.analytics.types import Answer, Found, Question
from sellerdesk.catalog.queries.facets import facets
from sellerdesk.core.db import fetch_all, json_param, json_rows
from sellerdesk.sellers.types import SellerRef

#: Files ask for everything; then the whole shop's cards are read at once.
_MANY = 1000


def can(question: Question) -> bool:
    """Whether a question is of this kind."""
    return question.by == ("sku",) and not question.conditions and question.sort in question.metrics


def answer(seller: SellerRef, question: Question, *, zone: ZoneInfo, language: str,
           chosen: Chosen | None) -> Answer:
    """Rows of one period, of the goods `chosen` where some are. Four queries."""
    rows, count, totals = _ranked(seller, question, zone, chosen)
    cards = facets(seller, language, [row[0] for row in rows] if len(rows) <= _MANY else None)
    known = known_columns(question)
    found = []
    for product_id, sku, sums in rows:
        card = cards.get(product_id)
        found.append(Found((str(sku),), (card.name if card else str(sku),), computed(question.metrics, sums, known)))
    return Answer(tuple(found), count, computed(question.metrics, totals, known))


def beside(seller: SellerRef, question: Question, now: Answer, since: date, until: date, *, zone: ZoneInfo,
           chosen: Chosen | None) -> Answer:
    """An answer with the figures of the same goods in another period. One query."""
    known = known_columns(question)
    other = replace(question, since=since, until=until)
    level = levels.asked(seller, other, [since])
    names = _names(question, known)
    source, params = _source(seller, other, zone, chosen, names, level)
    # In one go through the facts: goods that are not told of fall into one group, and the groups sum up to the whole.
    rows = fetch_all(
        f"SELECT CASE WHEN sku IN (SELECT sku FROM {json_rows('v', sku='int')}) THEN sku ELSE 0 END AS told,"
        f" {', '.join(f'SUM({name})' for name in names)} FROM ({source}) f GROUP BY told",
        [json_param([[int(row.keys[0])] for row in now.rows]), *params])
    before = {str(row[0]): computed(question.metrics, _named(names, row[1:]), known) for row in rows if row[0]}
    sums = [_together(values) for values in zip(*(row[1:] for row in rows), strict=True)] or [None] * len(names)
    whole = _whole(names, sums, len(level.stock_days.known) if level else 0)
    empty = computed(question.metrics, {}, known)
    return replace(now, rows=tuple(replace(row, before=before.get(row.keys[0], empty)) for row in now.rows),
                   before=computed(question.metrics, whole, known))


def _together(values: Sequence[Any]) -> Any:
    """The sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _ranked(seller: SellerRef, question: Question, zone: ZoneInfo, chosen: Chosen | None
            ) -> tuple[list[tuple[int, int, dict[str, int]]], int, dict[str, int]]:
    """(product, SKU, sums) in order, from the offset; how many there are, and the sums of all of them. One query."""
    known = known_columns(question)
    names = _names(question, known)
    level = levels.asked(seller, question, [question.since])
    days = len(level.stock_days.known) if level else 0
    source, params = _source(seller, question, zone, chosen, names, level)
    grouped = (f"SELECT product_id, MAX(sku) AS sku, {', '.join(f'SUM({name}) AS {name}' for name in names)}"
               f" FROM ({source}) f GROUP BY product_id")
    sort, way = METRICS[question.sort], "DESC" if question.descending else "ASC"
    order = f"{sort.made.sql} {way} NULLS LAST, sku" if set(sort.needs) <= known else "sku"
    everything = ", ".join(f"SUM({name}) AS all_{name}" for name in names)
    # Sums of all beside the sorted ones, not windows over them: those would carry every row through the sort.
    rows = fetch_all(
        f"WITH g AS MATERIALIZED ({grouped}), everything AS (SELECT COUNT(*) AS many, {everything} FROM g)"
        f" SELECT * FROM everything LEFT JOIN (SELECT * FROM g ORDER BY {order} LIMIT %s OFFSET %s) r ON TRUE"
        f" ORDER BY {order}",
        [*params, min(question.limit, 10**9), question.offset])
    width = len(names) + 1
    return ([(int(row[width]), int(row[width + 1]), _named(names, row[width + 2:])) for row in rows
             if row[width] is not None], int(rows[0][0]), _whole(names, rows[0][1:width], days))


def _names(question: Question, known: Collection[str]) -> list[str]:
    """The columns to sum up."""
    needed = {name for key in question.metrics for name in METRICS[key].needs} & set(known)
    return [name for name in (*SALES, *TRAFFIC, *SEARCH, *STOCK) if name in needed] or ["ordered_units"]


def _named(names: Sequence[str], values: Sequence[Any]) -> dict[str, int]:
    return {name: int(value or 0) for name, value in zip(names, values, strict=False)
            if value is not None or name not in BY_DAY}


def _whole(names: Sequence[str], values: Sequence[Any], days: int) -> dict[str, int]:
    """The days of all goods together are no more than those of one."""
    made = _named(names, values)
    return made | {"stock_days": days} if "stock_days" in made else made


def _source(seller: SellerRef, question: Question, zone: ZoneInfo, chosen: Chosen | None,
            names: Sequence[str], level: levels.Levels | None) -> tuple[str, list[Any]]:
    """SQL of rows with product, SKU and all columns: of sales, and of traffic and stock where they are asked for."""
    low, high = slots(question.since, question.until, zone)
    sales, traffic = [name for name in names if name in SALES], [name for name in names if name in TRAFFIC]
    parts: list[str] = []
    params: list[Any] = []
    if sales:
        where, given = condition_sql(question, chosen)
        sql, told = goods_source(seller, low, high, _columns(names, sales), where, given)
        parts.append(sql)
        params += told
    if traffic:
        where, given = condition_sql(replace(question, warehouse_ids=(), schemes=(), regions=()), chosen)
        parts.append(f"SELECT {_columns(names, traffic)} FROM analytics_traffic WHERE seller_id = %s AND slot >= %s"
                     f" AND slot < %s{where}")
        params += [seller.id, low, high, *given]
    for sql, told, there in level.sources(chosen, ["product_id", "sku"]) if level else ():
        sums = {name: levels.SUM.get(name, f"SUM({name})") for name in there}
        if "stock_units" in sums and level:
            # Of each product once, so that averages sort.
            sums["stock_days"] = str(len(level.stock_days.known))
        parts.append(f"SELECT {_columns(names, sums)} FROM ({sql}) l GROUP BY product_id, sku")
        params += told
    return " UNION ALL ".join(parts), params


def _columns(names: Sequence[str], there: Collection[str]) -> str:
    """What is not there is nothing; of levels it is no data."""
    made = there if isinstance(there, Mapping) else {name: name for name in there}
    return "product_id, sku, " + ", ".join(
        f"{made.get(name, 'CAST(NULL AS bigint)' if name in BY_DAY else '0')} AS {name}" for name in names)
