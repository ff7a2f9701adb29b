"""Home board and explorer over a year of trade, against the same at fewer lines.

    python -m benchmarks.figures --lines 100000 1000000 2000000
    DATABASE_URL=postgres://… python -m benchmarks.figures --lines 100000 1000000 10000000

See trade.py for what the shops hold. Asked are the largest shop, which has a tenth of all lines, and one of the middle.
`--keep` leaves the database, `--again` measures what such a run has left without making anything.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks import ground

SHOPS = 1_000
#: What a page or an answer may take by the clock.
MOST_MS = 300


@dataclass(frozen=True, slots=True)
class Taken:
    """One act: middle and 95th of a hundred by the clock, CPU of this process and of the database's, milliseconds."""

    p50: float
    p95: float
    own: float
    server: float


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--lines", type=int, nargs="+", default=[100_000, 1_000_000])
    asked.add_argument("--shops", type=int, default=SHOPS)
    asked.add_argument("--tenths", type=int, default=1, choices=range(1, 10),
                       help="of all lines and goods, what the largest shop has")
    asked.add_argument("--tries", type=int, default=15)
    asked.add_argument("--keep", action="store_true")
    asked.add_argument("--again", action="store_true")
    options = asked.parse_args()
    ground.start()
    with ground.database(keep=options.keep or options.again, again=options.again) as vendor:
        if options.again:
            _print(vendor, [(0, _measured(options.tries))])
            return
        from benchmarks import trade

        _print(vendor, _grown(vendor, trade.found(options.shops, options.tenths), options.lines, options.tries))


def _grown(vendor: str, market: Any, sizes: list[int], tries: int) -> list[tuple[int, dict[str, Taken]]]:
    from benchmarks import trade

    before, found = 0, []
    for lines in sizes:
        begun = time.perf_counter()
        trade.grow(market, before, lines)
        filled = time.perf_counter()
        trade.facts()
        counted = time.perf_counter()
        trade.statistics()
        order_lines, ledger_lines, slots = trade.count()
        print(f"{vendor}: {order_lines:,} order lines, {ledger_lines:,} ledger lines, {market.shops:,} shops in"
              f" {filled - begun:.0f} s, {slots:,} facts by quarter of an hour in {counted - filled:.0f} s, load"
              f" {os.getloadavg()[0]:.1f}", flush=True)
        found.append((order_lines, _measured(tries)))
        _print(vendor, found[-1:])
        before = lines
    return found


def _measured(tries: int) -> dict[str, Taken]:
    from sellerdesk.core import scope
    from sellerdesk.sellers import queries as sellers
    from sellerdesk.sellers.models import Seller

    first = Seller.objects.order_by("id").values_list("id", flat=True)[0]
    shops = {"largest shop": first, "middle shop": first + (Seller.objects.count() - 1) // 2}
    found = {}
    for title, seller_id in shops.items():
        with scope.one_shop(seller_id):
            for name, act in _acts(sellers.seller_ref(seller_id)).items():
                found[f"{title}, {name}"] = _taken(act, tries)
    for name, act in _pages().items():
        found[f"largest shop, {name}"] = _taken(act, tries)
    return found


def _acts(seller: Any) -> dict[str, Callable[[], object]]:
    """What domains are asked for by pages and programs; days of Kolkata begin at half hours of UTC."""
    from benchmarks.trade import NOW
    from sellerdesk.analytics import queries
    from sellerdesk.analytics.metrics import FIRST_METRICS
    from sellerdesk.analytics.types import Question

    zone, since, until = ZoneInfo("Asia/Kolkata"), NOW.date() - timedelta(days=27), NOW.date()

    def ask(by: str, sort: str = "revenue", **more: Any) -> Callable[[], object]:
        question = Question(since, until, (by,), more.pop("metrics", FIRST_METRICS), sort=sort, limit=1000, **more)
        return lambda: queries.answer(seller, question, zone=zone, language="en")

    days = Question(since, until, ("sku",), FIRST_METRICS, sort="revenue", limit=1000)
    return {
        "home board": lambda: queries.board(seller, now=NOW, zone=zone, language="en", with_money=True),
        "explorer by SKU, best 1,000": ask("sku"),
        "explorer by SKU, compared": lambda: queries.compared(
            seller, days, since - timedelta(days=28), since - timedelta(days=1), zone=zone, language="en"),
        "explorer by day": ask("day", sort=""),
        "explorer by category": ask("category2"), "explorer by brand": ask("brand"),
        "explorer by warehouse": ask("warehouse"), "explorer by region": ask("region"),
        "explorer of one SKU by day": ask("day", sort="", skus=(_any_sku(seller),)),
    }


def _any_sku(seller: Any) -> int:
    from sellerdesk.catalog.models import Product

    return int(Product.objects.filter(seller_id=seller.id).order_by("id").values_list("sku", flat=True)[0])


def _pages() -> dict[str, Callable[[], object]]:
    """Whole pages through all middlewares, signed in, as the server makes them."""
    from django.test import Client
    from django.urls import reverse

    from benchmarks.trade import NOW
    from sellerdesk.accounts.models import User
    from sellerdesk.core import clock
    from tests import cookies

    cookies.install()
    client, owner = Client(), User.objects.get(email="bench@example.com")
    client.force_login(owner)
    cookies.prove_now(client, owner)
    clock.now = lambda: NOW
    explorer = reverse("analytics:explorer")

    def page(path: str) -> Callable[[], object]:
        def get() -> object:
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code, answer.headers)
            return answer
        return get

    return {"page: home": page(reverse("home")), "page: explorer by day": page(explorer),
            "page: explorer by SKU": page(explorer + "?by=sku"),
            "page: explorer by SKU, compared": page(explorer + "?by=sku&compare=before"),
            "page: terms": page(reverse("orders:terms")), "page: accruals": page(reverse("finance:balance")),
            "page: money": page(reverse("finance:home")), "page: debts": page(reverse("finance:debt")),
            "page: new strategy": page(reverse("promotions:strategy_new"))}


def _taken(act: Callable[[], object], tries: int) -> Taken:
    act()
    own, server, sample = time.process_time(), _server_cpu(), []
    for _ in range(tries):
        begun = time.perf_counter()
        act()
        sample.append((time.perf_counter() - begun) * 1000)
    own, server = time.process_time() - own, _server_cpu() - server
    p95 = statistics.quantiles(sample, n=20, method="inclusive")[-1] if tries > 1 else sample[0]
    return Taken(statistics.median(sample), p95, own * 1000 / tries, server * 1000 / tries)


def _server_cpu() -> float:
    """Seconds of CPU that the database's own process for this connection has had; 0 where it runs inside of us or
    elsewhere. Parallel helpers of it are not in it."""
    from sellerdesk.core.db import fetch_one, is_postgres

    if not is_postgres():
        return 0.0
    row = fetch_one("SELECT pg_backend_pid()")
    try:
        with open(f"/proc/{row[0] if row else 0}/schedstat", encoding="ascii") as file:
            return int(file.read().split()[0]) / 1e9
    except OSError:
        return 0.0


def _print(vendor: str, found: list[tuple[int, dict[str, Taken]]]) -> None:
    """A line for each act with all sizes; what is over the limit is marked."""
    print(f"{vendor}, ms by the clock p50 / p95, CPU of program + database", flush=True)
    for name in found[0][1]:
        cells = []
        for lines, taken in found:
            one = taken[name]
            cells.append(f"{lines:,}: {one.p50:.1f} / {one.p95:.1f}, {one.own:.1f} + {one.server:.1f}"
                         f"{' OVER' if one.own + one.server > MOST_MS else ''}")
        first, last = found[0][1][name], found[-1][1][name]
        growth = f"   ratio {last.p50 / first.p50:.2f}" if len(found) > 1 else ""
        print(f"  {name:44} {'   '.join(cells)}{growth}", flush=True)


if __name__ == "__main__":
    main()
