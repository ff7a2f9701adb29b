"""Facts of sales, kept from the news and made anew from the rows themselves when asked.

News may come twice: an act that is in the facts is known by its number and passed over. Both ways use the same SQL
(orders.queries.facts, returns.queries.facts), so that rebuilding gives equal rows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from sellerdesk.analytics.models import GoodsDay, GoodsSlot, ShopSlot
from sellerdesk.analytics.rules import SLOT_SECONDS
from sellerdesk.analytics.types import SUBSCRIBER
from sellerdesk.core import outbox
from sellerdesk.core.activity import Entry
from sellerdesk.core.db import atomic, execute, fetch_all, fetch_one, is_postgres, json_param, json_rows, placeholders
from sellerdesk.orders import events as orders
from sellerdesk.orders.queries.facts import goods_sql, postings_sql
from sellerdesk.returns import events as returns
from sellerdesk.returns.queries import facts as of_returns

EVENTS = (orders.POSTING_CREATED, orders.POSTING_SPLIT, orders.POSTING_CANCELLED, orders.POSTING_DELIVERED,
          returns.RETURN_REQUESTED)
#: For so long an act is known by its number. The outbox gives an act again within minutes, if ever.
_REMEMBERED = timedelta(days=40)
_MOMENTS = ("ordered", "lost", "cancelled", "delivered")
_PLACE = "product_id, sku, warehouse_id, region, scheme"
_TABLES = (ShopSlot, GoodsSlot, GoodsDay)


@dataclass(frozen=True, slots=True)
class Condition:
    """Which rows of `orders_posting p` or `returns_return r` to count."""

    sql: str
    params: tuple[Any, ...] = ()


def hear(news: Sequence[Entry]) -> int:
    """Count what is new among these acts. Returns how many were. Twelve statements at most, however many acts."""
    with atomic():
        fresh = _unheard(news)
        by_event: dict[str, list[str]] = {}
        for entry in fresh:
            by_event.setdefault(entry.event, []).append(entry.target_id)
        born = by_event.get(orders.POSTING_CREATED, [])
        if born:
            # A posting may have been split since; all its parts belong to its order.
            _add("ordered", _of("p.order_id", born, "SELECT q.order_id FROM {v} CROSS JOIN orders_posting q"
                                                    " WHERE q.number = v.number"))
        if born or by_event.get(orders.POSTING_SPLIT):
            _count_postings("ordered", _numbers([*born, *by_event.get(orders.POSTING_SPLIT, [])]))
        if gone := by_event.get(orders.POSTING_CANCELLED):
            for kind in ("lost", "cancelled"):
                _add(kind, _numbers(gone))
                _count_postings(kind, _numbers(gone))
        if done := by_event.get(orders.POSTING_DELIVERED):
            _add("delivered", _numbers(done))
            _count_postings("delivered", _numbers(done))
        if back := by_event.get(returns.RETURN_REQUESTED):
            _add_returned(Condition(f"r.id IN (SELECT id FROM {json_rows('v', id='int')})",
                                    (json_param([[int(id_)] for id_ in back]),)))
    return len(fresh)


def rebuild() -> None:
    """Make all facts of sales anew from postings and returns, and pass over the news that is in them already.

    In one transaction, which on PostgreSQL sees one moment throughout; readers see the old facts until its end.
    """
    alone = not connection.in_atomic_block
    with atomic():
        if is_postgres() and alone:
            execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        place = fetch_one("SELECT last_tx, last_id FROM core_subscription WHERE name = %s", [SUBSCRIBER]) or (0, 0)
        for model in _TABLES:
            execute(f"DELETE FROM {model._meta.db_table}")
        make_all()
        behind, params = ("(tx, id) > (%s, %s)", list(place)) if is_postgres() else ("id > %s", [place[1]])
        execute(f"INSERT INTO analytics_heard (event_id, at) SELECT id, at FROM core_activity WHERE {behind}"
                f" AND event IN ({placeholders(EVENTS)}) ON CONFLICT DO NOTHING", [*params, *EVENTS])


def make_all(which: str = "TRUE") -> None:
    """All three tables from nothing, each in one pass: adding kind by kind to millions of rows takes far longer.

    `which` is SQL about a `{row}` that says of which shops; there are no facts of them yet.
    """
    if is_postgres():
        # What is sorted on disk instead takes twice as long.
        execute("SET LOCAL work_mem = '128MB'")
    goods = {kind: goods_sql(kind, which.format(row="p")) for kind in _MOMENTS} | {
        "returned": of_returns.goods_sql(which.format(row="r"))}
    _fill("analytics_goodsslot", f"seller_id, slot, {_PLACE}", [
        (f"seller_id, {slot_sql('at')} AS slot, {_PLACE}", _columns(kind), source)
        for kind, source in goods.items()])
    sums = [name for kind in goods for name in _columns(kind)]
    _fill("analytics_goodsday", f"seller_id, day, {_PLACE}", [
        (f"seller_id, {_day_of_slot()} AS day, {_PLACE}", {name: name for name in sums},
         f"SELECT * FROM analytics_goodsslot f WHERE {which.format(row='f')}")])
    place = f"seller_id, {slot_sql('at')} AS slot, warehouse_id, scheme"
    _fill("analytics_shopslot", "seller_id, slot, warehouse_id, scheme", [
        *((place, {**_columns(kind), f"{kind}_postings": "1"}, postings_sql(kind, which.format(row="p")))
          for kind in _MOMENTS),
        (place, {"returned_units": "units", "returned_minor": "minor", "returns": "1"}, goods["returned"])])


def differences() -> int:
    """How many rows of the facts rebuilding changes; afterwards there are none. For whoever doubts them."""
    with atomic():
        outbox.drain()
        before = [_rows(model) for model in _TABLES]
        rebuild()
        return sum(len(old ^ _rows(model)) for old, model in zip(before, _TABLES, strict=True))


def forget_heard(now: datetime) -> int:
    """Acts that are long past need not be known by number any more."""
    from sellerdesk.analytics.models import Heard

    return Heard.objects.filter(at__lt=now - _REMEMBERED).delete()[0]


def _fill(table: str, key: str, parts: Sequence[tuple[str, dict[str, str], str]]) -> None:
    """Fill an empty table with the sums of parts: what a row is kept by, what each column adds up, and the rows."""
    names = list(dict.fromkeys(name for _key, columns, _source in parts for name in columns))
    rows = " UNION ALL ".join(
        f"SELECT {chosen}, {', '.join(f'{columns.get(name, 0)} AS {name}' for name in names)} FROM ({source}) s"
        for chosen, columns, source in parts)
    execute(f"INSERT INTO {table} ({key}, {', '.join(names)}) SELECT {key},"
            f" {', '.join(f'SUM({name})' for name in names)} FROM ({rows}) every GROUP BY {key}")


def _day_of_slot() -> str:
    return (f"(TIMESTAMP 'epoch' + slot * interval '{SLOT_SECONDS} seconds')::date" if is_postgres() else
            f"date(slot * {SLOT_SECONDS}, 'unixepoch')")


def _rows(model: Any) -> set[tuple[Any, ...]]:
    names = [field.column for field in model._meta.concrete_fields if field.column != "id"]
    return set(fetch_all(f"SELECT {', '.join(names)} FROM {model._meta.db_table}"))


def _unheard(news: Sequence[Entry]) -> list[Entry]:
    new = {row[0] for row in fetch_all(
        f"INSERT INTO analytics_heard (event_id, at) SELECT v.id, v.at FROM {json_rows('v', id='int', at='time')}"
        " WHERE TRUE ON CONFLICT DO NOTHING RETURNING event_id",
        [json_param([[entry.id, entry.at] for entry in news])])}
    return [entry for entry in news if entry.id in new]


def _numbers(numbers: Collection[str]) -> Condition:
    return Condition(f"p.number IN (SELECT number FROM {json_rows('v', number='text')})",
                     (json_param([[number] for number in numbers]),))


def _of(column: str, numbers: Collection[str], chosen: str) -> Condition:
    return Condition(f"{column} IN ({chosen.format(v=json_rows('v', number='text'))})",
                     (json_param([[number] for number in numbers]),))


def slot_sql(column: str) -> str:
    """SQL: the quarter of an hour of a moment."""
    if is_postgres():
        return f"FLOOR(EXTRACT(EPOCH FROM {column}) / {SLOT_SECONDS})::bigint"
    return f"CAST(strftime('%%s', {column}) AS INTEGER) / {SLOT_SECONDS}"


def day_sql(column: str) -> str:
    """SQL: the UTC day of a moment."""
    return f"({column} AT TIME ZONE 'UTC')::date" if is_postgres() else f"date({column})"


def _add(kind: str, which: Condition) -> None:
    """Units and amounts of goods into all three tables."""
    _goods(kind, goods_sql(kind, which.sql), which.params)
    _upsert("analytics_shopslot", f"seller_id, {slot_sql('at')} AS slot, warehouse_id, scheme",
            "seller_id, slot, warehouse_id, scheme",
            _sums(kind), postings_sql(kind, which.sql), which.params)


def _goods(kind: str, source: str, params: Sequence[Any]) -> None:
    for table, name, when in (("analytics_goodsslot", "slot", slot_sql("at")),
                              ("analytics_goodsday", "day", day_sql("at"))):
        _upsert(table, f"seller_id, {when} AS {name}, {_PLACE}", f"seller_id, {name}, {_PLACE}", _sums(kind), source,
                params)


def _count_postings(kind: str, which: Condition) -> None:
    _upsert("analytics_shopslot", f"seller_id, {slot_sql('at')} AS slot, warehouse_id, scheme",
            "seller_id, slot, warehouse_id, scheme", {f"{kind}_postings": "COUNT(*)"}, postings_sql(kind, which.sql),
            which.params)


def _add_returned(which: Condition) -> None:
    source = of_returns.goods_sql(which.sql)
    _goods("returned", source, which.params)
    _upsert("analytics_shopslot", f"seller_id, {slot_sql('at')} AS slot, warehouse_id, scheme",
            "seller_id, slot, warehouse_id, scheme",
            {"returned_units": "SUM(units)", "returned_minor": "SUM(minor)", "returns": "COUNT(*)"}, source,
            which.params)


def _columns(kind: str) -> dict[str, str]:
    """Which columns of the facts a kind adds to, and what of each row of its source."""
    made = {f"{kind}_units": "units", f"{kind}_minor": "minor"}
    if kind == "delivered":
        made |= {"due_units": "due", "timely_units": "timely",
                 "delivery_minutes": f"units * ({_minutes('ordered_at', 'at')})"}
    return made


def _sums(kind: str) -> dict[str, str]:
    return {name: f"SUM({value})" for name, value in _columns(kind).items()}


def _minutes(since: str, until: str) -> str:
    if is_postgres():
        return f"FLOOR(EXTRACT(EPOCH FROM {until} - {since}) / 60)::bigint"
    return f"(CAST(strftime('%%s', {until}) AS INTEGER) - CAST(strftime('%%s', {since}) AS INTEGER)) / 60"


def _upsert(table: str, chosen: str, key: str, sums: dict[str, str], source: str, params: Sequence[Any]) -> None:
    """Add sums to the rows of a table, making those that are missing."""
    names = ", ".join(sums)
    grown = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in sums)
    # A unique key on (seller, …, sku, …) has no product; the product follows from the SKU.
    unique = key.replace("product_id, ", "")
    execute(
        f"INSERT INTO {table} ({key}, {names}) SELECT {chosen}, {', '.join(sums.values())} FROM ({source}) s WHERE TRUE"
        f" GROUP BY {', '.join(str(at + 1) for at in range(len(key.split(','))))}"
        f" ON CONFLICT ({unique}) DO UPDATE SET {grown}", list(params))
