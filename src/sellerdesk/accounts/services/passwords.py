"""Changing passwords: by their owner, by a link from a mail, and on evidence that somebody else may know them.

Age alone never forces a change: NIST SP 800-63B-4 (3.1.1.2) and OWASP ASVS 5.0 (6.2.10) forbid it, because people
who must change count up a digit. Evidence does: the list of leaked passwords, a leaked key, a denied sign-in, an
operator's word.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils import translation
from django_tasks import task

from sellerdesk.accounts import events, rules
from sellerdesk.accounts.common_passwords import is_common
from sellerdesk.accounts.errors import LinkDead, PhraseUnfit
from sellerdesk.accounts.letters import LETTERS
from sellerdesk.accounts.models import User
from sellerdesk.accounts.passwords import min_length
from sellerdesk.accounts.services.history import record
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import activity, clock, jobs, limits, mail
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic

RESET_LIFE = timedelta(hours=1)
RESETS_PER_DAY = 5
_DAY = 24 * 3600


def judge_at_sign_in(*, user: User, password: str, info: RequestInfo) -> str:
    """Look at a password that has just been typed right; the only moment when it can be looked at.

    Returns why it has to be replaced now, empty when it may stay.
    """
    if user.must_change_password:
        return user.must_change_password
    typed = rules.normal_password(password)
    reason = "breached" if is_common(typed) else "too_short" if len(typed) < min_length(user) else ""
    if reason:
        require_change(user_id=user.pk, reason=reason, info=info)
        user.must_change_password = reason
    return reason


def require_change(*, user_id: int, reason: str, info: RequestInfo, actor_label: str = "",
                   actor_kind: str = "system") -> None:
    """From the next sign-in on, a new password comes before anything else; running sessions end.

    `reason` is one of `events_security.REASONS`. The person gets a mail.
    """
    with atomic():
        User.objects.filter(pk=user_id).update(must_change_password=reason)
        end_sessions(user_id=user_id)
        record(user_id=user_id, kind="password.change_forced", info=info, actor_label=actor_label,
               actor_kind=actor_kind, detail={"reason": reason})


def keep(user: User, password: str) -> None:
    """Write a new password with everything that hangs on it. The caller has judged it."""
    user.set_password(password)
    user.password_changed_at = clock.real_now()
    user.must_change_password = ""
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])


def change(*, user: User, password: str, info: RequestInfo, keep_key: str) -> None:
    """A new password, or the first one, chosen by its owner in a session that goes on; all other sessions end."""
    kind = "password.changed" if user.has_usable_password() else "password.set"
    with atomic():
        keep(user, password)
        end_sessions(user_id=user.pk, keep_key=keep_key)
        record(user_id=user.pk, kind=kind, info=info)


def replace_forced(*, user: User, password: str, info: RequestInfo) -> None:
    """The new password that a sign-in had to wait for. All older sessions end."""
    with atomic():
        keep(user, password)
        end_sessions(user_id=user.pk)
        record(user_id=user.pk, kind="password.changed", info=info)


def end_sessions(*, user_id: int, keep_key: str = "") -> int:
    """Sign a person out everywhere, except in the session named. Returns how many sessions ended."""
    ended = 0
    for session in UserSession.objects.filter(user_id=user_id).exclude(session_key=keep_key):
        session.end()
        ended += 1
    return ended


# -- the link from a mail ----------------------------------------------------------------------------------------------


class LinkTokens(PasswordResetTokenGenerator):
    """Bound to the password's hash, the last sign-in and the newest request: using a link or asking for another one
    kills it. Django adds address and time; PASSWORD_RESET_TIMEOUT ends it after an hour."""

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.reset_requested_at}"


tokens = LinkTokens()


def ask_reset(*, email: str, language: str, info: RequestInfo) -> None:
    """Somebody forgot a password. Does the same for known and unknown addresses, so that the answer tells nothing:
    it counts the request and leaves the rest to a job. Raises LimitReached after five a day for one address."""
    address = email.strip().lower()
    limits.require("password_reset", address, limit=RESETS_PER_DAY, seconds=_DAY)
    if info.address:
        limits.require("password_reset_address", info.address, limit=50, seconds=_DAY)
    jobs.enqueue(mail_reset_link, address, language,
                 {"address": info.address, "agent": info.agent, "device": info.device, "request_id": info.request_id})


@task(queue_name="fast")
def mail_reset_link(email: str, language: str, info: dict[str, str]) -> None:
    """Write the mail of `ask_reset`: a link, or the news that there is no account."""
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        _letter("unknown_account", email, language, {"signup_url": f"{_site()}/accounts/signup/"})
        return
    with atomic():
        user.reset_requested_at = clock.real_now()
        user.save(update_fields=["reset_requested_at"])
        link = f"{_site()}/accounts/password/reset/key/{rules.to_base36(user.pk)}-{tokens.make_token(user)}/"
        _letter("password_reset_key", user.email, user.language or language, {"password_reset_url": link})
        record(user_id=user.pk, kind="password.reset_requested", info=RequestInfo(**info), actor_kind="guest")


def user_of_link(uid: str, token: str) -> User:
    """Whose link this is; reading it consumes nothing. Raises LinkDead."""
    user = User.objects.filter(pk=rules.from_base36(uid), is_active=True).first()
    if user is None or not tokens.check_token(user, token):
        raise LinkDead()
    return user


def reset_by_link(*, uid: str, token: str, password: str, info: RequestInfo, now: datetime) -> User:
    """Set a new password with a link from a mail. Nobody is signed in by it, and the second step stays.

    The row is locked while the link is checked, so that of two clicks at once one wins. Every session ends; owners of
    the person's shops are told by those who follow `accounts.password.reset`. Raises LinkDead.
    """
    with atomic():
        locked = User.objects.select_for_update().filter(pk=rules.from_base36(uid), is_active=True).first()
        if locked is None or not tokens.check_token(locked, token):
            raise LinkDead()
        keep(locked, password)
        locked.keys_review_since = now
        locked.save(update_fields=["keys_review_since"])
        end_sessions(user_id=locked.pk)
        record(user_id=locked.pk, kind="password.reset", info=info)
        activity.record(events.PASSWORD_RESET, now=now, actor=Actor.user(locked.pk, str(locked)),
                        target_type="user", target_id=locked.pk, target_label=str(locked))
    return locked


def _site() -> str:
    from django.conf import settings

    return str(settings.SITE_URL)


def _letter(name: str, to: str, language: str, values: dict[str, Any]) -> None:
    letter = LETTERS[name]
    with translation.override(language):
        texts = {"subject": str(letter.subject), "text": str(letter.text)}
    mail.send(to, "accounts/mail/letter", {**letter.context(values), **texts}, language)


# -- small choices -----------------------------------------------------------------------------------------------------


def dismiss_reminder(*, user_id: int, info: RequestInfo) -> None:
    """No more proposals to change an old password, for good."""
    with atomic():
        if User.objects.filter(pk=user_id, reminder_dismissed_at=None).update(
                reminder_dismissed_at=clock.real_now()):
            record(user_id=user_id, kind="password.reminder_dismissed", info=info)


def keys_reviewed(*, user_id: int) -> None:
    """The person has looked through the keys of their shops after a reset."""
    User.objects.filter(pk=user_id).update(keys_review_since=None)


def set_phrase(*, user_id: int, phrase: str, info: RequestInfo) -> None:
    """The phrase that mails from us carry; empty for none. Raises Invalid on `phrase`."""
    phrase = " ".join(phrase.split())
    if phrase and not rules.PHRASE_MIN <= len(phrase) <= rules.PHRASE_MAX:
        raise PhraseUnfit(field="phrase", data={"least": rules.PHRASE_MIN, "most": rules.PHRASE_MAX})
    if phrase and "://" in phrase:
        raise PhraseUnfit(field="phrase", data={"least": rules.PHRASE_MIN, "most": rules.PHRASE_MAX})
    with atomic():
        if User.objects.filter(pk=user_id).exclude(phrase=phrase).update(phrase=phrase):
            record(user_id=user_id, kind="phrase.changed", info=info)
