"""Changing the e-mail address or the phone: proven on both sides, told to both, undone for a week.

new side    a code of six digits, sent to it
old side    a link (e-mail) or a code (phone); where it is lost, a second step and a wait of 72 hours
afterwards  a link in the mail to the old address restores it, ends all sessions and asks for a new password

Call these outside a transaction of your own: a wrong code must stay counted although the act is refused.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts.errors import (
    ChangeClosed,
    ContactCodeSpent,
    ContactCodeWrong,
    EmailTaken,
    OldSideNeedsFactor,
    PhoneInvalid,
    PhoneTaken,
    SameContact,
)
from sellerdesk.accounts.models import ContactChange, User
from sellerdesk.accounts.queries.factors import has_second_factor
from sellerdesk.accounts.queries.reaching import is_open, open_change
from sellerdesk.accounts.rules import e164, plain_digits
from sellerdesk.accounts.services import contact_mails, denial, history, phone
from sellerdesk.accounts.services.contact_apply import apply, restore
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import crypto, limits
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid

CODE_LIFE = timedelta(minutes=10)
TRIES = 5
ADDITIONS_PER_DAY = 2
OLD_LOST_WAIT = timedelta(hours=72)
UNDO_FOR = timedelta(days=7)


def start(*, user_id: int, kind: str, new: str, info: RequestInfo, now: datetime) -> None:
    """Ask for a change to another address or number. An older unfinished change is given up.

    Raises Invalid, PhoneInvalid, SameContact, PhoneTaken and LimitReached. An address that belongs to somebody
    else is not refused here: who asks must not learn of it; its owner is told by mail.
    """
    user = User.objects.get(pk=user_id)
    if kind == "email":
        new, old = _email(new), user.email
    else:
        new, old = _number(new), user.phone if user.phone_verified_at else ""
    if new.lower() == old.lower():
        raise SameContact()
    limits.require(f"contact.add.{kind}", str(user_id), limit=ADDITIONS_PER_DAY, seconds=86400)
    with atomic():
        ContactChange.objects.filter(user_id=user_id, kind=kind, state="pending").update(
            state="cancelled", code_hash="", old_token_hash="")
        change = ContactChange.objects.create(user_id=user_id, kind=kind, old=old, new=new, created_at=now)
        confirm, stop = crypto.token(), contact_mails.stop_token(change)
        ContactChange.objects.filter(pk=change.pk).update(
            old_token_hash=crypto.digest(confirm) if kind == "email" else "", undo_hash=crypto.digest(stop))
        history.record(user_id=user_id, kind=f"{kind}.change_requested", info=info, detail={"old": old, "new": new})
        contact_mails.requested(user, change, confirm=confirm if kind == "email" else "", info=info, at=now)
    _send_code(user, change, info=info, now=now)


def _number(text: str) -> str:
    number = e164(text)
    if not number:
        raise PhoneInvalid(text, field="new")
    return number


def _email(text: str) -> str:
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid("email_invalid", _("This is not an e-mail address. Write it like name@example.com."),
                      field="new", data={"value": address[:80]}) from None
    return address


def resend(*, user_id: int, kind: str, info: RequestInfo, now: datetime) -> None:
    """Another code to the new side. Raises ChangeClosed and LimitReached (a minute between codes, five an hour)."""
    change = _open(user_id, kind, now)
    if change.new_proven_at is None:
        _send_code(User.objects.get(pk=user_id), change, info=info, now=now)


def _send_code(user: User, change: ContactChange, *, info: RequestInfo, now: datetime) -> None:
    if change.kind == "phone":
        phone.send_code(phone=change.new, purpose="change_new", user_id=user.pk, info=info, language=user.language)
        return
    limits.require("contact.code_gap", str(change.pk), limit=1, seconds=60)
    limits.require("contact.code_hour", str(user.pk), limit=5, seconds=3600)
    if User.objects.filter(email__iexact=change.new).exclude(pk=user.pk).exists():
        # No code exists, so none fits; the page is the same as ever.
        contact_mails.address_in_use(user, change)
        return
    code = crypto.code()
    ContactChange.objects.filter(pk=change.pk).update(code_hash=_sealed(change, code, now), tries=0)
    contact_mails.code(user, change, code)


def _sealed(change: ContactChange, code: str, at: datetime) -> str:
    """When the code was sent, and its mark: six digits are guessed from a plain digest, under our key they are not."""
    sent = str(int(at.timestamp()))
    return f"{sent}:{crypto.seal('contact code', f'{change.pk}:{sent}:{code}')[:48]}"


def prove_new(*, user_id: int, kind: str, code: str, info: RequestInfo, now: datetime) -> bool:
    """The code from the new side. Says whether the change is finished with it.

    Raises ChangeClosed, ContactCodeWrong, ContactCodeSpent (five tries, ten minutes), PhoneCode…, PhoneTaken.
    """
    change = _open(user_id, kind, now)
    limits.require("contact.prove", str(user_id), limit=5, seconds=300)
    limits.require("contact.prove_hour", str(user_id), limit=20, seconds=3600)
    if kind == "phone":
        phone.check_code(phone=change.new, purpose="change_new", code=code)
        if User.objects.filter(phone=change.new, phone_verified_at__isnull=False).exclude(pk=user_id).exists():
            raise PhoneTaken()
    else:
        _check_mail_code(change, code, now)
    limits.give_back("contact.prove", str(user_id))
    with atomic():
        ContactChange.objects.filter(pk=change.pk).update(new_proven_at=now, code_hash="")
        if kind == "email":
            history.record(user_id=user_id, kind="email.new_proven", info=info, detail={"new": change.new})
        return _finish(change.pk, info=info, now=now)


def _check_mail_code(change: ContactChange, code: str, now: datetime) -> None:
    alive = ContactChange.objects.filter(pk=change.pk, state="pending", tries__lt=TRIES)
    if not alive.update(tries=F("tries") + 1):
        raise ContactCodeSpent()
    stored = ContactChange.objects.values_list("code_hash", flat=True).get(pk=change.pk)
    if not stored:
        raise ContactCodeWrong()
    sent = datetime.fromtimestamp(int(stored.partition(":")[0]), UTC)
    if sent + CODE_LIFE <= now:
        raise ContactCodeSpent()
    if not crypto.same(_sealed(change, plain_digits(code), sent), stored):
        raise ContactCodeWrong()


def send_old_code(*, user_id: int, info: RequestInfo, now: datetime) -> None:
    """A code to the old phone. Raises ChangeClosed and LimitReached."""
    change = _open(user_id, "phone", now)
    language = User.objects.values_list("language", flat=True).get(pk=user_id)
    phone.send_code(phone=change.old, purpose="change_old", user_id=user_id, info=info, language=language)


def prove_old_phone(*, user_id: int, code: str, info: RequestInfo, now: datetime) -> bool:
    """The code from the old phone. Says whether the change is finished with it."""
    change = _open(user_id, "phone", now)
    phone.check_code(phone=change.old, purpose="change_old", code=code)
    return _old_proven(change, info=info, now=now)


def prove_old_email(*, token: str, info: RequestInfo, now: datetime) -> bool:
    """The link from the mail to the old address. Says whether the change is finished. Raises ChangeClosed."""
    change = ContactChange.objects.filter(old_token_hash=crypto.digest(token), state="pending").first()
    if change is None or not is_open(change, now):
        raise ChangeClosed()
    return _old_proven(change, info=info, now=now)


def _old_proven(change: ContactChange, *, info: RequestInfo, now: datetime) -> bool:
    with atomic():
        ContactChange.objects.filter(pk=change.pk).update(old_proven_at=now, old_token_hash="")
        if change.kind == "email":
            history.record(user_id=change.user_id, kind="email.old_confirmed", info=info)
        return _finish(change.pk, info=info, now=now)


def old_is_lost(*, user_id: int, kind: str, info: RequestInfo, now: datetime) -> datetime:
    """Go ahead without the old side after 72 hours. The door has just asked for the second step.

    Raises ChangeClosed, and OldSideNeedsFactor for a person whose password alone would decide.
    """
    change = _open(user_id, kind, now)
    if not has_second_factor(user_id):
        raise OldSideNeedsFactor()
    if change.not_before is not None:
        return change.not_before
    with atomic():
        change.not_before = now + OLD_LOST_WAIT
        ContactChange.objects.filter(pk=change.pk).update(not_before=change.not_before)
        detail = {"new": change.new, "old": change.old, "day": change.not_before.date().isoformat()}
        history.record(user_id=user_id, kind=f"{kind}.change_waits", info=info, detail=detail)
        contact_mails.told_old(User.objects.get(pk=user_id), change, f"{kind}.change_waits", detail, info=info, at=now)
    return change.not_before


def cancel(*, user_id: int, kind: str, info: RequestInfo, now: datetime) -> None:
    """The person changed their mind."""
    change = _open(user_id, kind, now)
    with atomic():
        _close(change, "cancelled", now)
        history.record(user_id=user_id, kind=f"{kind}.change_cancelled", info=info)


def _close(change: ContactChange, state: str, now: datetime) -> None:
    ContactChange.objects.filter(pk=change.pk).update(state=state, done_at=now, code_hash="", old_token_hash="")


def _open(user_id: int, kind: str, now: datetime) -> ContactChange:
    change = open_change(user_id, kind, now)
    if change is None:
        raise ChangeClosed()
    return change


def _finish(change_id: int, *, info: RequestInfo, now: datetime) -> bool:
    """Apply the change once both sides stand, inside the caller's transaction."""
    change = ContactChange.objects.select_for_update().get(pk=change_id)
    old_stands = bool(change.old_proven_at or not change.old or (change.not_before and change.not_before <= now))
    if change.state != "pending" or not change.new_proven_at or not old_stands:
        return change.state == "done"
    user = User.objects.select_for_update().get(pk=change.user_id)
    apply(user, change, now)
    change.undo_until = now + UNDO_FOR
    ContactChange.objects.filter(pk=change.pk).update(state="done", done_at=now, undo_until=change.undo_until,
                                                      code_hash="", old_token_hash="")
    kind = "phone.verified" if change.kind == "phone" and not change.old else f"{change.kind}.changed"
    detail: dict[str, Any] = {"old": change.old, "new": change.new, "phone": change.new}
    if change.kind == "email":
        del detail["phone"]
    history.record(user_id=user.pk, kind=kind, info=info, detail=detail)
    contact_mails.done(user, change, kind, detail, info=info, at=now)
    return True


def apply_due(*, now: datetime) -> int:
    """Finish changes whose waiting time is over. Returns how many."""
    due = ContactChange.objects.filter(state="pending", not_before__lte=now, new_proven_at__isnull=False)
    count = 0
    for change_id in list(due.order_by("pk").values_list("pk", flat=True)[:500]):
        try:
            with atomic():
                count += _finish(change_id, info=RequestInfo(), now=now)
        except EmailTaken:
            ContactChange.objects.filter(pk=change_id).update(state="cancelled", done_at=now, code_hash="")
    return count


def stop(*, token: str, info: RequestInfo, now: datetime) -> str:
    """“This was not me”, by the link in the mail, without signing in: stop the change or undo it.

    All sessions end, remembered devices are forgotten, the next sign-in asks for a new password. Later changes of
    the same kind are undone with it. Returns `cancelled` or `undone`. Raises ChangeClosed.
    """
    with atomic():
        change = ContactChange.objects.select_for_update().filter(undo_hash=crypto.digest(token)).first()
        if change is None:
            raise ChangeClosed()
        user = User.objects.select_for_update().get(pk=change.user_id)
        if is_open(change, now):
            _close(change, "cancelled", now)
            outcome, kind = "cancelled", f"{change.kind}.change_cancelled"
        elif change.state == "done" and change.undo_until is not None and change.undo_until > now:
            restore(user, change)
            # Whoever took the account may have changed it on; their own undo links die with this.
            ContactChange.objects.filter(user_id=user.pk, kind=change.kind, pk__gte=change.pk).exclude(
                state="cancelled").update(state="undone", undo_hash="", code_hash="", old_token_hash="")
            outcome, kind = "undone", f"{change.kind}.change_undone"
        else:
            raise ChangeClosed()
        denial.lock_out_others(user_id=user.pk, reason="undone")
        detail = {"old": change.old, "new": change.new}
        history.record(user_id=user.pk, kind=kind, info=info, actor_kind="guest", detail=detail)
        contact_mails.stopped(user, change, kind, detail, info=info, at=now)
    return outcome
