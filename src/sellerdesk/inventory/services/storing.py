"""Each day of goods in the marketplace's warehouses is counted once, kept row by row, and charged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from sellerdesk.core.db import atomic
from sellerdesk.finance import queries as finance
from sellerdesk.finance import services as ledger
from sellerdesk.finance.types import PlacementDay, PlacementPart
from sellerdesk.inventory.models import StorageDay, StorageRow
from sellerdesk.inventory.queries import storage
from sellerdesk.inventory.types import StoredRow
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

_FARTHEST_EAST = timedelta(hours=14)


def run_due(now: datetime) -> int:
    """As `count_due`, for markets that live by a clock of their own."""
    return count_due(now=now)


def count_due(*, now: datetime) -> int:
    """Count every day that has ended since the last one counted, for shops of the clock in force. Days are the shop's.

    Days that were missed are caught up with, each by what lay there then and the tariff of that day. Returns how many
    days were counted; a second time none.
    """
    counted = 0
    # Nowhere is it later than fourteen hours ahead of UTC: shops counted until the day before are asked nothing.
    newest = (now + _FARTHEST_EAST).date() - timedelta(days=1)
    for seller_id, (last, first_at) in storage.uncounted().items():
        if last and last >= newest:
            continue
        seller = sellers.seller_ref(seller_id)
        if seller.state == "closed":
            # Its account is settled; what it left behind is the marketplace's to deal with.
            continue
        day = last + timedelta(days=1) if last else finance.local_day(seller, first_at or now)
        today = finance.local_day(seller, now)
        while day < today:
            counted += count_day(seller=seller, day=day, now=now)
            day += timedelta(days=1)
    return counted


def count_day(*, seller: SellerRef, day: date, now: datetime) -> bool:
    """Keep what lay there at the end of a day, and charge it. False where somebody has counted that day already.

    A fixed number of statements. Raises Unavailable `rule_missing`.
    """
    with atomic():
        rows = storage.count(seller, day)
        # The unique day decides who charges it.
        _row, first = StorageDay.objects.get_or_create(seller_id=seller.id, day=day, defaults={
            "units": sum(row.units for row in rows), "paid_units": sum(row.paid_units for row in rows),
            "volume_ml": sum(row.units * row.unit_ml for row in rows),
            "paid_ml": sum(row.paid_units * row.unit_ml for row in rows),
            "amount_minor": sum(row.amount_minor for row in rows), "currency": seller.currency, "counted_at": now})
        if not first:
            return False
        StorageRow.objects.bulk_create([StorageRow(seller_id=seller.id, **asdict(row)) for row in rows])
        _since, until = finance.day_bounds(seller, day, day)
        ledger.book_placement(day=PlacementDay(seller.id, day, until - timedelta(seconds=1), seller.currency,
                                               _parts(rows)))
    return True


def _parts(rows: Sequence[StoredRow]) -> tuple[PlacementPart, ...]:
    """One line in the ledger for each version of a tariff; the rows behind it stay here."""
    sums: dict[tuple[int, int | None], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        sums[row.rule_id, row.rate_id][0] += row.paid_units
        sums[row.rule_id, row.rate_id][1] += row.amount_minor
    return tuple(PlacementPart(rule, units, amount, rate) for (rule, rate), (units, amount) in sorted(
        sums.items(), key=lambda one: (one[0][0], one[0][1] or 0)))
