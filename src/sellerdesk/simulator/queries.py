"""Reading the market's setting and what is going to happen."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from sellerdesk.core import clock, scope
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator.errors import NoRun
from sellerdesk.simulator.models import Errand, Market, Run, Twin
from sellerdesk.simulator.types import Coming, RunRow, Setting, TwinRow

INSTALLATION = 1


def market_id() -> int:
    """Which market is meant: that of the test shop whose clock is in force, or the installation's."""
    return clock.shop() or INSTALLATION


def setting() -> Setting | None:
    """How the market is set, or None where there is none (a real marketplace)."""
    row = Market.objects.filter(pk=market_id()).first()
    if row is None:
        return None
    return Setting(row.seed, row.running, row.orders_per_day, row.autopilot, row.autopilot_hours,
                   frozenset(row.self_running), row.started_at, row.history_until, row.simulated_until)


def coming_counts(seller: SellerRef | None) -> dict[str, int]:
    """How many errands of each kind are waiting: of one shop, or of all. One query."""
    rows = Errand.objects.filter(clock.shops() if seller is None else Q(seller_id=seller.id))
    counts = dict.fromkeys(Errand.Kind.values, 0)
    counts.update(rows.values_list("kind").annotate(Count("id")).order_by())
    return counts


def coming(seller: SellerRef | None, limit: int = 12) -> list[Coming]:
    """What the market's people will do next about a shop, or about all, soonest first. One query."""
    rows = Errand.objects.filter(clock.shops() if seller is None else Q(seller_id=seller.id)).order_by("due_at", "id")
    return [Coming(*row) for row in rows.values_list("due_at", "kind", "reference", "data")[:limit]]


@scope.across_shops()  # seen from the live shop and from the test shop
def twin(seller: SellerRef) -> TwinRow | None:
    """The test shop of a shop, or of the live shop whose test shop this is; None where there is none. Three queries."""
    ref = seller if seller.twin_of is not None else sellers.twin(seller)
    row = Twin.objects.filter(pk=ref.id).first() if ref else None
    if ref is None or row is None:
        return None
    with scope.one_shop(ref.id):
        state = clock.state()
        return TwinRow(ref, row.state, row.made_at, row.made_by, row.copied_at, row.products, clock.now(), state.speed,
                       state.paused, sellers.has_keys(ref, clock.real_now()))


# -- runs ------------------------------------------------------------------------------------------------------------

_RUN = ("id", "name", "text", "state", "since", "until", "ends_by", "ended_at", "placed", "refused", "started_by",
        "result")


def running(seller: SellerRef) -> RunRow | None:
    """The scenario that a shop lives at the moment. One query."""
    row = Run.objects.filter(seller_id=seller.id, state=Run.State.RUNNING).values_list(*_RUN).first()
    return RunRow(*row) if row else None


def last_run(seller: SellerRef) -> RunRow | None:
    """The latest run of a shop that is over. One query."""
    found = past_runs(seller, limit=1)
    return found[0] if found else None


def past_runs(seller: SellerRef, limit: int = 20) -> list[RunRow]:
    """Runs of a shop that are over, newest first. One query."""
    rows = Run.objects.filter(seller_id=seller.id).exclude(state=Run.State.RUNNING)
    return [RunRow(*row) for row in rows.order_by("-id").values_list(*_RUN)[:limit]]


def run(seller: SellerRef, run_id: int) -> RunRow:
    """One run. One query. Raises NoRun, for another shop's too."""
    row = Run.objects.filter(seller_id=seller.id, pk=run_id).values_list(*_RUN).first()
    if row is None:
        raise NoRun()
    return RunRow(*row)


def as_plain(row: RunRow) -> dict[str, Any]:
    """A run for programs, without its text."""
    return {"id": row.id, "name": row.name, "state": row.state, "since": row.since, "until": row.until,
            "ends_by": row.ends_by, "ended_at": row.ended_at, "placed": row.placed, "refused": row.refused,
            "result": row.result}
