"""Failed sign-ins, kept in the history of the account they were aimed at."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from django_tasks import task

from sellerdesk.accounts.models import User
from sellerdesk.accounts.services import history
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import jobs


def sign_in_failed(*, email: str, method: str, info: RequestInfo, now: datetime) -> None:
    """Queue the event, for known and unknown addresses alike: the answer must not take longer for one of them."""
    user_id = User.objects.filter(email__iexact=email[:254]).values_list("pk", flat=True).first()
    jobs.enqueue(record_failed_sign_in, user_id or 0, now.isoformat(), list(dataclasses.astuple(info)), method)


@task(queue_name="fast")
def record_failed_sign_in(user_id: int, at: str, info: list[str], method: str) -> None:
    """An unknown address has no history."""
    if user_id:
        history.record(user_id=user_id, kind="sign_in.failed", info=RequestInfo(*info), actor_kind="guest",
                       detail={"method": method}, at=datetime.fromisoformat(at))
