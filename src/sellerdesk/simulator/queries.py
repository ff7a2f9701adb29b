"""Reading the market's setting and what is going to happen."""

from __future__ import annotations

from django.db.models import Count

from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator.models import Errand, Market
from sellerdesk.simulator.types import Coming, Setting


def setting() -> Setting | None:
    """How the market is set, or None where there is none (a real marketplace)."""
    row = Market.objects.filter(pk=1).first()
    if row is None:
        return None
    return Setting(row.seed, row.running, row.orders_per_day, row.autopilot, row.autopilot_hours,
                   frozenset(row.self_running), row.started_at, row.history_until, row.simulated_until)


def coming_counts(seller: SellerRef | None) -> dict[str, int]:
    """How many errands of each kind are waiting: of one shop, or of all. One query."""
    rows = Errand.objects.all() if seller is None else Errand.objects.filter(seller_id=seller.id)
    counts = dict.fromkeys(Errand.Kind.values, 0)
    counts.update(rows.values_list("kind").annotate(Count("id")).order_by())
    return counts


def coming(seller: SellerRef | None, limit: int = 12) -> list[Coming]:
    """What the market's people will do next about a shop, or about all, soonest first. One query."""
    rows = Errand.objects.order_by("due_at", "id")
    if seller is not None:
        rows = rows.filter(seller_id=seller.id)
    return [Coming(*row) for row in rows.values_list("due_at", "kind", "reference", "data")[:limit]]
