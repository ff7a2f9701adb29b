"""Writing of terms: errors as they happen, judged when their day has ended, disputed, and postings ended by the clock.

`run_due` does everything whose time has come, each at its own moment, so that a leap of the clock gives what many
small steps give.
"""

from __future__ import annotations

from datetime import datetime

from sellerdesk.orders.services.terms.disputing import (
    decide,
    disputable_until,
    file_limits,
    open_dispute,
    settle_unanswered,
    withdraw,
)
from sellerdesk.orders.services.terms.ending import end_overdue
from sellerdesk.orders.services.terms.judging import judge_days
from sellerdesk.orders.services.terms.telling import tell_of_steps

__all__ = ["decide", "disputable_until", "end_overdue", "file_limits", "judge_days", "open_dispute",
           "run_due", "settle_unanswered", "tell_of_steps", "withdraw"]


def run_due(now: datetime) -> int:
    """Everything about terms that is due until `now`, in every shop. Returns how many things were done."""
    return end_overdue(now=now) + judge_days(now=now) + settle_unanswered(now=now) + tell_of_steps(now=now)
