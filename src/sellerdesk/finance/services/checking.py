"""The nightly proof: every kept balance is the sum of its lines, and every booking sums to zero."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db.models import Sum

from sellerdesk.core import clock
from sellerdesk.core.db import atomic, db_time, execute, fetch_all
from sellerdesk.finance.models import Line, ShopBalance
from sellerdesk.finance.queries.kept import hour_sql
from sellerdesk.finance.types import Check

log = structlog.get_logger(__name__)
_SHOWN = 100


def check(*, now: datetime) -> Check:
    """Compare all of it, write down what differs, and say so loudly in the log. Five statements."""
    with atomic():
        execute("UPDATE finance_shopbalance SET checked_at = %s, difference_minor = balance_minor - COALESCE((SELECT"
                " SUM(l.amount_minor) FROM finance_line l WHERE l.seller_id = finance_shopbalance.seller_id"
                f" AND l.account = 'seller'), 0) WHERE {clock.shops_sql('seller_id')}", [db_time(now)])
        kept = dict(ShopBalance.objects.filter(clock.shops()).values_list("seller_id", "difference_minor"))
        unbalanced = Line.objects.filter(clock.shops()).values("transaction_id", "kind").annotate(
            rest=Sum("amount_minor")).exclude(rest=0).order_by("transaction_id").values_list(
            "transaction_id", flat=True)[:_SHOWN]
        different = {id_ for id_, difference in kept.items() if difference} | _kinds_differ() | _hours_differ()
        found = Check(len(kept), tuple(sorted(different)), tuple(unbalanced), now)
    if not found.sound:
        log.error("finance.ledger_differs", shops=found.different, bookings=found.unbalanced)
    return found


def _kinds_differ() -> set[int]:
    """Shops of which a kept sum of a kind is not that of its lines. One statement."""
    return {row[0] for row in fetch_all(
        "SELECT one.seller_id FROM (SELECT k.seller_id, k.kind, k.amount_minor AS amount FROM finance_shopkind k"
        " UNION ALL SELECT l.seller_id, l.kind, -l.amount_minor FROM finance_line l WHERE l.account = 'seller') one"
        f" WHERE {clock.shops_sql('one.seller_id')} GROUP BY one.seller_id, one.kind HAVING SUM(one.amount) <> 0")}


def _hours_differ() -> set[int]:
    """Shops of which a kept sum of an hour is not that of its lines. One statement."""
    return {row[0] for row in fetch_all(
        "SELECT one.seller_id FROM (SELECT k.seller_id, k.hour, k.kind, k.amount_minor AS amount"
        f" FROM finance_kindhour k UNION ALL SELECT l.seller_id, {hour_sql('t.at')}, l.kind, -l.amount_minor"
        " FROM finance_line l JOIN finance_transaction t ON t.id = l.transaction_id WHERE l.account = 'seller') one"
        f" WHERE {clock.shops_sql('one.seller_id')} GROUP BY one.seller_id, one.hour, one.kind"
        " HAVING SUM(one.amount) <> 0")}
