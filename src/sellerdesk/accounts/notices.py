"""The mail a person gets about an important event of the account."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from sellerdesk.accounts.events_security import KINDS
from sellerdesk.accounts.letters import SECURITY_NOTICE, STOP_LINK
from sellerdesk.accounts.models import User
from sellerdesk.accounts.places import place_of
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.accounts.wording import sentence
from sellerdesk.core import mail


@contextmanager
def own_time(user: User) -> Iterator[str]:
    """While a mail is written its times are the person's own. Gives the name of the zone, to stand beside them."""
    try:
        zone: Any = zoneinfo.ZoneInfo(user.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        zone = None
    with timezone.override(zone):
        yield user.time_zone if zone else "UTC"


def send(user: User, *, kind: str, detail: Mapping[str, Any], info: RequestInfo, at: datetime, to: str = "",
         stop_url: str = "") -> None:
    """Tell what happened, from where and when, and what to do if it was somebody else.

    `to` is another address than the account's own, `stop_url` a link that stops or undoes the act without signing in.
    """
    spec = KINDS[kind]
    if not (to or user.is_active):
        return
    with translation.override(user.language):
        text = sentence(kind, detail)
        address = " · ".join(filter(None, (info.address, place_of(info.address))))
    letter = STOP_LINK if stop_url else SECURITY_NOTICE
    url = stop_url or (settings.SITE_URL + reverse("accounts:history") if spec.deniable else "")
    with own_time(user) as zone:
        mail.send(to or user.email, "accounts/mail/letter",
                  {**letter.context({"url": url}), "subject": text, "text": text, "timestamp": at,
                   "zone": zone, "ip": address, "user_agent": info.device,
                   "user": user}, user.language)
