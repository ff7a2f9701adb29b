"""Mail and second step both lost: a request, a wait in real time, and the word of two people.

While it waits, every known address, the telephone and the other owners of the person's shops know of it and can stop
it. Two different people approve: operators, or owners of the same shops. Nobody of them ever learns a password: the
person sets it with a link that works once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from sellerdesk.accounts import circle, events, queries
from sellerdesk.accounts.errors import (
    EmailTaken,
    LinkDead,
    ReasonNeeded,
    RecoveryClosed,
    RecoveryNeedsAnother,
    RecoveryNotYet,
    RecoveryOpen,
)
from sellerdesk.accounts.letters import LETTERS
from sellerdesk.accounts.models import ContactChange, Factor, RecoveryCode, RecoveryRequest, User
from sellerdesk.accounts.services import devices, passwords
from sellerdesk.accounts.services.history import record
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import activity, clock, crypto, jobs, limits, mail
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Forbidden, Invalid, NotFound, fill
from sellerdesk.core.ui import formats

STORY_MIN = 20
_LINK_DAYS = 3
_PURPOSE = "account recovery"
_DAY = 24 * 3600


def connect_owners(source: circle.Source) -> None:
    """The domain that knows shops tells who owns those a person works in. Called once, in AppConfig.ready."""
    circle.connect(source)


def ask(*, email: str, new_email: str, story: str, language: str, info: RequestInfo) -> None:
    """Ask for recovery without being signed in. Known and unknown accounts get the same answer and the same mail.

    Raises Invalid for a story too short, LimitReached after three requests a day for one account.
    """
    if len(story.strip()) < STORY_MIN:
        raise ReasonNeeded(field="story", data={"least": STORY_MIN})
    limits.require("recovery", email.strip().lower(), limit=3, seconds=_DAY)
    limits.require("recovery_address", info.address or "-", limit=10, seconds=_DAY)
    jobs.enqueue(open_request, email.strip().lower(), new_email.strip().lower(), story.strip()[:5000], language,
                 {"address": info.address, "agent": info.agent, "device": info.device, "request_id": info.request_id})


@task(queue_name="fast")
def open_request(email: str, new_email: str, story: str, language: str, info: dict[str, str]) -> None:
    """The rest of `ask`, out of sight: the request where there is such an account, and the mails."""
    now = clock.real_now()
    with atomic():
        _letter("recovery_received", new_email, language, {"hours": dated.get(
            "accounts.recovery_wait_hours", "", now).value})
        user = User.objects.select_for_update().filter(email=email, is_active=True).first()
        if user is not None and not _open(user.pk).exists():
            _start(user, new_email, story, RequestInfo(**info), now, wait="", by=None)


def start_for(*, user_id: int, new_email: str, story: str, by: User, info: RequestInfo, now: datetime) -> None:
    """An owner asks for a person of the same shop, whom they know. That counts as the first of two approvals.

    Raises NotFound for anybody else's people, RecoveryOpen, ReasonNeeded.
    """
    if len(story.strip()) < STORY_MIN:
        raise ReasonNeeded(field="story", data={"least": STORY_MIN})
    with atomic():
        user = User.objects.select_for_update().filter(pk=user_id, is_active=True).first()
        if user is None or user.pk == by.pk or by.pk not in circle.owners_beside(user.pk):
            raise NotFound()
        if _open(user.pk).exists():
            raise RecoveryOpen()
        _start(user, new_email.strip().lower(), story.strip()[:5000], info, now, wait="owners", by=by)


def _open(user_id: int) -> Any:
    return RecoveryRequest.objects.filter(user_id=user_id, state__in=["waiting", "approved"])


def _start(user: User, new_email: str, story: str, info: RequestInfo, now: datetime, *, wait: str,
           by: User | None) -> None:
    token = crypto.token()
    hours = dated.get("accounts.recovery_wait_hours", wait, now).value
    until = now + timedelta(hours=hours)
    RecoveryRequest.objects.create(user=user, email=new_email, story=story, cancel_hash=crypto.digest(token),
                                   created_at=now, available_at=until, first_by=by, first_at=now if by else None)
    record(user_id=user.pk, kind="recovery.requested", info=info, actor_label=str(by) if by else "",
           actor_kind="user" if by else "guest", notify=False)
    link = f"{settings.SITE_URL}/account-recovery/stop/{token}/"
    for address in {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}:
        _letter("recovery_notice", address, user.language,
                {"until": until, "email": new_email, "stop_url": link, **_where(info, now)})
    if user.phone and user.phone_verified_at:
        with translation.override(user.language):
            text = _("Sellerdesk: somebody asks to recover your account. Not you? Stop it: %(link)s") % {"link": link}
        mail.send_sms(user.phone, text, user.language)
    for address, language in queries.contacts(circle.owners_beside(user.pk)):
        _letter("recovery_circle", address, language,
                {"until": until, "person": str(user), "stop_url": link, **_where(info, now)})


def request_of_stop_link(token: str) -> int:
    """Which open request a link of the notices stops. Raises LinkDead."""
    found = RecoveryRequest.objects.filter(cancel_hash=crypto.digest(token),
                                           state__in=["waiting", "approved"]).values_list("pk", flat=True).first()
    if found is None:
        raise LinkDead()
    return found


def stop(*, token: str, info: RequestInfo, now: datetime) -> None:
    """Somebody who was told stops the request. Nothing of the account has changed until then. Raises LinkDead."""
    with atomic():
        row = _locked(request_of_stop_link(token))
        if row.state not in ("waiting", "approved"):
            raise LinkDead()
        _close(row, "cancelled", now)
        record(user_id=row.user_id, kind="recovery.cancelled", info=info, actor_kind="guest")


def approve(*, request_id: int, by: User, info: RequestInfo, now: datetime, as_operator: bool = False) -> bool:
    """One of two people agrees: an owner of the same shops, or through the console an operator (`as_operator`; the
    door has checked the right). True once both did.

    Raises NotFound, RecoveryNotYet, RecoveryClosed, RecoveryNeedsAnother, EmailTaken.
    """
    with atomic():
        row = _locked(request_id)
        _may_decide(row, by, as_operator)
        if now < row.available_at:
            raise RecoveryNotYet(data={"until": formats.when(row.available_at)})
        if row.first_by_id == by.pk:
            raise RecoveryNeedsAnother()
        if User.objects.filter(email=row.email).exclude(pk=row.user_id).exists():
            raise EmailTaken(field="email", data={"value": row.email})
        kind = "operator" if as_operator else "user"
        if row.first_by_id is None:
            row.first_by, row.first_at = by, now
            row.save(update_fields=["first_by", "first_at"])
            record(user_id=row.user_id, kind="recovery.seen", info=info, actor_label=str(by), actor_kind=kind)
            return False
        row.second_by, row.second_at, row.state = by, now, "approved"
        row.save(update_fields=["second_by", "second_at", "state"])
        record(user_id=row.user_id, kind="recovery.approved", info=info, actor_label=str(by), actor_kind=kind)
        link = f"{settings.SITE_URL}/account-recovery/{crypto.sign(_PURPOSE, row.pk)}/"
        _letter("recovery_link", row.email, row.user.language, {"recovery_url": link})
        return True


def reject(*, request_id: int, by: User, reason: str, info: RequestInfo, now: datetime,
           as_operator: bool = False) -> None:
    """One person who may decide says no, with a reason. Raises NotFound, RecoveryClosed, ReasonNeeded."""
    if len(reason.strip()) < 5:
        raise ReasonNeeded(field="reason", data={"least": 5})
    with atomic():
        row = _locked(request_id)
        _may_decide(row, by, as_operator)
        row.reason = reason.strip()[:300]
        row.save(update_fields=["reason"])
        _close(row, "rejected", now)
        record(user_id=row.user_id, kind="recovery.rejected", info=info, actor_label=str(by),
               actor_kind="operator" if as_operator else "user")


def user_of_link(token: str) -> User:
    """Whose account the mailed link recovers; looking uses nothing up. Raises LinkDead."""
    return _of_link(token).user


def complete(*, token: str, password: str, info: RequestInfo, now: datetime) -> User:
    """Set the password with the mailed link: the address given becomes the account's, second steps, remembered
    devices and sessions go. Of two tries at once one wins. Raises LinkDead, EmailTaken."""
    with atomic():
        row = _locked(_of_link(token).pk)
        if row.state != "approved":
            raise LinkDead()
        user = User.objects.select_for_update().get(pk=row.user_id)
        old = user.email
        if User.objects.filter(email=row.email).exclude(pk=user.pk).exists():
            raise EmailTaken(field="email", data={"value": row.email})
        passwords.keep(user, password)
        user.email, user.keys_review_since, user.phone_verified_at = row.email, now, None
        user.save(update_fields=["email", "keys_review_since", "phone_verified_at"])
        EmailAddress.objects.filter(user=user).delete()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        Authenticator.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()
        Factor.objects.filter(user=user).update(phone_since=None)
        devices.forget_all(user_id=user.pk)
        ContactChange.objects.filter(user=user, done_at=None).update(state="cancelled", done_at=now)
        passwords.end_sessions(user_id=user.pk)
        _close(row, "done", now)
        record(user_id=user.pk, kind="recovery.completed", info=info, notify=False)
        for address in {old, user.email}:
            _letter("recovery_done", address, user.language, {"email": user.email, **_where(info, now)})
        activity.record(events.ACCOUNT_RECOVERED, now=now, actor=Actor.user(user.pk, str(user)), target_type="user",
                        target_id=user.pk, target_label=str(user))
    return user


def _of_link(token: str) -> RecoveryRequest:
    try:
        pk = crypto.unsign(_PURPOSE, token, life_seconds=_LINK_DAYS * _DAY)
    except Invalid:
        raise LinkDead() from None
    row = RecoveryRequest.objects.select_related("user").filter(pk=pk, state="approved", user__is_active=True).first()
    if row is None:
        raise LinkDead()
    return row


def _locked(request_id: int) -> RecoveryRequest:
    row = RecoveryRequest.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise NotFound()
    return row


def _may_decide(row: RecoveryRequest, by: User, as_operator: bool) -> None:
    if by.pk == row.user_id:
        raise Forbidden()
    if not (as_operator and by.is_operator) and by.pk not in circle.owners_beside(row.user_id):
        raise NotFound()
    if row.state != "waiting":
        raise RecoveryClosed()


def _close(row: RecoveryRequest, state: str, now: datetime) -> None:
    row.state, row.closed_at = state, now
    row.save(update_fields=["state", "closed_at"])


def _where(info: RequestInfo, now: datetime) -> dict[str, Any]:
    return {"timestamp": now, "ip": info.address, "user_agent": info.device, "zone": "UTC"}


def _letter(name: str, to: str, language: str, values: dict[str, Any]) -> None:
    letter = LETTERS[name]
    with translation.override(language or "en"):
        told = {**values, **({"until": formats.when(values["until"])} if "until" in values else {})}
        texts = {"subject": fill(letter.subject, told), "text": fill(letter.text, told)}
    mail.send(to, "accounts/mail/letter", {**letter.context(told), "zone": "UTC", **texts}, language or "en")
