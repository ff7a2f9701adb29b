"""The one source of time. Real by default; virtual, with a settable speed, where a simulator runs the market.

Doors (views, endpoints, tasks, commands) call `now()` once and pass it on. What protects people and machines —
sessions, codes, keys, rate limits, job leases — uses `real_now()`: a market running 600 times too fast must not make
a sign-in code expire within a second.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.transaction import atomic

# How stale a process may see a change of speed made by another one. Real seconds.
_FRESH_SECONDS = 0.5
_seen: tuple[float, State] | None = None


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
    """The clock's setting, read from the database at most twice a second per process."""
    global _seen
    if _seen and time.monotonic() - _seen[0] < _FRESH_SECONDS:
        return _seen[1]
    from sellerdesk.core.models import ClockState

    row = ClockState.objects.filter(pk=1).values_list(
        "virtual", "real_anchor", "virtual_anchor", "speed", "paused").first()
    found = State(*row) if row else State(False, real_now(), real_now(), 1, False)
    _seen = (time.monotonic(), found)
    return found


def now() -> datetime:
    """The market's time, UTC."""
    return state().at(real_now())


def forget() -> None:
    """Read the setting anew at the next call."""
    global _seen
    _seen = None


def _write(**changes) -> State:
    from sellerdesk.core.models import ClockState

    with atomic():
        real = real_now()
        forget()
        current = state()
        ClockState.objects.update_or_create(
            pk=1, defaults={"virtual": current.virtual, "speed": current.speed, "paused": current.paused,
                            "real_anchor": real, "virtual_anchor": current.at(real), **changes})
    forget()
    return state()


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
