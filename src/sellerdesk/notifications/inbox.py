"""One list of everything that waits in a shop, by money at risk and deadline."""

from __future__ import annotations

from collections.abc import Callable

from sellerdesk.core import waiting
from sellerdesk.core.waiting import Asked
from sellerdesk.notifications import rules
from sellerdesk.notifications.types import InboxLine


def lines(asked: Asked, may: Callable[[str], bool]) -> list[InboxLine]:
    """What waits for somebody with these rights, the most urgent first. A fixed number of queries a source."""
    found = [(source, what) for source in waiting.sources() if may(source.permission) for what in source.find(asked)]
    ordinary = rules.ordinary([what.risk_minor for _, what in found])
    made = []
    for source, what in found:
        now = asked.real_now if what.until_real else asked.now
        left = what.deadline - now if what.deadline else None
        risk = what.risk_minor or round(ordinary * what.orders)
        late = left is not None and left.total_seconds() <= 0
        made.append(InboxLine(source.name, source.label, source.icon, what, late, rules.urgency(risk, left)))
    return sorted(made, key=lambda line: (-line.urgency, line.id))
