"""How much a client may ask. Counted in real time, whatever the market's clock does.

With a Redis cache configured the windows are shared by all processes. Without one they are kept in the memory of
each process, so with N web processes a client may get up to N times the figure: writing a database row per request
would cost more than the limit protects. Figures are the contract's.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

#: All methods together, per Client-Id.
CLIENT = RateLimitItemPerSecond(50, namespace="api-client")
#: Failed proofs of a key, per network address: guessing keys must not keep the database busy.
FAILED_KEYS = RateLimitItemPerMinute(60, namespace="api-failed")


def per_minute(count: int, name: str) -> RateLimitItem:
    """A method's own rate, counted per client."""
    return RateLimitItemPerMinute(count, namespace=f"api-method-{name}")


def per_day(count: int, name: str) -> RateLimitItem:
    """The same for a day."""
    return RateLimitItemPerDay(count, namespace=f"api-method-{name}")


@dataclass(frozen=True, slots=True)
class Spent:
    """What is left of a window; `retry_after` in seconds is 0 where the request may go on."""

    remaining: int
    retry_after: int


@cache
def _limiter() -> MovingWindowRateLimiter:
    default = settings.CACHES["default"]
    shared = default["BACKEND"].endswith("RedisCache")
    return MovingWindowRateLimiter(storage_from_string(default["LOCATION"] if shared else "memory://"))


def spend(item: RateLimitItem, who: str) -> Spent:
    """Take one from the window of `who`."""
    limiter = _limiter()
    allowed = limiter.hit(item, who)
    stats = limiter.get_window_stats(item, who)
    return Spent(
        max(0, stats.remaining),
        0 if allowed else max(1, math.ceil(stats.reset_time - time.time())),
    )


def exhausted(item: RateLimitItem, who: str) -> int:
    """Seconds to wait when nothing is left for `who`, else 0. Takes nothing."""
    limiter = _limiter()
    if limiter.test(item, who):
        return 0
    return max(1, math.ceil(limiter.get_window_stats(item, who).reset_time - time.time()))


def forget() -> None:
    """Start with empty windows; for tests."""
    _limiter.cache_clear()
