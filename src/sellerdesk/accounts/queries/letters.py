"""What we sent to a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Q

from sellerdesk.accounts.models import User
from sellerdesk.core import mail
from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.models import Message
from sellerdesk.core.types import Page


@dataclass(frozen=True, slots=True)
class SentMessage:
    channel: str
    subject: str
    to: str
    code: str
    at: datetime


def messages_to(user_id: int, *, cursor: str, limit: int) -> Page[SentMessage]:
    """Mails and texts to the addresses a person has proven, newest first. Codes in subjects are covered: whoever sits
    at an open session must not read here what went to the mailbox."""
    user = User.objects.filter(pk=user_id).values_list("email", "phone", "phone_verified_at").get()
    places = {user[0], *EmailAddress.objects.filter(user_id=user_id, verified=True).values_list("email", flat=True)}
    where = Q(channel="mail", to__in=places)
    if user[2] is not None:
        where |= Q(channel="sms", to=user[1])
    rows = Message.objects.filter(where).order_by("-pk")
    if cursor:
        rows = rows.filter(pk__lt=cursor_decode(cursor, 1)[0])
    found = list(rows.values_list("pk", "channel", "subject", "to", "code", "created_at")[:limit + 1])
    picked = [SentMessage(row[1], mail.without_secrets(row[2]), row[3], row[4] or "", row[5]) for row in found[:limit]]
    return Page(picked, next_cursor=cursor_encode(found[limit - 1][0]) if len(found) > limit else "", prev_cursor="")
