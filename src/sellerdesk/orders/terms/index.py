"""The error index, its table of zones and fees, and what a further error would do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sellerdesk.core.money import round_half_even, share
from sellerdesk.orders.terms.types import Index, IndexRule

_DAY = timedelta(days=1)


def day_of(at: datetime, time_zone: str) -> date:
    """The marketplace's day of a moment."""
    return at.astimezone(ZoneInfo(time_zone)).date()


def start_of(day: date, time_zone: str) -> datetime:
    """When a marketplace's day begins. UTC."""
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


def window(day: date, rule: IndexRule) -> tuple[date, date]:
    """The days that the index of `day` looks at: from the first one up to, not including, `day` itself."""
    return day - rule.window_days * _DAY, day


def measure(errors: int, shipments: int, rule: IndexRule) -> Index:
    """The index of so many errors among so many shipments, with its zone.

    Shipments are the postings handed over and those that should have been and ended by the seller's fault instead, so
    the index never exceeds 100 %. It is rounded to hundredths of a percent first and looked up then: 2 of 49 are 4.08 %
    and fall into the second zone, 1 of 25 are 4.00 % and stay in the first.
    """
    bp = round_half_even(errors * 10_000, shipments) if shipments else 0
    at = next((index for index, zone in enumerate(rule.zones) if zone.up_to_bp is None or bp <= zone.up_to_bp),
              len(rule.zones) - 1)
    return Index(errors, shipments, bp, at, rule.zones[at], shipments < rule.min_shipments)


def fee_minor(index: Index, price_minor: int, cap_minor: int) -> int:
    """What one error costs: the zone's share of the goods' price, at most the cap; nothing under grace."""
    return capped(price_minor, index.fee_bp, cap_minor)


def capped(price_minor: int, bp: int, cap_minor: int) -> int:
    """A share of a price, rounded half to even, at most the cap."""
    return min(share(price_minor, bp), cap_minor)


def room(errors: int, shipments: int, rule: IndexRule) -> int | None:
    """How many more errors leave the index in its present zone; None where no zone follows.

    Each further error is a shipment too: 2 errors of 100 shipments bear 2 more in a zone up to 4 % (4 of 102 are
    3.92 %, 5 of 103 are 4.85 %).
    """
    zone = measure(errors, shipments, rule).zone_at
    if zone == len(rule.zones) - 1:
        return None
    more = 0
    while measure(errors + more + 1, shipments + more + 1, rule).zone_at == zone:
        more += 1
    return more
