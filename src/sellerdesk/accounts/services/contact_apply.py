"""Putting a proven change of contacts into the account, and taking it back."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError

from sellerdesk.accounts.errors import EmailTaken
from sellerdesk.accounts.models import ContactChange, User
from sellerdesk.core.db import atomic


def apply(user: User, change: ContactChange, now: datetime) -> None:
    """Raises EmailTaken where somebody else has taken the address meanwhile."""
    if change.kind == "phone":
        user.phone, user.phone_verified_at = change.new, now
        user.save(update_fields=["phone", "phone_verified_at"])
        return
    _set_email(user, change.new)


def restore(user: User, change: ContactChange) -> None:
    """The contact as it was before the change. A number that was confirmed counts as confirmed again."""
    if change.kind == "phone":
        user.phone, user.phone_verified_at = change.old, change.created_at if change.old else None
        user.save(update_fields=["phone", "phone_verified_at"])
        return
    _set_email(user, change.old)


def _set_email(user: User, address: str) -> None:
    """One address per account: it is the login, and where all mail goes. Links sent to the old one die with it."""
    try:
        with atomic():
            user.email = address
            user.save(update_fields=["email"])
            EmailAddress.objects.filter(user=user).delete()
            EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    except IntegrityError:
        raise EmailTaken(field="new", data={"value": address}) from None
