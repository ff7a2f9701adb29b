"""One rule for all products of a shop (row P05): counting, applying, and undoing +3 % of every price."""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable

from benchmarks import ground, price_grid


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--products", type=int, default=100_000)
    given = options.parse_args()
    ground.start()
    with ground.database() as vendor:
        print(f"{vendor}, {given.products} products")
        measure(given.products)


def measure(products: int) -> None:
    from sellerdesk.catalog.services import undoing
    from sellerdesk.core import clock
    from sellerdesk.pricing import queries, services
    from sellerdesk.pricing.services import runs

    seller, actor, now, _ids = price_grid.fill(products)
    rule = {"field": "price", "percent_bp": 300, "formula": "", "rounding": "cents", "with_old": True}
    run_id = services.start(seller=seller, search="", category_id=0, rule=rule, title="+3 %", actor=actor, now=now)
    told("count", lambda: runs.work_on.func(run_id))
    services.agree(seller=seller, run_id=run_id, actor=actor, now=clock.now())
    told("apply", lambda: runs.work_on.func(run_id))
    done = queries.run(seller, run_id)
    assert done.result.changed == products, done.result
    undo_id = undoing.undo(seller=seller, batch_id=done.batch_id, actor=actor, now=clock.now())
    told("undo", lambda: undoing.run_undo.func(undo_id, False, None))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def told(name: str, act: Callable[[], object]) -> None:
    spent = time.process_time()
    print(f"{name:6} {ground.timed(act) / 1000:7.1f} s   cpu of this process {time.process_time() - spent:6.1f} s")


if __name__ == "__main__":
    main()
