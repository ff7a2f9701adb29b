"""Second steps: putting them up, passing them, taking them down.

Every typed code goes through `check_code`, whichever page asks for it. It counts the try before it looks at the code,
and an app's code is spent by a guarded update of the person's row, so that no flushed cache and no second request at
the same instant makes it good again.
"""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sellerdesk.accounts import one_time, standing
from sellerdesk.accounts.errors import ClockBehind, WrongCode
from sellerdesk.accounts.models import Factor
from sellerdesk.accounts.queries.factors import factors, has_phone_factor, phone_of
from sellerdesk.accounts.seeds import open_seed, sealed
from sellerdesk.accounts.services import history, phone, recovery_codes
from sellerdesk.accounts.types import Proof, RequestInfo
from sellerdesk.core import limits, rules
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Conflict, Invalid

#: (tries, seconds) per person and per network address; the figures of reliability row A05.
USER_LIMITS = ((5, 300), (20, 3600), (50, 86400))
ADDRESS_LIMITS = ((10, 300), (50, 3600))
PHONE_RULE = "accounts.phone_factor"


# -- passing -----------------------------------------------------------------------------------------------------------


def check_code(*, user_id: int, code: str, info: RequestInfo, now: datetime) -> Proof:
    """Accept a code from an app, a recovery code or a code sent to the phone, once.

    Raises LimitReached before looking at the code, WrongCode, and ClockBehind for a code of the app that has expired.
    """
    count_try(user_id=user_id, info=info)
    text = one_time.typed(code)
    proof = _as_app_code(user_id, text, now) or _as_phone_code(user_id, text, now) or _as_recovery_code(
        user_id, text, info, now)
    if proof is None:
        behind = _behind(user_id, text, now)
        history.record(user_id=user_id, kind="factor.failed", info=info, detail={
            "method": "recovery_codes" if len(text) == one_time.RECOVERY_LENGTH else "totp"})
        raise ClockBehind(behind) if behind else WrongCode()
    forgive_try(user_id=user_id, info=info)
    history.record(user_id=user_id, kind="factor.used", info=info, detail={"method": proof.method})
    return proof


def count_try(*, user_id: int, info: RequestInfo) -> None:
    """One try at somebody's second step. Raises LimitReached with the time to wait."""
    for limit, seconds in USER_LIMITS:
        limits.require(f"second_step.user.{seconds}", str(user_id), limit=limit, seconds=seconds)
    for limit, seconds in ADDRESS_LIMITS:
        if info.address:
            limits.require(f"second_step.address.{seconds}", info.address, limit=limit, seconds=seconds)


def forgive_try(*, user_id: int, info: RequestInfo) -> None:
    """Who has just proved themself is not counted; failed tries before stay counted."""
    for _limit, seconds in USER_LIMITS:
        limits.give_back(f"second_step.user.{seconds}", str(user_id))
    for _limit, seconds in ADDRESS_LIMITS:
        if info.address:
            limits.give_back(f"second_step.address.{seconds}", info.address)


def _app(user_id: int) -> Authenticator | None:
    return Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.TOTP).first()


def _as_app_code(user_id: int, text: str, now: datetime) -> Proof | None:
    if not one_time.is_app_code(text):
        return None
    app = _app(user_id)
    if app is None:
        return None
    seed = open_seed(app.data["secret"])
    for step in one_time.accepted_steps(seed, text, one_time.step_at(now.timestamp())):
        if _spend(user_id, step):
            return Proof("totp", app.pk)
    return None


def _spend(user_id: int, step: int) -> bool:
    """True for exactly one caller per step, and never for a step before one that was used."""
    Factor.objects.get_or_create(user_id=user_id)
    return Factor.objects.filter(user_id=user_id, last_totp_step__lt=step).update(last_totp_step=step) == 1


def _behind(user_id: int, text: str, now: datetime) -> int:
    app = _app(user_id) if one_time.is_app_code(text) else None
    return one_time.seconds_behind(open_seed(app.data["secret"]), text,
                                   one_time.step_at(now.timestamp())) if app else 0


def _as_recovery_code(user_id: int, text: str, info: RequestInfo, now: datetime) -> Proof | None:
    left = recovery_codes.use(user_id=user_id, code=text, info=info, now=now)
    return None if left is None else Proof("recovery_codes", left=left)
