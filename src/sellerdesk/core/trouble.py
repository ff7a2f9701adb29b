"""Made-up trouble: answers that fail, come late or get lost, so that a program can be tried against a bad day.

A marketplace that works well is a poor place to test retries. In a simulated market somebody orders trouble for one
shop: from now on every third call of `/v2/products/stocks` answers 503, the next five answers take ten seconds, orders
are shipped but the answer never arrives, pushes come late or twice. Real time counts, as everywhere between machines.

Which calls are hit follows from their number alone: with 30 % the calls 4, 7 and 10 of ten fail, today and tomorrow.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from sellerdesk.core import scope
from sellerdesk.core.db import atomic
from sellerdesk.core.models import Trouble

MOST_SECONDS = 30
MOST_MINUTES = 24 * 60
MOST_AT_ONCE = 20
KINDS: tuple[str, ...] = tuple(Trouble.Kind.values)
#: Of pushes to the shop's programs, where `path` is the beginning of their type; all others are of the Seller API.
PUSH_KINDS: tuple[str, ...] = ("push_late", "push_duplicate")
API_KINDS: tuple[str, ...] = tuple(kind for kind in KINDS if kind not in PUSH_KINDS)

# How stale a process may see what another one ordered. Real seconds.
_FRESH_SECONDS = 0.5
_troubled: tuple[float, frozenset[int]] | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What to spoil. `path` is the beginning of methods' paths, empty for all; `after` lets the method work first.

    `percent` of the calls are hit, `times` at most (None: any number); `seconds` is how late a slow answer is.
    """

    kind: str
    path: str = ""
    after: bool = False
    percent: int = 100
    seconds: int = 0
    times: int | None = None
    minutes: int = 30


@dataclass(frozen=True, slots=True)
class Row:
    """Trouble in force, as pages show it."""

    id: int
    kind: str
    path: str
    after: bool
    percent: int
    seconds: int
    times: int | None
    calls: int
    hits: int
    until: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class Hit:
    """What happens to one call. `seconds` is how long to hold the answer back."""

    kind: str
    after: bool
    seconds: int


def struck(number: int, percent: int) -> bool:
    """Whether the call with this number, counted from 1, is among the percentage: evenly spread, none by chance."""
    return number * percent // 100 > (number - 1) * percent // 100


def make(*, seller_id: int, order: Order, made_by: str, real_now: datetime) -> int:
    """Order trouble for a shop's programs; returns its id. The caller has checked the figures."""
    row = Trouble.objects.create(
        seller_id=seller_id, path=order.path, kind=order.kind, percent=order.percent, seconds=order.seconds,
        moment=Trouble.Moment.AFTER if order.after else Trouble.Moment.BEFORE, times=order.times,
        until=real_now + timedelta(minutes=order.minutes), made_by=made_by[:200])
    forget()
    return row.pk


def end(*, seller_id: int, trouble_id: int | None = None) -> int:
    """End one trouble of a shop, or all of them. Returns how many."""
    rows = Trouble.objects.filter(seller_id=seller_id)
    count, _ = (rows if trouble_id is None else rows.filter(pk=trouble_id)).delete()
    forget()
    return count


def in_force(seller_id: int, real_now: datetime) -> list[Row]:
    """A shop's trouble, newest first."""
    rows: Any = _live(real_now).filter(seller_id=seller_id).order_by("-pk").values_list(
        "id", "kind", "path", "moment", "percent", "seconds", "times", "calls", "hits", "until", "made_by")
    return [Row(id_, kind, path, moment == Trouble.Moment.AFTER, *rest) for id_, kind, path, moment, *rest in rows]


def strike(seller_id: int, path: str, real_now: datetime, kinds: Sequence[str] = API_KINDS) -> Hit | None:
    """What happens to this call, or to this push; None for an untroubled one.

    No query where nobody ordered trouble lately.
    """
    if seller_id not in _shops(real_now):
        return None
    found: list[Hit] = []
    with atomic():
        for row in _matching(seller_id, path, real_now, kinds):
            # Counted by the database, so that two calls at once get two numbers.
            Trouble.objects.filter(pk=row.pk).update(calls=F("calls") + 1)
            number = Trouble.objects.values_list("calls", flat=True).get(pk=row.pk)
            if struck(number, row.percent) and Trouble.objects.filter(
                    Q(times=None) | Q(times__gt=F("hits")), pk=row.pk).update(hits=F("hits") + 1):
                found.append(Hit(row.kind, row.moment == Trouble.Moment.AFTER, row.seconds))
    # Late and then refused is one bad answer; of two refusals the older order is kept.
    late = (Trouble.Kind.SLOW, Trouble.Kind.PUSH_LATE)
    seconds = sum(hit.seconds for hit in found if hit.kind in late)
    refusal = next((hit for hit in found if hit.kind not in late), None)
    if refusal is not None:
        return Hit(refusal.kind, refusal.after, min(seconds, MOST_SECONDS))
    return Hit(Trouble.Kind.SLOW, False, min(seconds, MOST_SECONDS)) if found else None


def forget() -> None:
    """Read anew at the next call who has trouble."""
    global _troubled
    _troubled = None


@scope.across_shops()  # one reading serves every shop
def _shops(real_now: datetime) -> frozenset[int]:
    global _troubled
    if _troubled is None or time.monotonic() - _troubled[0] > _FRESH_SECONDS:
        _troubled = (time.monotonic(), frozenset(_live(real_now).values_list("seller_id", flat=True)))
    return _troubled[1]


def _live(real_now: datetime) -> QuerySet[Trouble]:
    return Trouble.objects.filter(Q(times=None) | Q(times__gt=F("hits")), until__gt=real_now)


def _matching(seller_id: int, path: str, real_now: datetime, kinds: Sequence[str]) -> Sequence[Trouble]:
    rows = _live(real_now).filter(seller_id=seller_id, kind__in=kinds).order_by("pk")
    return [row for row in rows if path.startswith(row.path)]
