"""Reports of orders as files: every order to XLSX and Parquet, and a million rows to CSV, made while they are read.

    python -m benchmarks.exports --orders 100000 --rows 1000000

The million rows are those of the orders, read again until there are so many: what is read and written is the same.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from benchmarks import ground

#: What a file of either kind may take.
MOST_SECONDS, MOST_MIB = 30, 150


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--orders", type=int, default=100_000)
    asked.add_argument("--rows", type=int, default=1_000_000)
    options = asked.parse_args()
    ground.start()
    with ground.database() as vendor:
        from benchmarks import trade

        market = trade.found(2)
        # The second shop has nine orders of ten, ships 17 of 20 itself, and an order has two lines.
        trade.grow(market, 0, options.orders * 400 // 153)
        trade.statistics()
        print(f"{vendor}, {options.orders:,} orders, load {os.getloadavg()[0]:.1f}")
        _measure(market.first + 1, options.orders, options.rows)


def _measure(seller_id: int, orders: int, rows: int) -> None:
    from sellerdesk.analytics.services import report_rows
    from sellerdesk.core import scope
    from sellerdesk.core.sheets import write_csv, write_parquet, write_xlsx
    from sellerdesk.sellers import queries as sellers

    def sheet() -> report_rows.Sheet:
        return report_rows.postings(sellers.seller_ref(seller_id), {}, ZoneInfo("Europe/Moscow"), "ru")

    def again() -> Iterator[Any]:
        return islice(chain.from_iterable(sheet().rows for _ in iter(int, 1)), rows)

    with scope.one_shop(seller_id):
        columns = sheet().columns
        for title, act in {
            f"{orders:,} orders to XLSX": lambda handle: write_xlsx(handle, columns, sheet().rows),
            f"{orders:,} orders to Parquet": lambda handle: write_parquet(handle, columns, sheet().rows),
            f"{rows:,} rows to CSV": lambda handle: write_csv(handle, columns, again()),
        }.items():
            _told(title, act)


def _told(title: str, act: Callable[[IO[bytes]], int]) -> None:
    Path("/proc/self/clear_refs").write_text("5")
    idle, before, begun = _peak_mib(), resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    with tempfile.TemporaryFile() as handle:
        written, size = act(handle), handle.seek(0, 2)
    after = resource.getrusage(resource.RUSAGE_SELF)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    more = _peak_mib() - idle
    said = "" if used <= MOST_SECONDS and more <= MOST_MIB else "  TOO MUCH"
    print(f"{title:28} {written:>9,} rows {size / 2**20:7.1f} MiB  {used:6.1f} s CPU"
          f" {time.perf_counter() - begun:7.1f} s  {more:5.0f} MiB more{said}", flush=True)


def _peak_mib() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main()
