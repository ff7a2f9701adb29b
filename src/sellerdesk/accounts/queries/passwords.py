"""Reading what guards an account beside its password, and whether the password may stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sellerdesk.accounts import rules, standing
from sellerdesk.accounts.queries.factors import has_second_factor
from sellerdesk.core import clock


def second_step_expected(user_id: int) -> bool:
    """Whether a second step is set up or asked for by a shop the person works in."""
    return has_second_factor(user_id) or bool(standing.of(user_id).demanded_by(clock.real_now()))


def reminder_due(user: Any, now: datetime) -> bool:
    """Whether to propose something newer than an old password. Only a proposal: age alone never forces anything.

    No queries: the person is loaded already.
    """
    if user.reminder_dismissed_at is not None or not user.has_usable_password():
        return False
    since = user.password_changed_at or user.created_at
    return bool(now - since >= timedelta(days=rules.PASSWORD_REMINDER_DAYS))
