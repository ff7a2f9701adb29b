"""Reading requests to recover accounts."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, Q, When

from sellerdesk.accounts.models import RecoveryRequest
from sellerdesk.accounts.types import RecoveryRow
from sellerdesk.core.errors import NotFound
from sellerdesk.core.paging import keyset
from sellerdesk.core.types import Page

_FIELDS = ("id", "user_id", "user__name", "user__email", "email", "state", "story", "created_at", "available_at",
           "first_by_id", "first_by__name", "first_by__email", "first_at", "second_by__name", "second_by__email",
           "second_at", "closed_at", "reason")


def _row(values: tuple) -> RecoveryRow:
    (pk, user_id, name, email, given, state, story, created, available, first_id, first_name, first_email, first_at,
     second_name, second_email, second_at, closed, reason) = values
    return RecoveryRow(pk, user_id, name or email, email, given, state, story, created, available, first_id,
                       first_name or first_email or "", first_at, second_name or second_email or "", second_at, closed,
                       reason)


def recovery_requests(*, open_only: bool = False, user_ids: Iterable[int] | None = None,
                      limit: int = 50) -> list[RecoveryRow]:
    """Requests, the oldest open one first, then the newest closed ones. One query."""
    where = Q(state__in=["waiting", "approved"]) if open_only else Q()
    if user_ids is not None:
        where &= Q(user_id__in=set(user_ids))
    rows = [_row(values) for values in RecoveryRequest.objects.filter(where).order_by("-pk").values_list(
        *_FIELDS)[:limit]]
    return sorted(rows, key=lambda row: (row.closed_at is not None, row.id if row.closed_at is None else -row.id))


def recoveries_page(*, cursor: str | None = None, limit: int = 50) -> Page[RecoveryRow]:
    """All requests, open ones first and of each the newest. One query. For operators."""
    rows = RecoveryRequest.objects.annotate(done=Case(When(closed_at=None, then=0), default=1))
    return keyset(rows, "done", "-id", cursor=cursor, limit=limit, columns=_FIELDS).map(_row)


def recoveries_open() -> int:
    """How many are open. One query."""
    return RecoveryRequest.objects.filter(state__in=["waiting", "approved"]).count()


def recovery_request(request_id: int) -> RecoveryRow:
    """Raises NotFound."""
    values = RecoveryRequest.objects.filter(pk=request_id).values_list(*_FIELDS).first()
    if values is None:
        raise NotFound()
    return _row(values)
