"""Reading when people were last here, and which addresses are proved to be theirs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db.models import Max


def last_seen(user_ids: Iterable[int]) -> dict[int, datetime]:
    """When each person last opened a page; those without a session are left out. One query."""
    return dict(UserSession.objects.filter(user_id__in=set(user_ids)).order_by().values_list("user_id").annotate(
        seen=Max("last_seen_at")))


def owns_address(user_id: int, email: str) -> bool:
    """Whether somebody has proved that mail to this address reaches them."""
    return EmailAddress.objects.filter(user_id=user_id, email__iexact=email, verified=True).exists()
