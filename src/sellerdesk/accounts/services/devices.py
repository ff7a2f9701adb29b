"""Browsers that have completed a sign-in before. Each person on a browser has a token of their own; the cookie holds
them all, the table their digests.

A known device lets its owner in while strangers try to guess the password, spares the confirmation by mail and, where
the person wants it and their role allows it, the second step for 30 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sellerdesk.accounts import standing
from sellerdesk.accounts.models import KnownDevice
from sellerdesk.accounts.services import history
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import crypto
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import NotFound

TRUST = timedelta(days=30)
#: People who share a browser and are all remembered by it.
MAX_TOKENS = 5
_SEPARATOR = "."


@dataclass(frozen=True, slots=True)
class Remembered:
    """What to write into the cookie, and whether this device is new to this person."""

    cookie: str
    new: bool
    device_id: int


def tokens(cookie: str) -> list[str]:
    return [one for one in cookie[:400].split(_SEPARATOR) if one][:MAX_TOKENS]


def known(*, cookie: str, email: str = "", user_id: int = 0) -> KnownDevice | None:
    """The device behind a cookie, if it is this person's. No cookie, no query."""
    digests = [crypto.digest(one) for one in tokens(cookie)]
    if not digests:
        return None
    rows = KnownDevice.objects.filter(token_hash__in=digests)
    return (rows.filter(user_id=user_id) if user_id else rows.filter(user__email=email.strip().lower())).first()


def remember(*, user_id: int, cookie: str, info: RequestInfo, now: datetime) -> Remembered:
    """After a whole sign-in: the device is this person's from now on."""
    row = known(cookie=cookie, user_id=user_id)
    if row is not None:
        KnownDevice.objects.filter(pk=row.pk).update(agent=info.agent[:300], address=info.address[:45],
                                                     last_seen_at=now)
        return Remembered(cookie, False, row.pk)
    token = crypto.token()
    row = KnownDevice.objects.create(user_id=user_id, token_hash=crypto.digest(token), agent=info.agent[:300],
                                     address=info.address[:45], first_seen_at=now, last_seen_at=now)
    return Remembered(_SEPARATOR.join([token, *tokens(cookie)][:MAX_TOKENS]), True, row.pk)


def count(*, user_id: int) -> int:
    return KnownDevice.objects.filter(user_id=user_id).count()


def may_trust(*, user_id: int) -> bool:
    """Owners and people who handle money take the second step every time."""
    return not standing.of(user_id).careful


def trust(*, user_id: int, device_id: int, info: RequestInfo, now: datetime) -> None:
    """Skip the second step on this device for a while. Does nothing for people who may not."""
    if not may_trust(user_id=user_id):
        return
    with atomic():
        if KnownDevice.objects.filter(pk=device_id, user_id=user_id).update(trusted_until=now + TRUST):
            history.record(user_id=user_id, kind="device.trusted", info=info)


def is_trusted(*, user_id: int, cookie: str, now: datetime) -> bool:
    """Asked anew at every sign-in: who became an owner meanwhile takes the second step again."""
    row = known(cookie=cookie, user_id=user_id)
    return bool(row and row.trusted_until and row.trusted_until > now) and may_trust(user_id=user_id)


def forget(*, user_id: int, device_id: int, info: RequestInfo) -> None:
    """The device counts as new from now on. Raises NotFound for somebody else's."""
    with atomic():
        if not KnownDevice.objects.filter(pk=device_id, user_id=user_id).delete()[0]:
            raise NotFound()
        history.record(user_id=user_id, kind="device.forgotten", info=info)


def forget_all(*, user_id: int) -> int:
    """After a sign-in that the owner denied, and when somebody else may have used a device. Returns how many."""
    return KnownDevice.objects.filter(user_id=user_id).delete()[0]
