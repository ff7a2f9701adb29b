"""500 labels as one PDF (row P19): drawn only, and as a batch from the database with archive, counts and history."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from benchmarks import ground

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SIZES = ("58x40", "75x120", "100x150", "a4x21")


def labels(count: int) -> list:
    """Cyrillic and Chinese in turn, each with its own codes."""
    from sellerdesk.logistics import rules
    from sellerdesk.logistics.types import LabelData

    return [LabelData(
        f"{89_490_000 + index}-0072-1", rules.tracking_number("VP", index + 1), "Велопорт", "Anna's Shop", "Москва",
        "乌鲁木齐" if index % 2 else "Санкт-Петербург", f"王小明 {index}" if index % 2 else f"Дмитрий К. {index}",
        f"MUG-{index} ×2, PAN-{index} ×1", "乌鲁" if index % 2 else "САН", 620, "23.11.2026", "До пункта выдачи", "",
        f"ул. Ленина, д. {index}", f"{89_490_000 + index}-0072", 3) for index in range(count)]


def shop(count: int) -> tuple:
    """A shop with as many packed postings."""
    from sellerdesk.accounts.services import create_user
    from sellerdesk.core.actor import Actor
    from sellerdesk.inventory import services as inventory
    from sellerdesk.inventory.types import StockInput
    from sellerdesk.orders import services as orders
    from sellerdesk.sellers import services as sellers
    from tests import stall as stalls

    user = create_user(email="anna@example.com", password="correct-horse-battery-staple", name="Anna")
    actor = Actor.user(user, "Anna")
    seller = sellers.register_shop(
        user_id=user, legal_name="Anna LLC", country="RU", registration_number="7707083893", shop_name="Anna's Shop",
        currency="RUB", time_zone="Europe/Moscow", language="en", actor=actor, now=NOW)
    stall = stalls.build(seller, actor, NOW)
    inventory.set_stocks(seller=seller, actor=actor, now=NOW, changes=[
        StockInput(warehouse_id=stall.warehouse_id, stock=count, product_id=stall.mug)])
    numbers = stall.place(*(stall.request(buyer=f"Buyer {index}") for index in range(count)))
    orders.ship_many(seller=seller, numbers=numbers, actor=actor, now=NOW - timedelta(minutes=1))
    return seller, actor, numbers


def measured(name: str, act: Callable[[], object]) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    print(f"{name:34} {time.process_time() - cpu:6.2f} s CPU {time.perf_counter() - wall:7.2f} s by the clock")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--labels", type=int, default=500)
    count = arguments.parse_args().labels
    ground.start()
    from sellerdesk.handover import services as handover
    from sellerdesk.handover.types import Printing
    from sellerdesk.logistics import services as logistics

    with ground.database() as vendor:
        print(f"{vendor}: {count} labels")
        for size in SIZES:
            measured(f"drawn, PDF {size}", partial(logistics.draw_labels, labels(count), size=size, language="ru"))
        measured("drawn, ZPL 75x120", partial(logistics.draw_labels, labels(count), size="75x120", kind="zpl",
                                              language="ru"))
        seller, actor, numbers = shop(count)

        def batch() -> None:
            id_ = handover.start_batch(seller=seller, numbers=numbers, actor=actor, now=NOW, language="ru",
                                       printing=Printing("75x120"))
            handover.run_batch(batch_id=id_, now=NOW)

        measured("a whole batch, PDF 75x120", batch)


if __name__ == "__main__":
    main()
