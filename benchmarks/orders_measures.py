"""What the list of orders is asked for, and a shop large enough to ask: see orders_list.py."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks import ground
from sellerdesk.core import scope
from sellerdesk.core.db import as_owner, atomic, execute, fetch_one, is_postgres
from sellerdesk.orders import queries, states
from sellerdesk.orders.queries.searching import WORDS
from sellerdesk.orders.services import counting
from sellerdesk.orders.types import PostingFilter
from sellerdesk.sellers.types import SellerRef

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SMALL = 10_000
CHUNK = 50_000
GOODS = 500
_ADJECTIVES = ("синяя", "эмалированная", "складная", "дорожная", "wireless", "ceramic", "детская", "зимняя", "медная",
               "белая")
_NOUNS = ("кружка", "подушка", "сковорода", "headphones", "лампа", "скатерть", "термос", "backpack", "гирлянда",
          "щётка")
_NAMES = ("Ольга", "Пётр", "Вера", "Семён", "Anna", "Dmitri", "Лейла", "Марат", "Инна", "Глеб")
_SURNAMES = ("Ёлкин", "Воронцова", "Кузнецов", "Галиева", "Смирнова", "Petrov", "Чернышёв", "Ахметов", "Соколова",
             "Климов")
#: Of a hundred postings: waiting, packed, on the way, cancelled; the others are delivered.
_PLACES = (("awaiting_packaging", "posting_created", 1), ("awaiting_deliver", "posting_registered", 1),
           ("delivering", "posting_in_courier_service", 3), ("cancelled", "posting_canceled", 4))


def _shop(name: str) -> SellerRef:
    from sellerdesk.accounts.services import create_user
    from sellerdesk.core.actor import Actor
    from sellerdesk.sellers import services as sellers

    user = create_user(email=f"{name}@example.com", password="correct-horse-battery-staple", name=name)
    return sellers.register_shop(
        user_id=user, legal_name=f"{name} LLC", country="RU",
        registration_number="7707083893" if name == "anna" else "7736050003", shop_name=name, currency="RUB",
        time_zone="Europe/Moscow", language="en", actor=Actor.user(user, name), now=NOW)


def _fill(seller: SellerRef, first: int, rows: int, before: int = 0) -> None:
    """Postings one a minute backwards from now, of two warehouses, spread over places, goods and buyers."""
    with atomic():
        _numbers(first, rows, before)
        order_time = _minutes_before("n.at")
        name = _pick(_NAMES, "n.id * 7") + " || ' ' || " + _pick(_SURNAMES, "n.id * 13 / 10")
        goods = _pick(_ADJECTIVES, "n.id * 31 / 7") + " || ' ' || " + _pick(_NOUNS, "n.id * 17 / 3")
        execute("INSERT INTO orders_order (id, seller_id, number, buyer_name, buyer_phone, city, region, address,"
                f" created_at) SELECT n.id, %s, CAST(n.id * 48271 AS text) || '-0001', {name}, '', 'Казань', '', '',"
                f" {order_time} FROM numbers n", [seller.id])
        state, substate = _place(0), _place(1)
        columns = {
            "id": "n.id", "seller_id": "%s", "order_id": "n.id", "number": "CAST(n.id * 48271 AS text) || '-0001-1'",
            "parent_number": "''", "scheme": "'fbs'", "state": state, "substate": substate, "previous_substate": "''",
            "changed_at": order_time, "warehouse_id": "1 + n.id % 2", "delivery_method_id": "1",
            "tracking_number": "'RP' || CAST(n.id * 7919 + 100000000 AS text)", "currency": "'RUB'", "units": "1",
            "weight_g": "300", "amount_minor": "10000 + n.id * 7919 % 500000", "city": "'Казань'",
            "in_process_at": order_time, "ship_by": _minutes_before("n.at - 1440"), "cancel_message": "''",
            "cancelled_by": "''", "cancelled_after_ship": "FALSE", "logistics_minor": "0", "version": "1",
            "search_text": _lower(
                f"CAST(n.id * 48271 AS text) || '-0001-1 ' || {name} || ' bench-' || CAST(n.id % {GOODS} AS text) ||"
                f" ' ' || CAST(1500000000 + n.id % {GOODS} AS text) || ' ' || {goods} || ' rp' ||"
                " CAST(n.id * 7919 + 100000000 AS text)")}
        columns |= {name: default for name, default in _others().items() if name not in columns}
        execute(f"INSERT INTO orders_posting ({', '.join(columns)}) SELECT {', '.join(columns.values())}"
                " FROM numbers n", [seller.id])
        execute("DROP TABLE numbers")


def _others() -> dict[str, str]:
    """Columns that have no bearing here, with a value that they may hold."""
    from sellerdesk.orders.models import Posting

    found = {}
    for column in Posting._meta.concrete_fields:
        if not column.null and column.column:
            kind = column.get_internal_type()
            found[column.column] = "FALSE" if kind == "BooleanField" else "''" if kind in (
                "CharField", "TextField") else "'[]'" if kind == "JSONField" else "0"
    return found


def _numbers(first: int, rows: int, before: int) -> None:
    execute(f"CREATE TEMP TABLE numbers AS SELECT {first} + at AS id, at + {before} AS at"
            f" FROM generate_series(0, {rows - 1}) AS at" if is_postgres() else
            "CREATE TEMP TABLE numbers AS WITH RECURSIVE up (at) AS (SELECT 0 UNION ALL SELECT at + 1 FROM up"
            f" WHERE at < {rows - 1}) SELECT {first} + at AS id, at + {before} AS at FROM up")


def _minutes_before(minutes: str) -> str:
    if is_postgres():
        return f"(timestamptz '{NOW.isoformat()}' - ({minutes}) * interval '1 minute')"
    return f"strftime('%%Y-%%m-%%d %%H:%%M:%%S', '{NOW:%Y-%m-%d %H:%M:%S}', (-({minutes})) || ' minutes')"


def _pick(words: tuple[str, ...], number: str) -> str:
    cases = " ".join(f"WHEN {at} THEN '{word}'" for at, word in enumerate(words))
    return f"CASE ({number}) % {len(words)} {cases} END"


def _place(part: int) -> str:
    cases, upto = "", 0
    for place in _PLACES:
        upto += int(place[2])
        cases += f" WHEN n.id * 37 % 100 < {upto} THEN '{place[part]}'"
    return f"CASE{cases} ELSE '{('delivered', 'posting_received')[part]}' END"


def _lower(text: str) -> str:
    # SQLite lowers ASCII alone; the words are few.
    for word in (*_NAMES, *_SURNAMES, *_ADJECTIVES, *_NOUNS):
        text = text.replace(f"'{word}'", "'" + word.casefold().replace("ё", "е") + "'")
    return text


def _sample(act: Callable[[], object], tries: int) -> tuple[float, float, float]:
    """p50 and p95 by the clock, and the CPU of this process for one; milliseconds."""
    act()
    before = time.process_time()
    sample = [ground.timed(act) for _ in range(tries)]
    return *ground.p50_p95(sample), (time.process_time() - before) * 1000 / tries


def _acts(seller: SellerRef, first: int, rows: int) -> dict[str, Callable[[], Any]]:
    dice = random.Random(5)
    span = timedelta(minutes=rows)

    def page(sort: str, *, newest: bool = True, deep: bool = False, **where: Any) -> Callable[[], Any]:
        def ask() -> Any:
            cursor = _anywhere(seller, sort, newest, dice, PostingFilter(**where)) if deep else ""
            return queries.postings_page(seller, filter=PostingFilter(**where), cursor=cursor, limit=100,
                                         newest_first=newest, sort=sort)
        return ask

    def find(make: Callable[[], str], **where: Any) -> Callable[[], Any]:
        return lambda: queries.postings_page(seller, filter=PostingFilter(search=make(), **where), limit=100)

    def number() -> str:
        return str((first + dice.randrange(rows)) * 48271)

    def buyer() -> str:
        return f"{dice.choice(_SURNAMES)} {dice.choice(_NAMES)} {dice.choice(_NOUNS)}"

    return {
        "newest, page 1": page("in_process_at"), "newest, anywhere": page("in_process_at", deep=True),
        "by amount, anywhere": page("amount", deep=True), "by deadline, anywhere": page("ship_by", deep=True),
        "delivered, newest": page("in_process_at", tab="delivered"),
        "on the way, newest": page("in_process_at", tab="on_the_way"),
        "to pack, due first": page("urgency", newest=False, tab="to_pack"),
        "status + dates + text": find(lambda: "кружка", tab="delivered", since=NOW - span / 2, to=NOW - span / 4),
        "counters of tabs": lambda: queries.counts(seller), "groups of deadlines": lambda: queries.urgent(
            seller, NOW, "to_pack"),
        "search: whole number": find(number), "search: part of a number": find(lambda: number()[2:9]),
        "search: buyer and goods": find(buyer), "search: one common word": find(lambda: dice.choice(_NOUNS)),
        "search: two typing errors": lambda: queries.corrected(seller, "вороницова кузнцов"),
    }


def _anywhere(seller: SellerRef, sort: str, newest: bool, dice: random.Random, where: PostingFilter) -> str:
    """A cursor in the middle of nowhere, made of values such as a page would have ended with."""
    from sellerdesk.core.db import cursor_encode

    if sort == "amount":
        return cursor_encode(10_000 + dice.randrange(500_000), 10**9, False)
    return cursor_encode(NOW - timedelta(minutes=dice.randrange(1, SMALL)), 10**9, False)


def run(rows: int, tries: int) -> None:
    """Fill a shop of so many postings and one of 10,000, and print what each act takes in both."""
    with ground.database() as vendor, scope.across_shops():
        large, small = _shop("anna"), _shop("clara")
        begun = time.perf_counter()
        _fill(small, 1, SMALL)
        for done in range(0, rows, CHUNK):
            _fill(large, 10_000_000 + done, min(CHUNK, rows - done), done)
        print(f"{vendor}, {rows:,} and {SMALL:,} postings, filled in {time.perf_counter() - begun:.0f} s,"
              f" load {os.getloadavg()[0]:.1f}", flush=True)
        if is_postgres():
            with as_owner():
                execute("ANALYZE orders_posting")
                execute("ANALYZE orders_posting_words")
        assert queries.counts(large)["all"] == rows
        assert WORDS.find(large.id, ["-0001-1"], 10) is None
        print(f"{'':28}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}{'CPU of ' + format(SMALL, ','):>16}{'ratio':>8}")
        of_small = _acts(small, 1, SMALL)
        for name, act in _acts(large, 10_000_000, rows).items():
            little = _sample(of_small[name], tries)
            p50, p95, cpu = _sample(act, tries)
            print(f"{name:28}{p50:9.2f}{p95:9.2f}{cpu:9.2f}{little[2]:16.2f}{cpu / little[2]:8.1f}", flush=True)
        _count_by_hand(large)


def _count_by_hand(seller: SellerRef) -> None:
    taken = ground.timed(lambda: fetch_one("SELECT COUNT(*) FROM orders_posting WHERE seller_id = %s AND state IN"
                                           f" ({','.join(['%s'] * len(states.TABS['delivered']))})",
                                           [seller.id, *states.TABS["delivered"]]))
    print(f"counting one tab by hand {taken:.1f} ms; counting all anew {ground.timed(counting.recount):.0f} ms")

