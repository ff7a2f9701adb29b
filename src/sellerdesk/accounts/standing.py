"""What the shops a person works for ask of them, and the marketplace of its operators.

Shops are a higher domain, so they tell it through here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sellerdesk.accounts.models import User
from sellerdesk.accounts.types import Demand, Standing
from sellerdesk.core import clock, rules

Source = Callable[[int], Standing]
#: Called with (user_id, label, now) in the transaction that removed somebody's last second step.
LastRemoved = Callable[[int, str, datetime], None]
_source: list[Source] = []
_last_removed: list[LastRemoved] = []


def connect(source: Source, last_removed: LastRemoved) -> None:
    """Called once by the domain that knows shops, in AppConfig.ready."""
    _source[:] = [source]
    _last_removed[:] = [last_removed]


def of(user_id: int) -> Standing:
    """What is asked of a person: by their shops and, of operators, by the marketplace. Three queries at most."""
    found = _source[0](user_id) if _source else Standing()
    if not User.objects.filter(pk=user_id, is_operator=True).exists():
        return found
    since = operators_asked_since(clock.real_now())
    return replace(found, operator=True, demands=(*found.demands, *([Demand(0, "", since)] if since else ())))


def operators_asked_since(real_now: datetime) -> datetime | None:
    """Since when operators need a second step; None where the marketplace does not ask it. No rule at all: it does."""
    rule = rules.all_of("accounts.operator_second_factor", real_now).get("")
    if rule is None:
        return real_now
    return rule.valid_from if rule.value["enabled"] else None


def tell_last_removed(user_id: int, label: str, now: datetime) -> None:
    for tell in _last_removed:
        tell(user_id, label, now)
