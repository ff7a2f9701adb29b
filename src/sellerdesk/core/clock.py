"""The one source of time. Real by default; virtual, with a settable speed, where a simulator runs the market.

Doors (views, endpoints, tasks, commands) call `now()` once and pass it on. What protects people and machines —
sessions, codes, keys, rate limits, job leases — uses `real_now()`: a market running 600 times too fast must not make
a sign-in code expire within a second.

The installation has one clock. A shop may have one of its own (a test shop beside a live one, decision 0024): it is in
force wherever that shop alone is seen (`scope.one_shop`), and everywhere else the installation's is. Whatever falls due
by time alone, or is about all shops, reads the rows of the shops of the clock in force and no others:

    Claim.objects.filter(clock.shops(), due_at__lte=now)
    f"SELECT … FROM logistics_parcel p WHERE {clock.shops_sql('p.seller_id')} AND p.updated_at <= …"
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q, Value
from django.db.transaction import atomic

from sellerdesk.core import scope

# How stale a process may see a change of speed made by another one. Real seconds.
_FRESH_SECONDS = 0.5
_seen: tuple[float, dict[int, State]] | None = None
# Where in `_states` the installation's clock stands; no shop has this id.
_INSTALLATION = 0


@dataclass(frozen=True, slots=True)
class State:
    virtual: bool
    real_anchor: datetime
    virtual_anchor: datetime
    speed: int
    paused: bool

    def at(self, real: datetime) -> datetime:
        if not self.virtual:
            return real
        if self.paused:
            return self.virtual_anchor
        return self.virtual_anchor + (real - self.real_anchor) * self.speed


def real_now() -> datetime:
    return datetime.now(UTC)


def state() -> State:
    """The setting of the clock in force, read from the database at most twice a second per process."""
    return _states()[shop() or _INSTALLATION]


def shop() -> int | None:
    """Whose own clock is in force: of the one shop that is seen, if it has one. None: the installation's."""
    seen = scope.shop()
    return seen if seen is not None and has_own(seen) else None


def has_own(seller_id: int | None) -> bool:
    """Whether a shop lives by a clock of its own."""
    return bool(seller_id) and seller_id in _states()


def own() -> dict[int, State]:
    """The clocks of shops that have one of their own."""
    return {seller_id: found for seller_id, found in _states().items() if seller_id != _INSTALLATION}


def shops(column: str = "seller_id") -> Q:
    """Rows of the shops that live by the clock in force: all those without a clock of their own, or the one it is."""
    from sellerdesk.core.models import ShopClock

    mine = shop()
    return ~Q(**{f"{column}__in": ShopClock.objects.values("seller_id")}) if mine is None else Q(**{column: mine})


def shops_sql(column: str) -> str:
    """`shops` as a condition in SQL, without parameters. The column is one of ours and never empty."""
    mine = shop()
    return f"{column} NOT IN (SELECT seller_id FROM core_shopclock)" if mine is None else f"{column} = {mine}"


@scope.across_shops()  # one reading serves every shop
def _read() -> dict[int, State]:
    from sellerdesk.core.models import ClockState, ShopClock

    columns = ("real_anchor", "virtual_anchor", "speed", "paused")
    rows = ClockState.objects.filter(pk=1).annotate(whose=Value(_INSTALLATION)).values_list(
        "whose", "virtual", *columns).union(ShopClock.objects.annotate(virtual=Value(True)).values_list(
            "seller_id", "virtual", *columns), all=True)
    found = {int(row[0]): State(bool(row[1]), *row[2:]) for row in rows}
    if _INSTALLATION not in found:
        found[_INSTALLATION] = State(False, real_now(), real_now(), 1, False)
    return found


def _states() -> dict[int, State]:
    global _seen
    if _seen is None or time.monotonic() - _seen[0] >= _FRESH_SECONDS:
        _seen = (time.monotonic(), _read())
    return _seen[1]


def now() -> datetime:
    """The time by the clock in force, UTC."""
    return state().at(real_now())


def forget() -> None:
    """Read the setting anew at the next call."""
    global _seen
    _seen = None


def by_each(act: Callable[[datetime], object]) -> None:
    """Do something by every clock that there is, each for its own shops. For regular work across shops."""
    act(now())
    for seller_id in own():
        with scope.one_shop(seller_id):
            act(now())


def _write(**changes) -> State:
    from sellerdesk.core.models import ClockState, ShopClock

    with atomic():
        real = real_now()
        forget()
        current = state()
        kept = {"speed": current.speed, "paused": current.paused, "real_anchor": real,
                "virtual_anchor": current.at(real), **changes}
        mine = shop()
        if mine is None:
            ClockState.objects.update_or_create(pk=1, defaults={"virtual": current.virtual, **kept})
        else:
            ShopClock.objects.filter(pk=mine).update(**kept)
    forget()
    return state()


def give_own(seller_id: int, moment: datetime) -> None:
    """Let a shop live by a clock of its own from now on, which shows `moment` and runs as real time does."""
    from sellerdesk.core.models import ShopClock

    ShopClock.objects.update_or_create(pk=seller_id, defaults={
        "real_anchor": real_now(), "virtual_anchor": moment, "speed": 1, "paused": False})
    forget()


def take_own(seller_id: int) -> None:
    """Let a shop live by the installation's clock again."""
    from sellerdesk.core.models import ShopClock

    ShopClock.objects.filter(pk=seller_id).delete()
    forget()


def start_at(moment: datetime, speed: int) -> State:
    """Make the clock virtual, standing at `moment` and running `speed` virtual seconds a second."""
    return _write(virtual=True, virtual_anchor=moment, speed=speed, paused=False)


def set_speed(speed: int) -> State:
    return _write(speed=speed)


def pause() -> State:
    return _write(paused=True)


def resume() -> State:
    return _write(paused=False)


def advance(by: timedelta) -> State:
    """Move virtual time forward at once. Never backwards: history does not unhappen."""
    if by < timedelta(0):
        raise ValueError("the clock only moves forward")
    return _write(virtual_anchor=now() + by)


def use_real() -> State:
    return _write(virtual=False, speed=1, paused=False)
