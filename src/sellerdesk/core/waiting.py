"""What waits for somebody in a shop. Every domain brings its questions; the inbox asks them all and puts them in order.

    waiting.register(waiting.Source("orders.requests", _("Buyers who want to cancel"), "message", CANCEL, find))

A question is answered from the present state of things, never from a list of its own: what is done is no longer found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do: what, why now, where, and what it costs to leave it.

    `key` is unique within its source. `risk_minor` is what the shop stands to lose, in minor units of its currency;
    where money cannot be named, `orders` says how many ordinary orders it is worth. Without a deadline it can wait.
    `until_real` marks deadlines of people and machines, which the market's clock does not move.
    """

    key: str
    title: Any
    reason: Any
    act: Any
    link: str
    deadline: datetime | None = None
    risk_minor: int = 0
    orders: float = 1.0
    until_real: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom and when. `warehouse_ids` are the only ones the person works in; none means all."""

    seller: Any
    now: datetime
    real_now: datetime
    warehouse_ids: tuple[int, ...] = ()


#: Answers with at most `MOST` things, the most urgent ones, in a fixed number of queries.
Find = Callable[[Asked], Sequence[Waiting]]
MOST = 50


@dataclass(frozen=True, slots=True)
class Source:
    """A domain's question. Only who holds the right is asked on behalf of."""

    name: str
    label: Any
    icon: str
    permission: str
    find: Find


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """At start-up (AppConfig.ready)."""
    _sources[source.name] = source


def sources() -> list[Source]:
    return list(_sources.values())
