"""Taking orders in (rows P12, P13): orders a second with reservation, history and outbox, and the list
meanwhile.

    python -m benchmarks.intake --seconds 20 --processes 8 --batch 5

Processes place batches of orders for one shop, which is the hardest case: they all want the same shelf. A reader asks
for counters and first page as a browser would. At the end shelf, postings and counters are compared: nothing is
promised that is not there.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from datetime import time as hour
from typing import Any
from urllib.parse import quote

from benchmarks import ground, price_grid

GOODS = 200


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--processes", type=int, default=8)
    asked.add_argument("--batch", type=int, default=5)
    asked.add_argument("--stock", type=int, default=20, help="units of each of 200 products, some of which run out")
    options = asked.parse_args()
    ground.start()
    with ground.database() as vendor:
        _measure(vendor, options)


def _measure(vendor: str, options: argparse.Namespace) -> None:
    from sellerdesk.inventory import services as inventory
    from sellerdesk.inventory.types import StockInput
    from sellerdesk.sellers.models import Seller

    seller, actor, now, goods = price_grid.fill(GOODS)
    Seller.objects.filter(pk=seller.id).update(state="active")
    place = inventory.create_warehouse(seller=seller, name="Main", city="Москва", address="", cut_off=hour(18),
                                       time_zone="Europe/Moscow", actor=actor, now=now)
    # A few goods run out at once; the others last.
    inventory.set_stocks(seller=seller, actor=actor, now=now, changes=[
        StockInput(place.id, options.stock if at < GOODS // 10 else 900_000, product_id=id_)
        for at, id_ in enumerate(goods)])
    program = "import sys, django; django.setup(); from benchmarks import intake; intake.buy(*map(float, sys.argv[1:]))"
    # Everybody begins when all have had time to start.
    start = time.time() + 1.5 * options.processes
    buyers = [subprocess.Popen(
        [sys.executable, "-c", program, str(seller.id), str(start), str(options.seconds), str(options.batch), str(at)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "DATABASE_URL": _address(), "SELLERDESK_ENV": "test",
                                                "DJANGO_SETTINGS_MODULE": "sellerdesk.config.settings.test"})
        for at in range(options.processes)]
    time.sleep(max(0.0, start - time.time()))
    seen = _watch(seller, start + options.seconds)
    told = [json.loads(buyer.communicate()[0]) for buyer in buyers]
    placed, refused = (sum(one[key] for one in told) for key in ("placed", "refused"))
    late = sorted(seen)
    print(f"{vendor}, {options.processes} processes, batches of {options.batch}, load {os.getloadavg()[0]:.1f}")
    print(f"placed {placed} in {options.seconds:.0f} s = {placed / options.seconds:.0f} orders/s, refused {refused}"
          f" ({', '.join(sorted({code for one in told for code in one['why']}))});"
          f" CPU of the buyers {sum(one['cpu'] for one in told) * 1000 / max(placed, 1):.1f} ms an order")
    print(f"a batch took p50 {_at(told, 0.5):.0f} ms, p95 {_at(told, 0.95):.0f} ms")
    p50, p95 = late[len(late) // 2], late[int(len(late) * 0.95)]
    print(f"counters and first page of the list meanwhile: p50 {p50:.0f} ms, p95 {p95:.0f} ms")
    _nothing_is_promised_twice(seller, placed)


def _address() -> str:
    from django.db import connection

    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    user = quote(told["USER"]) + (f":{quote(told['PASSWORD'])}" if told["PASSWORD"] else "")
    return f"postgres://{user}@{told['HOST']}:{told['PORT']}/{told['NAME']}"


def _watch(seller: Any, until: float) -> list[float]:
    """What a list that refreshes itself waits for: milliseconds for counters and first page."""
    from sellerdesk.orders import queries
    from sellerdesk.orders.types import PostingFilter

    sample = []
    while time.time() < until:
        sample.append(ground.timed(lambda: (queries.counts(seller), queries.postings_page(
            seller, filter=PostingFilter(tab="to_pack"), limit=50))))
        time.sleep(0.2)
    return sample


def _at(told: list[dict[str, Any]], share: float) -> float:
    batches = sorted(taken for one in told for taken in one["batches"])
    return float(batches[min(int(len(batches) * share), len(batches) - 1)])


def buy(seller_id: float, start: float, seconds: float, batch: float, number: float) -> None:
    """One process of buyers, until the time is over; tells what it got as JSON."""
    from sellerdesk.catalog.models import Product
    from sellerdesk.core import clock, scope
    from sellerdesk.core.actor import Actor
    from sellerdesk.orders import services
    from sellerdesk.orders.types import OrderRequest, Placed
    from sellerdesk.sellers import queries as sellers

    dice, buyer = random.Random(int(number)), Actor.buyer("Bench")
    told: dict[str, Any] = {"placed": 0, "refused": 0, "batches": [], "why": []}
    with scope.across_shops():
        seller = sellers.seller_ref(int(seller_id))
        goods = list(Product.objects.filter(seller_id=seller.id).values_list("id", flat=True))
        time.sleep(max(0.0, start - time.time()))
        spent = time.process_time()
        while time.time() < start + seconds:
            now = clock.now()
            requests = [OrderRequest("Ольга Ёлкина", "+79031234567", "Казань", "", "Lenina 1", tuple(
                (product, 1) for product in dice.sample(goods, dice.randrange(1, 3))), now) for _ in range(int(batch))]
            begun = time.perf_counter()
            answers = services.place_orders(seller=seller, orders=requests, actor=buyer)
            told["batches"].append((time.perf_counter() - begun) * 1000)
            placed = sum(isinstance(answer, Placed) for answer in answers)
            told["placed"] += placed
            told["why"] = sorted({*told["why"], *(answer.code for answer in answers if not isinstance(answer, Placed))})
            told["refused"] += len(answers) - placed
        told["cpu"] = time.process_time() - spent
    print(json.dumps(told))


def _nothing_is_promised_twice(seller: Any, placed: int) -> None:
    from django.db.models import F, Sum

    from sellerdesk.core.models import Activity
    from sellerdesk.inventory.models import Stock
    from sellerdesk.orders import queries
    from sellerdesk.orders.models import Posting, PostingLine

    reserved = Stock.objects.aggregate(units=Sum("reserved"))["units"]
    assert reserved == PostingLine.objects.aggregate(units=Sum("quantity"))["units"]
    assert not Stock.objects.filter(reserved__gt=F("present")).exists()
    assert placed == Posting.objects.count() == queries.counts(seller)["all"]
    assert placed == Activity.objects.filter(event="orders.posting.created").count()
    print(f"promised {reserved} units, none twice; postings, history and counters agree")


if __name__ == "__main__":
    main()
