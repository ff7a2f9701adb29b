"""What the shops a person works for ask of them. Shops are a higher domain, so they tell it through here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sellerdesk.accounts.types import Standing

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
    return _source[0](user_id) if _source else Standing()


def tell_last_removed(user_id: int, label: str, now: datetime) -> None:
    for tell in _last_removed:
        tell(user_id, label, now)
