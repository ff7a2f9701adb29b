"""“This was not me”: somebody sees an event in their history that they did not cause."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellerdesk.accounts.errors import NotDeniable
from sellerdesk.accounts.events_security import KINDS
from sellerdesk.accounts.models import User
from sellerdesk.accounts.queries.history import history_event
from sellerdesk.accounts.services import devices, history
from sellerdesk.accounts.services.passwords import end_sessions
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import NotFound

#: Older events cannot be denied: who caused them has been found out or forgotten.
DENIABLE_FOR = timedelta(days=90)


def lock_out_others(*, user_id: int, reason: str, keep: str = "") -> int:
    """End sessions, know no device any longer, and ask for a new password at the next sign-in.

    A stranger's browser must not count as known: the new password is only asked of whoever reads the owner's mail.
    """
    with atomic():
        User.objects.filter(pk=user_id).update(must_change_password=reason)
        devices.forget_all(user_id=user_id)
        return end_sessions(user_id=user_id, keep_key=keep)


def deny(*, user_id: int, number: int, keep: str, info: RequestInfo, now: datetime) -> None:
    """Take a person at their word: what somebody else may hold open is closed, the present session stays.

    Raises NotFound for an event that is not theirs, NotDeniable for one that is old or of another kind.
    """
    event = history_event(user_id, number)
    if event is None:
        raise NotFound()
    kind = KINDS.get(event.kind)
    if kind is None or not kind.deniable or event.at < now - DENIABLE_FOR:
        raise NotDeniable()
    with atomic():
        ended = lock_out_others(user_id=user_id, reason="denied_sign_in", keep=keep)
        history.record(user_id=user_id, kind="sign_in.denied", info=info, detail={
            "number": number, "event": event.kind, "event_detail": event.detail, "ended": ended})
