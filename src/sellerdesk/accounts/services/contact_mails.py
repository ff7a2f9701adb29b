"""The mails of a change of contacts: codes, confirmation, and notices with a link that stops or undoes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from sellerdesk.accounts import notices
from sellerdesk.accounts.letters import ADDRESS_IN_USE, CONFIRM_OLD, CONTACT_CODE
from sellerdesk.accounts.models import ContactChange, User
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import crypto, mail
from sellerdesk.core.errors import fill


def stop_token(change: ContactChange) -> str:
    """The same in every mail about one change, so that the first of them still works when the change is done."""
    return crypto.seal("contact stop", f"{change.pk}:{change.user_id}")


def _link(name: str, token: str) -> str:
    # In the query, which is not logged as paths are.
    return f"{settings.SITE_URL}{reverse(name)}?token={token}"


def _stop_url(change: ContactChange) -> str:
    return _link("accounts:contact_stop", stop_token(change))


def _letter(user: User, letter: Any, to: str, values: Mapping[str, Any], **more: Any) -> None:
    with translation.override(user.language):
        texts = {"subject": fill(letter.subject, values), "text": fill(letter.text, values)}
    mail.send(to, "accounts/mail/letter", {**letter.context(values), **texts, "user": user, **more}, user.language)


def code(user: User, change: ContactChange, code: str) -> None:
    _letter(user, CONTACT_CODE, change.new, {"code": code, "new": change.new})


def address_in_use(user: User, change: ContactChange) -> None:
    """To an address that has an account already: its owner learns of it, who asked does not."""
    owner = User.objects.filter(email__iexact=change.new).only("email", "language", "time_zone").get()
    _letter(owner, ADDRESS_IN_USE, owner.email, {})


def requested(user: User, change: ContactChange, *, confirm: str, info: RequestInfo, at: datetime) -> None:
    """To the account's present address, with the stop link; for a change of e-mail with the button that confirms."""
    if not confirm:
        told_old(user, change, "phone.change_requested", {"new": change.new}, info=info, at=at)
        return
    with notices.own_time(user) as zone:
        _letter(user, CONFIRM_OLD, change.old, {"new": change.new, "url": _link("accounts:contact_confirm", confirm)},
                timestamp=at, zone=zone, ip=info.address, user_agent=info.device, stop_url=_stop_url(change))


def told_old(user: User, change: ContactChange, kind: str, detail: Mapping[str, Any], *, info: RequestInfo,
             at: datetime) -> None:
    """To the address that the account had before the change, with the stop link."""
    to = change.old if change.kind == "email" else user.email
    notices.send(user, kind=kind, detail=detail, info=info, at=at, to=to, stop_url=_stop_url(change))


def done(user: User, change: ContactChange, kind: str, detail: Mapping[str, Any], *, info: RequestInfo,
         at: datetime) -> None:
    told_old(user, change, kind, detail, info=info, at=at)
    if change.kind == "email":
        notices.send(user, kind=kind, detail=detail, info=info, at=at, to=change.new)


def stopped(user: User, change: ContactChange, kind: str, detail: Mapping[str, Any], *, info: RequestInfo,
            at: datetime) -> None:
    """To both sides, without links: the old one is in charge again."""
    notices.send(user, kind=kind, detail=detail, info=info, at=at)
    if change.kind == "email":
        notices.send(user, kind=kind, detail=detail, info=info, at=at, to=change.new)
