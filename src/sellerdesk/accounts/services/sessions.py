"""Ending sessions and noting that they are used. A session ended here is gone for every process: none keeps a copy."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django_tasks import task

from sellerdesk.accounts import rules
from sellerdesk.accounts.services import history
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import clock, crypto
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import NotFound


def public_id(session_key: str) -> str:
    """A name for a session that tells it apart and opens nothing; the history keeps it."""
    return crypto.digest(session_key)[:16]


def end(*, user_id: int, session_id: int, info: RequestInfo) -> None:
    """Sign a person out in one of their browsers. Raises NotFound for a session that is not theirs."""
    with atomic():
        session = UserSession.objects.filter(pk=session_id, user_id=user_id).first()
        if session is None:
            raise NotFound()
        _drop([session.session_key])
        history.record(user_id=user_id, kind="session.ended", info=info,
                       detail={"device": rules.device_name(session.user_agent)})


def end_others(*, user_id: int, info: RequestInfo, silent: bool = False) -> int:
    """Sign a person out everywhere but in the session that asks; everywhere, where no session asks.

    `silent` for acts that have an event of their own, such as a new second step. Returns how many sessions ended.
    """
    with atomic():
        keys = [key for key in UserSession.objects.filter(user_id=user_id).values_list("session_key", flat=True)
                if not info.session_id or public_id(key) != info.session_id]
        _drop(keys)
        if keys and not silent:
            history.record(user_id=user_id, kind="session.others_ended", info=info)
    return len(keys)


def _drop(keys: list[str]) -> None:
    Session.objects.filter(pk__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()


def seen(*, session_key: str, user_id: int, info: RequestInfo, now: datetime) -> None:
    """A session is in use. One that goes on from another address is an event of the history."""
    row = UserSession.objects.filter(session_key=session_key).values_list("pk", "ip").first()
    if row is None:
        return
    changes: dict[str, object] = {"last_seen_at": now}
    if info.address and str(row[1]) != info.address:
        changes["ip"] = info.address
        history.record(user_id=user_id, kind="session.address_changed", info=info)
    UserSession.objects.filter(pk=row[0]).update(**changes)


@task(queue_name="slow")
def forget_ended() -> None:
    """Sweep out sessions whose time is over, and list entries whose session is gone."""
    Session.objects.filter(expire_date__lt=clock.real_now()).delete()
    UserSession.objects.annotate(alive=Exists(Session.objects.filter(pk=OuterRef("session_key")))).filter(
        alive=False).delete()
