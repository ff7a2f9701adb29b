"""Everything that happens by time alone, driven by virtual time: terms that run out, days that are judged, files kept.

The timetable does the same by itself where no market is simulated. Each of these does all that is due until a moment,
each thing at its own, and doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sellerdesk.analytics.services import closing, mailing, reporting
from sellerdesk.finance import services as finance
from sellerdesk.handover import services as handover
from sellerdesk.inventory.services import storing
from sellerdesk.logistics.services import watching
from sellerdesk.messaging import services as messaging
from sellerdesk.orders.services import confirming, expiring, requests, terms
from sellerdesk.promotions import services as promotions
from sellerdesk.returns import services as returns
from sellerdesk.simulator.services import bank
from sellerdesk.supply import services as supply
from sellerdesk.support import services as support

_DUE: tuple[Callable[[datetime], int], ...] = (
    expiring.run_due,
    requests.run_due,
    confirming.run_due,
    terms.run_due,
    returns.run_due,
    promotions.run_due,
    watching.run_due,
    handover.run_due,
    supply.run_due,
    # Before periods are closed.
    storing.run_due,
    finance.run_due,
    bank.run_due,
    closing.run_due,
    mailing.run_due,
    reporting.run_due,
    messaging.run_due,
    support.run_due,
)


def run_due(now: datetime) -> int:
    """Do all of it. Returns how many things were done."""
    return sum(due(now) for due in _DUE)
