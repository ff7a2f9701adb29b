"""Addresses that get nothing any more: paused after long failure, or gone by their own word. Their people are told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from sellerdesk.accounts import queries as accounts
from sellerdesk.core import activity, clock, mail, scope
from sellerdesk.core.actor import Actor
from sellerdesk.notifications import events, permissions
from sellerdesk.notifications.models import Delivery, Endpoint
from sellerdesk.sellers import queries as sellers

_SENDER = Actor.system("pushes")


def pause(*, endpoint_id: int, code: str, since: datetime, real_now: datetime) -> bool:
    """Stop trying; what happens is kept until somebody resumes. Returns whether it was this call that paused it."""
    row = Endpoint.objects.filter(pk=endpoint_id, state="active")
    if not row.update(state="paused", paused_at=real_now, pause_code=code, hold_until=None):
        return False
    _tell(endpoint_id, events.ENDPOINT_PAUSED, "endpoint_paused", {"code": code, "since": since})
    return True


def gone(*, endpoint_id: int, real_now: datetime) -> bool:
    """The receiver said 410: nothing is sent there again, and what waited is let go."""
    row = Endpoint.objects.filter(pk=endpoint_id, state="active")
    if not row.update(state="gone", paused_at=real_now, pause_code="STATUS_CODE_NOT_OK", hold_until=None,
                      failing_since=None):
        return False
    Delivery.objects.filter(endpoint_id=endpoint_id, state="waiting").update(
        state="stopped", done_at=real_now, token="", lease_until=None)
    _tell(endpoint_id, events.ENDPOINT_GONE, "endpoint_gone", {})
    return True


def _tell(endpoint_id: int, event: str, letter: str, values: dict[str, Any]) -> None:
    row = Endpoint.objects.get(pk=endpoint_id)
    seller = sellers.seller_ref(row.seller_id)
    shown = label(row.url)
    data = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
    link = settings.SITE_URL + reverse("notifications:endpoint", args=[row.pk])
    # By the shop's own clock, where it has one; mails about test shops say so.
    with scope.one_shop(seller.id):
        activity.record(event, now=clock.now(), actor=_SENDER, seller_id=seller.id, target_type="endpoint",
                        target_id=row.pk, target_label=shown, data=data)
        for email, language in accounts.contacts(sellers.holders(seller, permissions.EDIT)):
            mail.send(email, f"notifications/mail/{letter}",
                      {"shop": seller.name, "address": shown, "link": link, **values}, language)


def label(url: str) -> str:
    """An address fit for histories and mails: what stands behind the question mark is often a password."""
    return url.partition("?")[0].partition("#")[0][:200]
