"""The list of orders at a million postings: pages in every order, counters, search, against the same at 10,000.

    python -m benchmarks.orders_list --rows 1000000 --tries 200

What must not depend on the number of rows is the ratio of the two samples of one run.
"""

from __future__ import annotations

import argparse

from benchmarks import ground


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--tries", type=int, default=200)
    options = asked.parse_args()
    ground.start()
    from benchmarks import orders_measures

    orders_measures.run(options.rows, options.tries)


if __name__ == "__main__":
    main()
