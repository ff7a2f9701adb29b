"""Signing in with a code sent to a confirmed telephone, in place of the password. The second step is asked all the
same. It is there where the marketplace allows codes by phone."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from django_tasks import task

from sellerdesk.accounts import rules
from sellerdesk.accounts.errors import PhoneCodeWrong
from sellerdesk.accounts.models import User
from sellerdesk.accounts.queries.factors import has_phone_factor
from sellerdesk.accounts.services import failures, phone, phone_factor, signing
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import jobs, limits
from sellerdesk.core.errors import DomainError, Invalid, NotFound, Unavailable

PURPOSE = "sign_in"


def offered(now: datetime) -> bool:
    try:
        return phone_factor.offered(now)
    except Unavailable:
        # Signing in must go on where somebody took the rule out of the table.
        return False


def ask(*, number: str, language: str, info: RequestInfo, now: datetime) -> str:
    """Send a code if the number is somebody's. Does the same work and gives the same answer for every number.

    Returns the number as it is kept. Raises NotFound where this is not offered, PhoneInvalid, LimitReached.
    """
    if not offered(now):
        raise NotFound()
    number = phone.normal(number)
    limits.require("phone_sign_in.gap", number, limit=1, seconds=phone.RESEND_SECONDS)
    limits.require("phone_sign_in.number", number, limit=phone.PER_HOUR, seconds=3600)
    if info.address:
        limits.require("phone_sign_in.address", info.address, limit=4 * phone.PER_HOUR, seconds=3600)
    jobs.enqueue(send, number, language, list(dataclasses.astuple(info)))
    return number


@task(queue_name="fast")
def send(number: str, language: str, info: list[str]) -> None:
    owner = _owner(number)
    if owner is None:
        return
    try:
        phone.send_code(phone=number, purpose=PURPOSE, user_id=owner.pk, info=RequestInfo(*info),
                        language=owner.language or language)
    except DomainError:
        # The number's own budget for codes of all kinds is empty; the page told to wait already or will soon.
        return


def finish(*, number: str, code: str, cookie: str, info: RequestInfo, now: datetime) -> User:
    """Whose telephone it is. Raises SignInLocked, and PhoneCodeWrong for everything else that is wrong."""
    one = signing.count_try(name=number, cookie=cookie, info=info, now=now)
    try:
        phone.check_code(phone=number, purpose=PURPOSE, code=code)
    except Invalid:
        owner = _owner(number)
        failures.sign_in_failed(email=owner.email if owner else "", method="phone", info=info, now=now)
        raise PhoneCodeWrong() from None
    owner = _owner(number)
    if owner is None:
        raise PhoneCodeWrong()
    one.give_back()
    return owner


def _owner(number: str) -> User | None:
    """The one person with this confirmed number. Who has codes by phone as their second step types the password first:
    otherwise one telephone would be both steps."""
    found = User.objects.filter(phone=number, phone_verified_at__isnull=False, is_active=True)[:2]
    return found[0] if len(found) == 1 and not has_phone_factor(found[0].pk) else None


def masked(number: str) -> str:
    return rules.masked_phone(number)
