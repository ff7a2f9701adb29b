"""Codes sent to telephones: for registration, signing in, a second step, and changing the number.

Call these outside a transaction of your own: a wrong try must stay counted although the act is refused.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from sellerdesk.accounts import rules
from sellerdesk.accounts.errors import PhoneCodeSpent, PhoneCodeWrong, PhoneInvalid
from sellerdesk.accounts.models import PhoneCode
from sellerdesk.accounts.services import history
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import clock, crypto, limits, mail
from sellerdesk.core.db import atomic

LIFE = timedelta(minutes=10)
TRIES = 5
RESEND_SECONDS = 60
PER_HOUR = 5
#: Over everybody: somebody who makes us send messages to expensive numbers runs into it.
ALL_PER_HOUR = 2000


def normal(text: str) -> str:
    """A number as +79161234567. Raises PhoneInvalid."""
    number = rules.e164(text)
    if not number:
        raise PhoneInvalid(text)
    return number


def send_code(*, phone: str, purpose: str, user_id: int | None, info: RequestInfo, language: str) -> None:
    """Send six digits that live 10 minutes; an older code for the same purpose dies.

    `purpose` is a word of at most 12 letters; a code for one purpose opens no other. Raises PhoneInvalid, and
    LimitReached with the time to wait: a minute between codes, five an hour for a number, a person and an address.
    """
    number = normal(phone)
    limits.require("phone_code.gap", f"{number}:{purpose}", limit=1, seconds=RESEND_SECONDS)
    limits.require("phone_code.number", number, limit=PER_HOUR, seconds=3600)
    if user_id is not None:
        limits.require("phone_code.user", str(user_id), limit=2 * PER_HOUR, seconds=3600)
    if info.address:
        limits.require("phone_code.address", info.address, limit=4 * PER_HOUR, seconds=3600)
    limits.require("phone_code.all", "", limit=ALL_PER_HOUR, seconds=3600)
    code = crypto.code()
    with atomic():
        PhoneCode.objects.create(phone=number, purpose=purpose, user_id=user_id, created_at=clock.real_now(),
                                 code_hash=_sealed(number, purpose, code))
        with translation.override(language):
            text = _("%(code)s is your Sellerdesk code. Never tell it to anybody: we do not ask for it.") % {
                "code": code}
        mail.send_sms(number, text, language)
        if user_id is not None:
            history.record(user_id=user_id, kind="phone.code_sent", info=info,
                           detail={"phone": rules.masked_phone(number)})


def check_code(*, phone: str, purpose: str, code: str) -> None:
    """Accept the newest code once. Raises PhoneCodeWrong, PhoneCodeSpent (expired, used, or tried too often)."""
    number = normal(phone)
    newest = PhoneCode.objects.filter(phone=number, purpose=purpose).order_by("-id").first()
    if newest is None or newest.used_at or newest.created_at + LIFE <= clock.real_now():
        raise PhoneCodeSpent()
    # One guarded step per try, so that parallel guesses cannot slip past the count.
    alive = PhoneCode.objects.filter(pk=newest.pk, used_at=None)
    if not alive.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        raise PhoneCodeSpent()
    if not crypto.same(_sealed(number, purpose, rules.plain_digits(code)), newest.code_hash):
        raise PhoneCodeWrong()
    if not alive.update(used_at=clock.real_now()):
        raise PhoneCodeSpent()


def _sealed(number: str, purpose: str, code: str) -> str:
    # Six digits are guessed from a plain digest at once; under our key they are not.
    return crypto.seal("phone code", f"{number}:{purpose}:{code}")
