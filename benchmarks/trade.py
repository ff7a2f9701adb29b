"""Shops that have traded for a year, of any size, written by sets: goods, orders, ledger, history, and facts of it all.

A tenth of all lines belongs to the first shop, the others have ever fewer. Orders come by day, between eight in the
morning and midnight in Moscow, with 1, 2 or 3 lines; the better half of a shop's goods makes most of its sales. The
facts are made by the product itself (`analytics.services.facts.rebuild`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, models

from sellerdesk.core import scope
from sellerdesk.core.db import (
    as_owner,
    atomic,
    db_time,
    execute,
    fetch_all,
    fetch_one,
    is_postgres,
    json_param,
    json_rows,
)

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAYS = 365
#: Ids of goods: so many for each shop.
_APART = 1_000_000
_CHUNK = 250_000
_AT_ONCE, _PARTS = 3, 6
_REGIONS = ("Москва", "Санкт-Петербург", "Татарстан", "Свердловская область", "Новосибирская область",
            "Краснодарский край", "Самарская область", "Ростовская область", "Башкортостан", "Пермский край")
_LEAVES, _BRANDS = 40, 30


@dataclass(frozen=True, slots=True)
class Market:
    """`first` is the id of the largest shop, which has so many tenths of all lines and goods; the others follow it."""

    first: int
    shops: int
    owner: int
    tenths: int = 1


def found(shops: int, tenths: int = 1) -> Market:
    """An owner with so many shops, and categories for their goods."""
    from sellerdesk.accounts.services import create_user
    from sellerdesk.core.actor import Actor
    from sellerdesk.sellers import services as sellers
    from sellerdesk.sellers.models import Seller

    owner = create_user(email="bench@example.com", password="correct-horse-battery-staple", name="Bench")
    first = sellers.register_shop(
        user_id=owner, legal_name="Bench LLC", country="RU", registration_number="7707083893", shop_name="Bench",
        currency="RUB", time_zone="Europe/Moscow", language="en", actor=Actor.system("bench"), now=NOW).id
    Seller.objects.filter(id=first).update(state=Seller.State.ACTIVE, created_at=NOW - timedelta(days=DAYS + 30))
    with as_owner():
        _found_rows(first, shops)
    return Market(first, shops, owner, tenths)


def _found_rows(first: int, shops: int) -> None:
    from sellerdesk.inventory.models import Warehouse
    from sellerdesk.sellers.models import Seller

    execute(f"CREATE TABLE bench_shop AS SELECT {first} + at AS id, at AS place, 0 AS goods"
            f" FROM ({_series(0, shops - 1)}) s")
    names = [str(column.column) for column in Seller._meta.concrete_fields if column.column != "id"]
    told = ", ".join("'Bench ' || CAST(b.id AS text)" if name == "name" else f"s.{name}" for name in names)
    execute(f"INSERT INTO sellers_seller (id, {', '.join(names)}) SELECT b.id, {told} FROM bench_shop b"
            " CROSS JOIN sellers_seller s WHERE s.id = %s AND b.id > %s", [first, first])
    _categories()
    _insert("inventory_warehouse", {
        **_plain(Warehouse), "id": "b.place * 10 + w.at + 1", "seller_id": "b.id",
        "name": "'Warehouse ' || CAST(w.at AS text)", "kind": "'drop_off'", "state": "'active'",
        "time_zone": "'Europe/Moscow'", "city": "'Казань'", "country": "'RU'",
        "cut_off": "'14:00:00'", "opens": "'09:00:00'", "closes": "'21:00:00'", "created_at": f"'{db_time(NOW)}'"},
        f"bench_shop b CROSS JOIN ({_series(0, 1)}) w")


def grow(market: Market, before: int, lines: int) -> None:
    """From so many order lines to so many, with goods and facts."""
    with _quick():
        write_goods(market, lines)
        # A posting has two lines on average.
        _side_by_side([partial(write_postings, market, start, min(start + _CHUNK, lines // 2))
                       for start in range(before // 2, lines // 2, _CHUNK)])
        kept_sums()


def kept_sums() -> None:
    """The balances of all shops, and their parts by kind and by hour, as bookings would have kept them."""
    from sellerdesk.finance.queries.kept import hour_sql

    for table in ("shopbalance", "shopkind", "kindhour"):
        execute(f"DELETE FROM finance_{table}")
    _insert("finance_shopbalance", {
        "seller_id": "t.seller_id", "currency": "'RUB'", "balance_minor": "SUM(t.amount_minor)",
        "bookings": "COUNT(*)", "payout_mode": "'auto'", "minimum_minor": "0", "difference_minor": "0"},
        "finance_transaction t GROUP BY t.seller_id")
    _insert("finance_shopkind", {
        "seller_id": "l.seller_id", "kind": "l.kind", "amount_minor": "SUM(l.amount_minor)"},
        "finance_line l WHERE l.account = 'seller' GROUP BY l.seller_id, l.kind")
    _insert("finance_kindhour", {
        "seller_id": "l.seller_id", "hour": hour_sql("t.at"), "kind": "l.kind", "amount_minor": "SUM(l.amount_minor)"},
        "finance_line l JOIN finance_transaction t ON t.id = l.transaction_id WHERE l.account = 'seller'"
        f" GROUP BY l.seller_id, {hour_sql('t.at')}, l.kind")


def facts() -> None:
    """All facts of sales, and the counters of orders, made from the rows."""
    from sellerdesk.analytics.services import facts as kept
    from sellerdesk.orders.services import counting

    if is_postgres():
        # As `rebuild` does it, but several parts of the shops at once.
        for table in ("goodsslot", "goodsday", "shopslot"):
            execute(f"DELETE FROM analytics_{table}")
        _side_by_side([partial(kept.make_all, f"{{row}}.seller_id %% {_PARTS} = {part}") for part in range(_PARTS)])
    else:
        kept.rebuild()
    counting.recount()


def _side_by_side(acts: Sequence[Callable[[], None]]) -> None:
    """Each in its transaction; some at once on PostgreSQL, which can."""
    def do(act: Callable[[], None]) -> None:
        with scope.across_shops(), as_owner():
            if is_postgres():
                execute("SET session_replication_role = replica")
                execute("SET work_mem = '128MB'")
            with atomic():
                act()

    def alone(act: Callable[[], None]) -> None:
        try:
            do(act)
        finally:
            connection.close()

    if not is_postgres():
        for act in acts:
            do(act)
        return
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for done in [pool.submit(alone, act) for act in acts]:
            done.result()


def statistics() -> None:
    """What the database does by itself sooner or later."""
    with as_owner():
        execute("VACUUM ANALYZE" if is_postgres() else "ANALYZE")


def write_goods(market: Market, lines: int) -> None:
    """One product for ten lines, twenty at least, with stock in both warehouses; a brand and a category each."""
    from sellerdesk.catalog.models import Product

    largest = market.tenths / 10
    shares = [largest, *((1 - largest) * (((at + 1) / (market.shops - 1)) ** 0.5 - (at / (market.shops - 1)) ** 0.5)
                     for at in range(market.shops - 1))]
    before = dict(fetch_all("SELECT id, goods FROM bench_shop"))
    rows = [[market.first + at, max(int(share * lines / 10), 20)] for at, share in enumerate(shares)]
    given = [json_param([[id_, before[id_], goods] for id_, goods in rows])]
    listed = json_rows("v", shop="int", had="int", goods="int")
    execute(f"UPDATE bench_shop SET goods = v.goods FROM {listed} WHERE bench_shop.id = v.shop", given)
    execute("CREATE TEMP TABLE nth (at integer PRIMARY KEY)")
    execute(f"INSERT INTO nth {_series(0, max(goods for _id, goods in rows) - 1)}")
    at = f"'{db_time(NOW - timedelta(days=DAYS + 10))}'"
    id_ = f"(v.shop - {market.first}) * {_APART} + n.at + 1"
    _insert("catalog_product", {
        **_plain(Product), "id": id_, "seller_id": "v.shop", "sku": f"{id_} + 1000000000",
        "offer_id": f"'B-' || CAST({id_} AS text)", "name": f"'Enamelled mug, blue, no. ' || CAST({id_} AS text)",
        "category_id": f"101 + n.at % {_LEAVES}", "type_id": f"201 + n.at % {_LEAVES}", "status": "'price_sent'",
        "attributes": _brand("n.at"), "brand": f"'Brand ' || CAST(n.at % {_BRANDS} AS text)",
        "model_key": f"CASE WHEN n.at % 4 = 0 THEN '' ELSE 'm:' || CAST({id_} / 3 AS text) END",
        "score": "50 + n.at % 50", "version": "1", "created_at": at, "updated_at": at},
        f"{listed} JOIN nth n ON n.at >= v.had AND n.at < v.goods", given)
    _insert("inventory_stock", {
        "product_id": id_, "warehouse_id": f"(v.shop - {market.first}) * 10 + 1 + w.at", "seller_id": "v.shop",
        "present": "(n.at * 7919 + w.at) % 500", "reserved": "0", "updated_at": at, "daily_milli": "0", "short": "0",
        "shelf": "''"},
        f"{listed} JOIN nth n ON n.at >= v.had AND n.at < v.goods CROSS JOIN ({_series(0, 1)}) w", given)
    execute("DROP TABLE nth")


def write_postings(market: Market, start: int, end: int) -> None:
    """Postings of these numbers. Products of primes spread them over shops, moments and goods without a pattern."""
    from sellerdesk.orders.models import Order, Posting, PostingLine

    # Lines of a shop become rarer with the square of a number between 0 and 1, in millionths.
    drawn = "(at * 48271 % 1000003)"
    shop = (f"CASE WHEN at % 10 < {market.tenths} THEN 0 ELSE 1 + {drawn} * {drawn} * {market.shops - 1}"
            " / 1000006000009 END")
    today = NOW.replace(hour=0)
    _run(f"CREATE TEMP TABLE deal AS SELECT at AS i, at + 1 AS id, {shop} AS place, at * 15485863 / 7 % {DAYS} AS age,"
         " at * 32452843 / 11 % 57601 AS second, at * 7919 / 13 % 100 AS lot"
         f" FROM ({_series(start, end - 1)}) s")
    # This morning is not over yet.
    moment = _moment(today, "d.age", "3600 * 5 + CASE WHEN d.age = 0 THEN d.second % 25200 ELSE d.second END")
    dice = "(d.i * 3 + k.at)"
    chosen = f"(b.goods * ({dice} * 104729 % 999983) / 999983) * ({dice} * 1299709 % 999983) / 999983"
    _run(f"CREATE TEMP TABLE item AS SELECT d.id, k.at AS k, d.place * {_APART} + 1 + {chosen} AS product_id,"
         " 1 + (d.i + k.at) % 7 / 6 AS quantity FROM deal d JOIN bench_shop b ON b.place = d.place"
         f" CROSS JOIN ({_series(0, 2)}) k WHERE k.at <= d.i % 3")
    price = "(49000 + i.product_id * 7919 % 50000 * 10)"
    state = ("CASE WHEN d.lot < 6 AND d.age > 0 THEN 'cancelled' WHEN d.age = 0 THEN 'awaiting_packaging'"
             " WHEN d.age = 1 THEN 'awaiting_deliver' WHEN d.age < 6 THEN 'delivering' ELSE 'delivered' END")
    scheme = "CASE WHEN d.i * 13 / 7 % 20 < 15 THEN 'fbs' WHEN d.i * 13 / 7 % 20 < 18 THEN 'fbo' ELSE 'rfbs' END"
    _run(f"CREATE TEMP TABLE parcel AS SELECT d.*, {market.first} + d.place AS seller_id, s.units, s.minor,"
         f" {state} AS state, {moment} AS at, d.place * 10 + 1 + d.i * 7 % 11 / 7 AS warehouse_id, {scheme} AS scheme,"
         f" {_pick(_REGIONS, 'd.i * 17 / 3')} AS region, {_moment(today, 'd.age - 4', 'd.second')} AS delivered_at,"
         f" {_moment(today, 'd.age', '86340')} AS cancelled_at, CAST(10000000 + d.i AS text) || '-0001' AS number"
         f" FROM deal d JOIN (SELECT i.id, SUM(quantity) AS units, SUM(quantity * {price}) AS minor FROM item i"
         " GROUP BY i.id) s ON s.id = d.id")
    if is_postgres():
        execute("ANALYZE item")
        execute("ANALYZE parcel")
    _insert("orders_order", {**_plain(Order), "id": "p.id", "seller_id": "p.seller_id", "number": "p.number",
                             "buyer_name": "'Анна Соколова'", "city": "p.region", "region": "p.region",
                             "created_at": "p.at"}, "parcel p ORDER BY p.id")
    done, gone = "p.state = 'delivered'", "p.state = 'cancelled'"
    _insert("orders_posting", {
        **_plain(Posting), "id": "p.id", "seller_id": "p.seller_id", "order_id": "p.id", "number": "p.number || '-1'",
        "scheme": "p.scheme", "integration": "'platform'", "state": "p.state",
        "substate": "CASE p.state WHEN 'cancelled' THEN 'posting_canceled' WHEN 'awaiting_packaging' THEN"
                    " 'posting_created' WHEN 'awaiting_deliver' THEN 'posting_registered' WHEN 'delivering' THEN"
                    " 'posting_in_courier_service' ELSE 'posting_received' END",
        "changed_at": "p.at", "warehouse_id": "p.warehouse_id", "delivery_method_id": "p.warehouse_id",
        "currency": "'RUB'", "units": "p.units", "amount_minor": "p.minor", "city": "p.region", "in_process_at": "p.at",
        "ship_by": _moment(today, "p.age - 2", "p.second"), "box_count": "1", "version": "1",
        "handed_over_at": f"CASE WHEN {done} OR p.state = 'delivering' THEN p.delivered_at END",
        "delivered_at": f"CASE WHEN {done} THEN p.delivered_at END",
        "cancelled_at": f"CASE WHEN {gone} THEN p.cancelled_at END",
        "cancel_reason_id": f"CASE WHEN {gone} THEN 505 END"}, "parcel p ORDER BY p.id")
    _insert("orders_postingline", {
        **_plain(PostingLine), "posting_id": "p.id", "seller_id": "p.seller_id", "product_id": "i.product_id",
        "sku": "i.product_id + 1000000000", "offer_id": "'B-' || CAST(i.product_id AS text)",
        "name": "'Enamelled mug, blue, no. ' || CAST(i.product_id AS text)", "quantity": "i.quantity",
        "weight_g": "300", "price_minor": price, "commission_minor": f"{price} / 10 * i.quantity",
        "commission_bp": "1000", "commission_rule_id": "1"}, "parcel p JOIN item i ON i.id = p.id ORDER BY p.id, i.k")
    _returns(price)
    _ledger(market, price)
    _history()
    for table in ("parcel", "item", "deal"):
        execute(f"DROP TABLE {table}")


def _returns(price: str) -> None:
    """One unit of four deliveries in a hundred, asked for the day after."""
    from sellerdesk.returns.models import Return

    _insert("returns_return", {
        **_plain(Return), "seller_id": "p.seller_id", "scheme": "p.scheme", "posting_number": "p.number || '-1'",
        "order_id": "p.id", "order_number": "p.number", "kind": "'ClientReturn'", "product_id": "i.product_id",
        "warehouse_id": "p.warehouse_id", "sku": "i.product_id + 1000000000",
        "offer_id": "'B-' || CAST(i.product_id AS text)", "name": "'Enamelled mug'", "quantity": "1",
        "amount_minor": price, "currency": "'RUB'", "reason": "'defective'", "state": "'received'", "version": "1",
        "created_at": "p.cancelled_at", "changed_at": "p.cancelled_at"},
        "(SELECT p.* FROM parcel p WHERE p.state = 'delivered' AND p.age > 6 AND p.lot > 95) p"
        " JOIN item i ON i.id = p.id AND i.k = 0 ORDER BY p.id")


def _ledger(market: Market, price: str) -> None:
    """What delivering books: sale and commission of each line, logistics and acquiring of the parcel, both sides each.

    Every shop has its bookings; of a thousand shops only some forty have their lines, five for each line of an order:
    those that are asked are among them, and nobody else's are read.
    """
    step = max(market.shops // 20, 1)
    asked = f"p.state = 'delivered' AND p.place % {step} IN (0, {(market.shops - 1) // 2 % step})"
    paid, freight = "p.minor - p.minor / 10 - 9900 - p.minor * 2 / 100", "9900"
    _insert("finance_transaction", {
        "id": "p.id", "seller_id": "p.seller_id", "kind": "'delivery'", "at": "p.delivered_at", "amount_minor": paid,
        "key": "'delivery:' || CAST(p.seller_id AS text) || ':' || p.number", "posting_number": "p.number || '-1'",
        "currency": "'RUB'"}, "parcel p WHERE p.state = 'delivered' ORDER BY p.id")
    line = {"transaction_id": "p.id", "seller_id": "p.seller_id", "currency": "'RUB'", "account": "a.account",
            "kind": "a.kind"}
    sides = ("(SELECT 'seller' AS account, 1 AS side, 'sale' AS kind, 10 AS tenths"
             " UNION ALL SELECT 'buyer', -1, 'sale', 10"
             " UNION ALL SELECT 'seller', -1, 'commission', 1 UNION ALL SELECT 'commission', 1, 'commission', 1) a")
    _insert("finance_line", {**line, "amount_minor": f"a.side * i.quantity * {price} / 10 * a.tenths",
                             "sku": "i.product_id + 1000000000", "quantity": "i.quantity"},
            f"parcel p JOIN item i ON i.id = p.id CROSS JOIN {sides} WHERE {asked} ORDER BY p.id")
    sides = ("(SELECT 'seller' AS account, -1 AS side, 'logistics' AS kind UNION ALL SELECT 'logistics', 1, 'logistics'"
             " UNION ALL SELECT 'seller', -1, 'acquiring' UNION ALL SELECT 'acquiring', 1, 'acquiring') a")
    _insert("finance_line", {**line, "quantity": "0", "amount_minor":
                             f"a.side * CASE a.kind WHEN 'logistics' THEN {freight} ELSE p.minor * 2 / 100 END"},
            f"parcel p CROSS JOIN {sides} WHERE {asked} ORDER BY p.id")


def _history() -> None:
    """The orders of the last four weeks, each with a few steps of its parcel after it."""
    for event, steps in (("orders.posting.created", 1), ("orders.posting.moved", 3)):
        _insert("core_activity", {
            "at": "p.at", "event": f"'{event}'", "seller_id": "p.seller_id", "actor_kind": "'system'",
            "actor_id": "'bench'", "actor_label": "'bench'", "on_behalf_of": "''", "via_kind": "''", "via_id": "''",
            "request_id": "''",
            "target_type": "'posting'", "target_id": "p.number || '-1'", "target_label": "p.number || '-1'"},
            f"parcel p CROSS JOIN ({_series(1, steps)}) k WHERE p.age < 28 ORDER BY p.at")


def _categories() -> None:
    """Four departments with ten leaves each."""
    names = ", ".join(f"'{word} ' || CAST(s.at AS text)" for word in ("Goods", "Товары", "商品"))
    listed = "id, parent_id, name_en, name_ru, name_zh, depth, position, disabled, source"
    for own, parent, depth, count in (("11 + s.at", "NULL", 0, 4), ("101 + s.at", "11 + s.at / 10", 1, _LEAVES)):
        execute(f"INSERT INTO catalog_category ({listed}) SELECT {own}, {parent}, {names}, {depth}, 0, FALSE, 'bench'"
                f" FROM ({_series(0, count - 1)}) s WHERE TRUE ON CONFLICT DO NOTHING")
    listed = "id, category_id, name_en, name_ru, name_zh, search_text, disabled, source"
    execute(f"INSERT INTO catalog_producttype ({listed}) SELECT 201 + s.at, 101 + s.at, {names}, '', FALSE, 'bench'"
            f" FROM ({_series(0, _LEAVES - 1)}) s WHERE TRUE ON CONFLICT DO NOTHING")


def _brand(number: str) -> str:
    """SQL: the attributes of a card that names one of the brands."""
    text = ("'[{\"id\": 85, \"values\": [{\"dictionary_value_id\": 0, \"value\": \"Brand ' ||"
            f" CAST({number} % {_BRANDS} AS text) || '\"}}]}}]'")
    return f"CAST({text} AS jsonb)" if is_postgres() else text


def _plain(model: type[models.Model]) -> dict[str, str]:
    """Columns that must hold something and have no bearing here, with a value that they may hold."""
    made = {}
    for column in model._meta.concrete_fields:
        kind = column.get_internal_type()
        if not column.null and not column.primary_key:
            made[str(column.column)] = (
                "FALSE" if kind == "BooleanField" else "''" if kind in ("CharField", "TextField") else "0"
                if kind != "JSONField" else "'{}'" if column.default is dict else "'[]'")
    return made


def _insert(table: str, columns: dict[str, str], source: str, params: Sequence[Any] = ()) -> None:
    _run(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM {source}", params)


def _run(sql: str, params: Sequence[Any] = ()) -> None:
    """SQL with remainders in it: every % that is not a parameter is one."""
    execute(re.sub("%(?!s)", "%%", sql), params)


def _series(first: int, last: int) -> str:
    """SQL: numbers `at` of 64 bits, both ends with them."""
    if is_postgres():
        return f"SELECT at FROM generate_series({first}::bigint, {last}::bigint) AS at"
    return (f"WITH RECURSIVE up (at) AS (SELECT {first} UNION ALL SELECT at + 1 FROM up WHERE at < {last})"
            " SELECT at FROM up")


def _moment(day: datetime, days: str, seconds: str) -> str:
    """SQL: so many days before a midnight, so many seconds after the midnight of that day."""
    if is_postgres():
        return f"(timestamptz '{day.isoformat()}' + (({seconds}) - 86400 * ({days})) * interval '1 second')"
    return (f"strftime('%Y-%m-%d %H:%M:%S', '{day:%Y-%m-%d %H:%M:%S}',"
            f" (({seconds}) - 86400 * ({days})) || ' seconds')")


def _pick(words: tuple[str, ...], number: str) -> str:
    return f"CASE ({number}) % {len(words)} " + " ".join(
        f"WHEN {at} THEN '{word}'" for at, word in enumerate(words)) + " END"


@contextmanager
def _quick() -> Iterator[None]:
    """Without triggers and without indexes that can be made afterwards: no words for search, no single checks."""
    tables = ", ".join(f"'{name}'" for name in (
        "orders_posting", "orders_postingline", "orders_order", "finance_transaction", "finance_line", "core_activity",
        "catalog_product"))
    with as_owner():
        if is_postgres():
            execute("SET session_replication_role = replica")
            execute("SET work_mem = '256MB'")
            dropped = fetch_all("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
                                f" AND indexdef NOT LIKE '%%UNIQUE%%' AND tablename IN ({tables})")
        else:
            for (name,) in fetch_all("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                execute(f'DROP TRIGGER "{name}"')
            execute("PRAGMA foreign_keys = OFF")
            execute("PRAGMA cache_size = -400000")
            dropped = fetch_all("SELECT name, sql FROM sqlite_master WHERE type = 'index'"
                                f" AND sql NOT LIKE '%%UNIQUE%%' AND tbl_name IN ({tables})")
        for name, _sql in dropped:
            execute(f'DROP INDEX "{name}"')
        yield
        for _name, sql in dropped:
            _run(sql)
        if is_postgres():
            execute("SET session_replication_role = origin")
            execute("RESET work_mem")


def count() -> tuple[int, int, int]:
    """Order lines, ledger lines and rows of facts by goods and quarter of an hour."""
    row = fetch_one("SELECT (SELECT COUNT(*) FROM orders_postingline), (SELECT COUNT(*) FROM finance_line),"
                    " (SELECT COUNT(*) FROM analytics_goodsslot)")
    assert row is not None
    return int(row[0]), int(row[1]), int(row[2])

