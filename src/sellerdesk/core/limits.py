"""Counters for how often something may be tried. One atomic step per try, so parallel tries cannot slip through.

The count goes up before the work it protects. A success gives back only what the caller says, never another key's
budget. Windows open with the first try and last a fixed time, in real seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache

from sellerdesk.core import clock
from sellerdesk.core.crypto import digest
from sellerdesk.core.db import db_time, execute, fetch_one, is_postgres, utc
from sellerdesk.core.errors import LimitReached


@dataclass(frozen=True, slots=True)
class Verdict:
    allowed: bool
    count: int
    retry_after_seconds: int


def hit(name: str, key: str, *, limit: int, seconds: int) -> Verdict:
    """Count one try. Not allowed once more than `limit` fall into one window of `seconds`."""
    place = digest(f"{name}:{key}")
    if _cache_is_shared():
        return _hit_cache(place, limit, seconds)
    now = clock.real_now()
    end = now + timedelta(seconds=seconds)
    kind = "::timestamptz" if is_postgres() else ""
    row = fetch_one(
        f"""INSERT INTO core_limit (key, window_end, count) VALUES (%s, %s{kind}, 1)
            ON CONFLICT (key) DO UPDATE SET
                count = CASE WHEN core_limit.window_end <= %s{kind} THEN 1 ELSE core_limit.count + 1 END,
                window_end = CASE WHEN core_limit.window_end <= %s{kind} THEN excluded.window_end
                                  ELSE core_limit.window_end END
            RETURNING count, window_end""",
        [place, db_time(end), db_time(now), db_time(now)])
    assert row is not None
    ends = utc(row[1])
    assert ends is not None
    return Verdict(row[0] <= limit, row[0], max(1, int((ends - now).total_seconds())))


def require(name: str, key: str, *, limit: int, seconds: int) -> None:
    """Count one try; raises LimitReached with the remaining time."""
    verdict = hit(name, key, limit=limit, seconds=seconds)
    if not verdict.allowed:
        raise LimitReached("too_many_attempts", retry_after_seconds=verdict.retry_after_seconds)


def give_back(name: str, key: str) -> None:
    """Take one try back, for the account that has just proved itself; other keys' budgets stay as they are."""
    place = digest(f"{name}:{key}")
    if _cache_is_shared():
        try:
            cache.decr(f"limit:{place}")
        except ValueError:
            return
        return
    execute("UPDATE core_limit SET count = count - 1 WHERE key = %s AND count > 0", [place])


def forget_old() -> int:
    """Drop counters whose window is over."""
    return execute("DELETE FROM core_limit WHERE window_end < %s", [db_time(clock.real_now() - timedelta(days=1))])


def _cache_is_shared() -> bool:
    return "redis" in settings.CACHES["default"]["BACKEND"].lower()


def _hit_cache(place: str, limit: int, seconds: int) -> Verdict:
    key = f"limit:{place}"
    cache.add(key, 0, seconds)
    try:
        count = cache.incr(key)
    except ValueError:
        # The window ended between the two steps: this try opens the next one.
        cache.add(key, 1, seconds)
        count = 1
    remaining = getattr(cache, "ttl", lambda _: seconds)(key)
    return Verdict(count <= limit, count, max(1, int(remaining or seconds)))
