"""The page of the security history (row M03): the queries of each kind of page at many rows against 10,000.

One person owns a hundredth of all rows, but never fewer than the page shows; the others share the rest.
"""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta
from typing import Any

from benchmarks import ground

BASE = 10_000
PEOPLE = 100
KINDS = ("sign_in.succeeded", "sign_in.failed", "proof.given", "factor.used", "password.changed")
DAY = datetime.fromisoformat("2026-01-01T00:00:00+00:00")


def fill(since: int, until: int) -> None:
    """Rows number `since` to `until` of everybody, in turn. Seals are left out: the page does not look at them."""
    from django.db import connection

    from sellerdesk.core.db import as_owner

    numbers = ("generate_series(%s::bigint, %s) AS one(n)" if connection.vendor == "postgresql" else
               "(WITH RECURSIVE n(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM n WHERE n < %s) SELECT n FROM n) AS one")
    kind = "CASE n / 100 %% 5 " + " ".join(f"WHEN {at} THEN '{name}'" for at, name in enumerate(KINDS)) + " END"
    moment = ("timestamptz '2026-01-01' + n * interval '5 seconds'" if connection.vendor == "postgresql" else
              "datetime('2026-01-01', (n * 5) || ' seconds')")
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO accounts_securityevent (user_id, number, at, kind, actor_kind, actor_label, address, agent,
                    device, session_id, seller_id, request_id, detail, salt, detail_hash, previous_hash, hash)
                SELECT (SELECT min(id) FROM accounts_user) + n %% {PEOPLE}, n / {PEOPLE} + 1, {moment}, {kind},
                    'user', '', '203.0.' || (n / 100 %% 200) || '.7', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
                    'Firefox, Linux', 'abcdefabcdefabcd', NULL, '', '{{}}', 'salt', 'd', 'p', 'h'
                FROM {numbers}""", [since, until - 1])
    # PostgreSQL lets nobody but the owner do it, and says so in a warning only.
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE accounts_securityevent" if connection.vendor == "postgresql" else "ANALYZE")


def pages(user_id: int, rows: int) -> dict[str, Any]:
    """What is asked for, by name."""
    from sellerdesk.accounts.queries.history import HistoryFilter, history_page
    from sellerdesk.core.db import cursor_encode

    own = rows // PEOPLE
    middle = DAY + timedelta(seconds=5 * rows / 2)

    def page(cursor: str | None = None, **wanted: Any) -> Any:
        return lambda: history_page(user_id, wanted=HistoryFilter(**wanted), cursor=cursor, limit=50)

    return {
        "newest": page(),
        "deep inside": page(cursor_encode("older", own // 2)),
        "one area": page(kinds=["password.changed", "proof.given"]),
        "one week": page(since=middle, until=middle + timedelta(days=7)),
        "address": page(address="203.0.11"),
        "address never seen": page(address="198.51"),
    }


def measure(user_id: int, rows: int, tries: int) -> dict[str, tuple[float, float]]:
    found = {}
    for name, page in pages(user_id, rows).items():
        page()
        found[name] = ground.p50_p95([ground.timed(page) for _ in range(tries)])
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=5_000_000)
    arguments.add_argument("--tries", type=int, default=100)
    told = arguments.parse_args()
    ground.start()
    from sellerdesk.accounts.models import User

    with ground.database() as vendor:
        User.objects.bulk_create(User(email=f"user{number}@example.com") for number in range(PEOPLE))
        first = User.objects.order_by("pk").values_list("pk", flat=True)[0]
        fill(0, BASE)
        few = measure(first, BASE, told.tries)
        for since in range(BASE, told.rows, 500_000):
            fill(since, min(since + 500_000, told.rows))
        many = measure(first, told.rows, told.tries)
    print(f"{vendor}: {told.rows:,} rows against {BASE:,}; {told.tries} pages of each kind")
    print(f"{'page':20} {'p50':>8} {'p95':>8}   {'p50 ratio':>9} {'p95 ratio':>9}")
    for name in few:
        (p50, p95), (was50, was95) = many[name], few[name]
        print(f"{name:20} {p50:6.1f}ms {p95:6.1f}ms   {p50 / was50:9.2f} {p95 / was95:9.2f}")


if __name__ == "__main__":
    main()
