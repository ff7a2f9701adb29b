"""The explorer: any figures by any days, goods and places, in a fixed number of queries over facts."""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sellerdesk.analytics import rules
from sellerdesk.analytics.metrics import GOODS, LEVELS, METRICS, POSTINGS, SALES, TIMES, TRAFFIC
from sellerdesk.analytics.queries import levels, ranking
from sellerdesk.analytics.queries.question import (
    Chosen,
    carded,
    computed,
    condition_sql,
    known_columns,
    narrowed,
    of_cards,
    of_goods,
    parts_of,
    slots,
    summed,
)
from sellerdesk.analytics.queries.sales import by_period, goods_source
from sellerdesk.analytics.types import Answer, Found, Question
from sellerdesk.catalog.queries.facets import brand_names, category_paths, facets
from sellerdesk.catalog.types.shown import Facet
from sellerdesk.core.db import db_time, fetch_all, json_param, json_rows
from sellerdesk.inventory import queries as inventory
from sellerdesk.returns.queries import facts as returns_facts
from sellerdesk.sellers.types import SellerRef

Raw = tuple[Any, ...]
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
NOTHING = ""
_PARTS = ("product_id", "category_id", "brand_id", "brand", "warehouse_id", "region", "scheme", "query", "reason")
#: More cards than this are read as the whole shop's.
_MANY = 1000


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week, month or year of the reader, cut to what was asked for; `key` is its first day."""

    key: str
    low: int
    high: int


def answer(seller: SellerRef, question: Question, *, zone: ZoneInfo, language: str) -> Answer:
    """Rows of one period. Six queries at most, and eight more where stock and cards are asked for."""
    if ranking.can(question):
        return ranking.answer(seller, question, zone=zone, language=language,
                              chosen=narrowed(seller, question, language))
    chosen = narrowed(seller, question, language)
    cut = next((one for one in question.by if one in TIMES), "")
    firsts = [date.fromisoformat(period.key) for period in periods(cut, question.since, question.until, zone)] \
        if cut else [question.since]
    level = levels.asked(seller, question, firsts)
    sums = _sums(seller, question, zone, chosen)
    for parts, names, found_rows in level.rows(chosen) if level else ():
        _merge(sums, found_rows, parts, names)
    products = _facets(seller, question, language, sums)
    words = _Words(seller, question, zone, language, products, {(raw[3], raw[4]) for raw in sums})
    grouped: dict[tuple[str, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for raw, found in sums.items():
        into = grouped[words.keys(raw)]
        for name, value in found.items():
            into[name] += value
    if question.by[:1] and question.by[0] in TIMES and len(question.by) == 1:
        # A day without orders is a day with 0 orders.
        for period in words.periods:
            grouped[(period.key,)]
    if level:
        days = level.stock_days.counts
        at = {first.isoformat(): number for number, first in enumerate(firsts)} if cut else {}
        for keys, into in grouped.items():
            if "stock_units" in into:
                into["stock_days"] = days[at[keys[question.by.index(cut)]] if cut else 0]
    known = known_columns(question)
    rows = [Found(keys, words.names(keys), computed(question.metrics, found, known)) for keys, found in grouped.items()]
    rows = [row for row in rows if _holds(row, question)]
    _sort(rows, question)
    totals: dict[str, int] = defaultdict(int)
    for row in rows:
        for name, value in grouped[row.keys].items():
            if name not in LEVELS:
                totals[name] += value
    if level and not question.conditions:
        totals |= level.whole(chosen)
    return Answer(tuple(rows[question.offset:question.offset + question.limit]), len(rows),
                  computed(question.metrics, totals, known))


def compared(seller: SellerRef, question: Question, since: date, until: date, *, zone: ZoneInfo,
             language: str) -> Answer:
    """The same rows beside those of another period: days by their place in it, everything else by what it is."""
    now = answer(seller, question, zone=zone, language=language)
    if ranking.can(question):
        return ranking.beside(seller, question, now, since, until, zone=zone,
                              chosen=narrowed(seller, question, language))
    other = answer(seller, replace(question, since=since, until=until, offset=0, limit=10**9, conditions=()), zone=zone,
                   language=language)
    empty = computed(question.metrics, {}, known_columns(question))
    if question.by and question.by[0] in TIMES:
        own = [period.key for period in periods(question.by[0], question.since, question.until, zone)]
        theirs = [period.key for period in periods(question.by[0], since, until, zone)]
        partner = dict(zip(own, theirs, strict=False))
    else:
        partner = {}
    before = {row.keys: row.values for row in other.rows}
    rows = tuple(replace(row, before=before.get((partner.get(row.keys[0], row.keys[0]), *row.keys[1:]), empty))
                 for row in now.rows)
    return replace(now, rows=rows, before=other.totals)


def periods(step: str, since: date, until: date, zone: ZoneInfo) -> list[Period]:
    """Days, weeks from Monday, months or years between two days, the first and last ones cut."""
    made, first = [], since
    while first <= until:
        following = {"day": lambda day: day + timedelta(days=1),
                     "week": lambda day: day + timedelta(days=7 - day.weekday()),
                     "month": lambda day: (day.replace(day=1) + timedelta(days=32)).replace(day=1),
                     "year": lambda day: date(day.year + 1, 1, 1)}[step](first)
        last = min(following, until + timedelta(days=1))
        made.append(Period(first.isoformat(), rules.slot_of(rules.midnight(first, zone)),
                           rules.slot_of(rules.midnight(last, zone))))
        first = following
    return made


def _facets(seller: SellerRef, question: Question, language: str, sums: Iterable[Raw]) -> dict[int, Facet]:
    """The cards of what was found, where single goods are asked for. Three queries."""
    if not set(question.by) & set(GOODS) or of_cards(question):
        return {}
    ids = {raw[1] for raw in sums}
    return facets(seller, language, ids if len(ids) <= _MANY else None)


def _sums(seller: SellerRef, question: Question, zone: ZoneInfo,
          chosen: Chosen | None) -> dict[Raw, dict[str, int]]:
    """Sums by (period, *_PARTS), with None for what is not asked. Two queries."""
    cut = next((one for one in question.by if one in TIMES), "")
    spans = periods(cut, question.since, question.until, zone) if cut else [
        Period("", *slots(question.since, question.until, zone))]
    needed = {name for key in question.metrics for name in METRICS[key].needs} & known_columns(question)
    goods = of_goods(question)
    made: dict[Raw, dict[str, int]] = defaultdict(dict)
    sales = [name for name in (*SALES, *POSTINGS) if name in needed]
    if sales:
        parts = parts_of(question)
        condition, params = condition_sql(question, chosen)
        if "reason" in question.by:
            sql, given = _returned(seller, spans, parts, sales, condition, params)
        elif goods and not cut:
            source, given = goods_source(seller, spans[0].low, spans[0].high, ", ".join([*parts, *sales]), condition,
                                         params)
            grouped = f" GROUP BY {', '.join(parts)}" if parts else ""
            sql = f"SELECT 0 AS period{_listed(parts)}, {summed(sales)} FROM ({source}) f{grouped}"
        else:
            table = "analytics_goodsslot" if goods else "analytics_shopslot"
            sql, given = _by_period(seller, table, spans, parts, sales, condition, params)
        sql, told = carded(question, sql, sales)
        _merge(made, fetch_all(sql, given), told, sales)
    traffic = [name for name in TRAFFIC if name in needed]
    if traffic:
        condition, params = condition_sql(replace(question, warehouse_ids=(), schemes=(), regions=()), chosen)
        sql, given = _by_period(seller, "analytics_traffic", spans, parts_of(question), traffic, condition, params)
        sql, told = carded(question, sql, traffic)
        _merge(made, fetch_all(sql, given), told, traffic)
    return made


def _by_period(seller: SellerRef, table: str, spans: Sequence[Period], parts: Sequence[str], names: Sequence[str],
               condition: str, params: Sequence[Any]) -> tuple[str, list[Any]]:
    """SQL of sums by period, and its parameters."""
    return (
        by_period(table, parts, summed(names), condition),
        [json_param([[at, one.low, one.high] for at, one in enumerate(spans)]), seller.id, *params])


def _returned(seller: SellerRef, spans: Sequence[Period], parts: Sequence[str], names: Sequence[str], condition: str,
              params: Sequence[Any]) -> tuple[str, list[Any]]:
    """SQL of returns by reason, which facts do not keep: buyers ask for few of them."""
    low, high = rules.slot_start(spans[0].low), rules.slot_start(spans[-1].high)
    source = returns_facts.goods_sql("r.seller_id = %s AND r.created_at >= %s AND r.created_at < %s")
    sums = {"returned_units": "SUM(f.units)", "returned_minor": "SUM(f.minor)"}
    return (
        f"SELECT v.period{_listed(parts)}, {', '.join(f'{sums[name]} AS {name}' for name in names)} FROM"
        f" {json_rows('v', period='int', low='time', high='time')} CROSS JOIN ({source}) f"
        f" WHERE f.at >= v.low AND f.at < v.high{condition} GROUP BY {', '.join(['v.period', *parts])}",
        [json_param([[at, rules.slot_start(one.low), rules.slot_start(one.high)] for at, one in enumerate(spans)]),
         seller.id, db_time(low), db_time(high), *params])


def _listed(parts: Sequence[str]) -> str:
    return "".join(f", {part}" for part in parts)


def _merge(made: dict[Raw, dict[str, int]], rows: Iterable[Raw], parts: Sequence[str], names: Sequence[str]) -> None:
    for period, *rest in rows:
        values = {name: int(value) for name, value in zip(names, rest[len(parts):], strict=True) if value is not None}
        if not values:
            continue
        told = dict(zip(parts, rest, strict=False))
        key = (int(period), *(told.get(name) for name in _PARTS))
        made[key].update(values)


class _Words:
    """From what the facts are kept by to what people read."""

    def __init__(self, seller: SellerRef, question: Question, zone: ZoneInfo, language: str,
                 products: Mapping[int, Facet], brands: Collection[tuple[Any, Any]]) -> None:
        self.by = question.by
        self.products = products
        self.of_cards = of_cards(question)
        self.paths = category_paths(language) if self.of_cards else {}
        self.brands = brand_names([one for one in brands if one[0] is not None], language) if self.of_cards else {}
        cut = next((one for one in question.by if one in TIMES), "")
        self.periods = periods(cut, question.since, question.until, zone) if cut else []
        self.warehouses = {str(row.id): row.name for row in inventory.warehouses(seller)} \
            if "warehouse" in question.by else {}
        self.named: dict[tuple[str, str], str] = {}

    def keys(self, raw: Raw) -> tuple[str, ...]:
        period, product_id, category_id, brand_id, brand, warehouse_id, region, scheme, query, reason = raw
        made = []
        for one in self.by:
            if one in TIMES:
                made.append(self.periods[period].key)
            elif one in GOODS:
                key, name = self._of_card(one, category_id, (brand_id, brand)) if self.of_cards else _facet(
                    self.products.get(product_id), one, product_id)
                self.named[(one, key)] = name
                made.append(key)
            else:
                told = {"warehouse": warehouse_id, "region": region, "scheme": scheme, "query": query, "reason": reason}
                made.append(str(told[one] or NOTHING))
        return tuple(made)

    def _of_card(self, dimension: str, category_id: int | None, brand: tuple[Any, Any]) -> tuple[str, str]:
        if dimension == "brand":
            name = self.brands.get(brand, NOTHING)
            return name, name
        return _level(self.paths.get(category_id or 0, ()), dimension)

    def names(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.warehouses.get(key, key) if one == "warehouse" else self.named.get((one, key), key)
                     for one, key in zip(self.by, keys, strict=True))


def _facet(product: Facet | None, dimension: str, product_id: int) -> tuple[str, str]:
    """Key and name of a product in a dimension; empty where its card does not say it."""
    if product is None:
        return (str(product_id), str(product_id)) if dimension == "sku" else (NOTHING, NOTHING)
    if dimension == "sku":
        return str(product.sku), product.name
    if dimension == "model":
        # A product without a model is a card of its own.
        return (product.model_key, product.model) if product.model_key else (f"sku:{product.sku}", product.name)
    if dimension == "brand":
        return product.brand, product.brand
    return _level(product.categories, dimension)


def _level(path: Sequence[tuple[int, str]], dimension: str) -> tuple[str, str]:
    """Key and name of a level of the tree; empty where a path ends above it."""
    level = int(dimension[-1]) - 1
    return (str(path[level][0]), path[level][1]) if level < len(path) else (NOTHING, NOTHING)


def _holds(row: Found, question: Question) -> bool:
    for metric, sign, number in question.conditions:
        value = row.values[question.metrics.index(metric)]
        if value is None or not _OPERATORS[sign](value, number):
            return False
    return True


def _sort(rows: list[Found], question: Question) -> None:
    """By the metric asked for, what has no data last; by days or names otherwise. The key decides between equals."""
    rows.sort(key=lambda row: row.keys)
    if question.sort in question.metrics:
        at = question.metrics.index(question.sort)
        sign = -1 if question.descending else 1
        rows.sort(key=lambda row: (row.values[at] is None, sign * (row.values[at] or 0)))
    elif question.by and question.by[0] in TIMES:
        if question.descending and question.sort:
            rows.sort(key=lambda row: row.keys[0], reverse=True)
    else:
        rows.sort(key=lambda row: row.names, reverse=question.descending and bool(question.sort))
