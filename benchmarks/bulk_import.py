"""A spreadsheet of new products from upload to report (P01, P05), against the bare database inserting the same rows.

The import is the whole of it: reading, checking, products, prices, stock, history, journal, report. The floor writes
the very rows that the import left in its seven tables into temporary ones with the driver's own `executemany`, without
checks or indexes. Memory is the highest during the import above what the process held before it.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import ground

TABLES = ("catalog_product", "catalog_change", "catalog_importitem", "pricing_price", "pricing_pricechange",
          "inventory_stock", "inventory_stockmove")
HEAD = ("Offer ID", "Product name", "Product type", "Price", "Stock", "Package depth, mm", "Package width, mm",
        "Package height, mm", "Weight with package, g", "VAT", "Brand", "Model name", "Product colour", "Connection",
        "Description")
_AT_ONCE = 5000


def write(path: str, rows: int) -> None:
    """The file: one row in a hundred has a wrong cell."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Products")
    sheet.write_row(0, 0, HEAD)
    for at in range(1, rows + 1):
        sheet.write_row(at, 0, (
            f"HP-{at}", f"Aria {at} over-ear headphones", 91101, 1000 + at % 5000, at % 40, 200, 90, 220, 350, "20%",
            "No brand", f"Aria {at}", "blakc" if at % 100 == 7 else "Black; White", "Bluetooth",
            f"Number {at}: closed headphones with soft cushions, thirty hours of music and a cable for the plane."))
    book.close()


def rss_peak_mib() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def measured(act: Callable[[], object]) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of this process's CPU, and the highest memory above the start in MiB."""
    forget_peak()
    idle, used, begun = rss_peak_mib(), resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    act()
    seconds, now = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF)
    return seconds, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime, rss_peak_mib() - idle


def floor_seconds() -> float:
    """How long the driver needs to insert the same rows into bare tables of the same columns."""
    from django.db import connection, transaction

    spent = 0.0
    for table in TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE floor_{table} AS SELECT * FROM {table} WHERE 1 = 0")
            cursor.execute(f"SELECT * FROM {table} LIMIT 0")
            columns = [each[0] for each in cursor.description]
        marks = ", ".join(["%s"] * len(columns))
        key = "product_id" if table == "pricing_price" else "id"
        last: Any = -1
        with transaction.atomic():
            while True:
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT * FROM {table} WHERE {key} > %s ORDER BY {key} LIMIT {_AT_ONCE}", [last])
                    rows = [tuple(map(_plain, row)) for row in cursor.fetchall()]
                    if not rows:
                        break
                    last = rows[-1][columns.index(key)]
                    begun = time.perf_counter()
                    cursor.executemany(f"INSERT INTO floor_{table} VALUES ({marks})", rows)
                    spent += time.perf_counter() - begun
            begun = time.perf_counter()
        spent += time.perf_counter() - begun
    return spent


def _plain(value: Any) -> Any:
    if isinstance(value, (dict, list)):
        from psycopg.types.json import Jsonb

        return Jsonb(value)
    return value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000])
    parser.add_argument("--profile", action="store_true", help="print where the time of the import goes")
    parser.add_argument("--write", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write(options.write[0], int(options.write[1]))
        return
    ground.start()
    for rows in options.rows:
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            # Made by another process, so that its memory is not counted here.
            subprocess.run([sys.executable, "-m", "benchmarks.bulk_import", "--write", file.name, str(rows)],
                           check=True)
            with ground.database() as vendor:
                _measure(vendor, rows, file, options.profile)


def _measure(vendor: str, rows: int, file: Any, profile: bool) -> None:
    from datetime import time as day_time

    from django.db import connection

    from sellerdesk.accounts.services import create_user
    from sellerdesk.catalog import queries
    from sellerdesk.catalog.services import importing, loading, undoing
    from sellerdesk.core import clock, worker
    from sellerdesk.core.actor import Actor
    from sellerdesk.inventory import services as inventory
    from sellerdesk.sellers import services as sellers

    if vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = FULL")
    now = clock.now()
    loading.load_starter(now)
    user_id = create_user(email="anna@example.com", password="correct-horse-battery-staple", name="Anna")
    actor = Actor.user(user_id, "Anna")
    shop = sellers.register_shop(
        user_id=user_id, legal_name="Anna LLC", country="RU", registration_number="7707083893", shop_name="Anna",
        currency="RUB", time_zone="Europe/Moscow", language="en", actor=actor, now=now)
    inventory.create_warehouse(seller=shop, name="Depot", city="Moscow", address="Lesnaya 1",
                               time_zone="Europe/Moscow", cut_off=day_time(18), actor=actor, now=now)
    worker.run_until_idle()
    tasks: list[int] = []

    def send(data: Any, ask: bool = False) -> None:
        tasks.append(importing.upload_file(seller=shop, file_name="goods.xlsx", data=data, language="en", actor=actor,
                                           now=clock.now(), ask=ask))
        worker.run_until_idle(1000)

    file.seek(0)
    size = os.path.getsize(file.name) / 1024 / 1024
    if profile:
        import cProfile
        import pstats

        profiler = cProfile.Profile()
        profiler.runcall(send, file)
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(70)
        return
    seconds, cpu, memory = measured(lambda: send(file))
    task = queries.import_task(shop, tasks[0])
    if (task.state, task.failed) != ("done", len(range(7, rows + 1, 100))):
        raise SystemExit(f"the import ended as {task}")
    bare = floor_seconds()
    print(f"{vendor}, {rows:,} new products, {size:.1f} MiB: {seconds:.1f} s, {cpu:.1f} s CPU, {rows / seconds:,.0f}/s,"
          f" {memory:.0f} MiB above idle; the bare rows {bare:.2f} s, ratio {seconds / bare:.1f}")
    prices = "Offer ID;Price\n" + "".join(f"HP-{at};{(1000 + at % 5000) * 103 // 100}\n" for at in range(1, rows + 1)
                                          if at % 100 != 7)
    seconds, cpu, memory = measured(lambda: send(prices.encode(), True))
    print(f"  dry run of {rows:,} new prices: {seconds:.1f} s, {cpu:.1f} s CPU, {memory:.0f} MiB")

    def confirm() -> None:
        importing.confirm(seller=shop, task_id=tasks[1])
        worker.run_until_idle(1000)

    seconds, cpu, memory = measured(confirm)
    print(f"  saving them: {seconds:.1f} s, {cpu:.1f} s CPU, {memory:.0f} MiB")
    batch = queries.changes.batch_of_import(shop, tasks[1])
    if batch is None:
        raise SystemExit("the prices were not saved")

    def undo() -> None:
        undoing.undo(seller=shop, batch_id=batch.id, actor=actor, now=clock.now())
        worker.run_until_idle(1000)

    seconds, cpu, memory = measured(undo)
    print(f"  undoing them: {seconds:.1f} s, {cpu:.1f} s CPU, {memory:.0f} MiB,"
          f" ends {queries.changes.batch(shop, batch.id).state}")


if __name__ == "__main__":
    main()
