"""`sellerdesk audit-verify`: has anybody touched the security history?"""

from __future__ import annotations

import sys

from sellerdesk.accounts.queries import history
from sellerdesk.accounts.services.history import reseal


def verify(*, user_id: int | None = None) -> int:
    """Check one person's history or everybody's. Whole ones are sealed under the present key. Returns 1 for breaks."""
    events = people = broken = 0
    for report in [history.verify(user_id)] if user_id is not None else history.verify_all():
        people, events = people + 1, events + report.events
        for one in report.breaks:
            print(f"user {report.user_id}, event {one.number}: {one.problem}", file=sys.stderr)
        broken += bool(report.breaks)
        if report.events and not report.breaks:
            reseal(user_id=report.user_id)
    print(f"{events} events of {people} people checked; {broken} histories are broken" if broken else
          f"{events} events of {people} people checked; nobody touched them")
    return 1 if broken else 0
