"""Home board and explorer (28 days, the 1,000 best SKUs) over facts of many order lines, against the same at a tenth.

    python -m benchmarks.figures --lines 200000 --tries 15

Lines lie evenly over a year and 2,000 SKUs of one shop. Facts are filled as they would be kept; what is measured is
reading, in CPU. The ratio of the two samples of one run is what counts.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from benchmarks import ground

SKUS, DAYS = 2_000, 365
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def fill(seller_id: int, lines: int) -> None:
    """Facts of so many lines: goods by slot and day, and the shop's slots, from one series of numbers."""
    from sellerdesk.analytics.rules import slot_of
    from sellerdesk.core.db import execute, is_postgres

    first, slots = slot_of(NOW - timedelta(days=DAYS)), DAYS * 96
    numbers = ("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %s)")
    # 7919 and 104729 are primes: lines are spread over SKUs and moments without a pattern.
    goods = (f"SELECT %s AS seller_id, %s + (i * 7919) %% {slots} AS slot, (i * 104729) %% {SKUS} AS sku,"
             " 1 + i %% 2 AS units FROM n")
    for model in ("goodsslot", "goodsday", "shopslot"):
        execute(f"DELETE FROM analytics_{model} WHERE seller_id = %s", [seller_id])
    execute("INSERT INTO analytics_goodsslot (seller_id, slot, product_id, sku, warehouse_id, region, scheme,"
            f" ordered_units, ordered_minor) {numbers} SELECT seller_id, slot, sku, sku, 1, 'R', 'fbs', SUM(units),"
            f" SUM(units) * 100000 FROM ({goods}) g GROUP BY 1, 2, 3", [lines - 1, seller_id, first])
    day = "date(slot * 900, 'unixepoch')" if not is_postgres() else "to_timestamp(slot * 900)::date"
    execute("INSERT INTO analytics_goodsday (seller_id, day, product_id, sku, warehouse_id, region, scheme,"
            f" ordered_units, ordered_minor) SELECT seller_id, {day}, product_id, sku, 1, 'R', 'fbs',"
            " SUM(ordered_units),"
            " SUM(ordered_minor) FROM analytics_goodsslot WHERE seller_id = %s GROUP BY 1, 2, 3, 4", [seller_id])
    execute("INSERT INTO analytics_shopslot (seller_id, slot, warehouse_id, scheme, ordered_units, ordered_minor,"
            " ordered_postings) SELECT seller_id, slot, 1, 'fbs', SUM(ordered_units), SUM(ordered_minor), COUNT(*)"
            " FROM analytics_goodsslot WHERE seller_id = %s GROUP BY 1, 2", [seller_id])


def measured(call: Callable[[], object], tries: int) -> float:
    """The middle of so many tries, in milliseconds of CPU."""
    call()
    taken = []
    for _ in range(tries):
        start = time.process_time()
        call()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--lines", type=int, default=200_000)
    asked.add_argument("--tries", type=int, default=15)
    options = asked.parse_args()
    ground.start()
    with ground.database() as vendor:
        measure(options.lines, options.tries, vendor)


def measure(most: int, tries: int, vendor: str) -> None:
    from sellerdesk.accounts.services import create_user
    from sellerdesk.analytics import queries
    from sellerdesk.analytics.types import Question
    from sellerdesk.core.actor import Actor
    from sellerdesk.sellers import services as sellers

    owner = create_user(email="bench@example.com", password="x" * 20, name="Bench")
    seller = sellers.register_shop(
        user_id=owner, legal_name="Bench LLC", country="RU", registration_number="7707083893", shop_name="Bench",
        currency="RUB", time_zone="Europe/Moscow", language="en", actor=Actor.system("bench"), now=NOW)
    zone, since, until = ZoneInfo("Asia/Kolkata"), NOW.date() - timedelta(days=27), NOW.date()
    question = Question(since, until, ("sku",), ("revenue", "units", "average_price"), sort="revenue", limit=1000)
    found: dict[str, list[float]] = {"home board": [], "explorer, 1,000 SKUs": []}
    for lines in (most // 10, most):
        fill(seller.id, lines)
        found["home board"].append(measured(
            lambda: queries.figures(seller, now=NOW, zone=zone, with_money=True), tries))
        found["explorer, 1,000 SKUs"].append(measured(
            lambda: queries.answer(seller, question, zone=zone, language="en"), tries))
    for name, (few, many) in found.items():
        print(f"{vendor}, {name}: {few:.1f} ms at {most // 10:,} lines, {many:.1f} ms at {most:,}:"
              f" ratio {many / few:.2f}")


if __name__ == "__main__":
    main()
