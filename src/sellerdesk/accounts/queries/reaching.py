"""Reading how people are reached and what is changing about it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellerdesk.accounts.models import ContactChange, User
from sellerdesk.accounts.types import Contacts, LinkedChange, PendingChange
from sellerdesk.core import crypto

#: A change that nobody finishes is given up after this time.
PENDING_FOR = timedelta(hours=24)
#: The same for one whose old side is lost, counted from when it goes ahead.
WAITING_FOR = timedelta(hours=24)


def is_open(change: ContactChange, now: datetime) -> bool:
    """Still on its way: young enough, or waiting for the time when it goes ahead."""
    end = change.not_before + WAITING_FOR if change.not_before else change.created_at + PENDING_FOR
    return change.state == "pending" and (end > now or bool(change.not_before and change.new_proven_at))


def open_change(user_id: int, kind: str, now: datetime) -> ContactChange | None:
    change = ContactChange.objects.filter(user_id=user_id, kind=kind, state="pending").order_by("-id").first()
    return change if change is not None and is_open(change, now) else None


def contacts_of(user_id: int, now: datetime) -> Contacts:
    user = User.objects.only("email", "phone", "phone_verified_at").get(pk=user_id)
    changes = [_pending(open_change(user_id, kind, now)) for kind in ("email", "phone")]
    return Contacts(user.email, user.phone, user.phone_verified_at is not None, *changes)


def _pending(change: ContactChange | None) -> PendingChange | None:
    if change is None:
        return None
    return PendingChange(change.pk, change.kind, change.new, change.new_proven_at is not None,
                         change.old_proven_at is not None, change.not_before, change.created_at)


def by_confirm_token(token: str, now: datetime) -> LinkedChange | None:
    """The open change that a link to the old address confirms."""
    change = ContactChange.objects.filter(old_token_hash=crypto.digest(token), state="pending").first()
    return _linked(change) if change is not None and is_open(change, now) else None


def by_stop_token(token: str, now: datetime) -> LinkedChange | None:
    """The change that a link stops or undoes, while it can still be stopped or undone."""
    change = ContactChange.objects.filter(undo_hash=crypto.digest(token)).first()
    if change is None:
        return None
    if is_open(change, now) or (change.state == "done" and change.undo_until is not None and change.undo_until > now):
        return _linked(change)
    return None


def _linked(change: ContactChange) -> LinkedChange:
    # Whoever has the link has the mail around it, which names both.
    return LinkedChange(change.kind, change.old, change.new, change.state)
