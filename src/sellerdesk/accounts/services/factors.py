"""Second steps: putting them up, passing them, taking them down.

Every typed code goes through `check_code`, whichever page asks for it. It counts the try before it looks at the code,
and an app's code is spent by a guarded update of the person's row, so that no flushed cache and no second request at
the same instant makes it good again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import one_time, standing
from sellerdesk.accounts.errors import ClockBehind, ClockOff, NotAlonePhone, PolicyDemandsFactor, WrongCode
from sellerdesk.accounts.models import Factor
from sellerdesk.accounts.queries.factors import factors, has_phone_factor, phone_of
from sellerdesk.accounts.seeds import open_seed, sealed
from sellerdesk.accounts.services import history, phone, recovery_codes, sessions
from sellerdesk.accounts.standing import connect as connect_shops
from sellerdesk.accounts.types import Proof, RequestInfo
from sellerdesk.core import limits
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Conflict, Invalid

__all__ = ["ADDRESS_LIMITS", "USER_LIMITS", "add_app", "check_code", "connect_shops", "count_try", "forgive_try",
           "remove_app", "removing"]

#: (tries, seconds) per person and per network address; the figures of reliability row A05.
USER_LIMITS = ((5, 300), (20, 3600), (50, 86400))
ADDRESS_LIMITS = ((10, 300), (50, 3600))


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


def count_try(*, user_id: int | None, info: RequestInfo) -> None:
    """One try at a second step; without a person the address alone is counted. Raises LimitReached with the wait."""
    for limit, seconds in USER_LIMITS:
        if user_id is not None:
            limits.require(f"second_step.user.{seconds}", str(user_id), limit=limit, seconds=seconds)
    for limit, seconds in ADDRESS_LIMITS:
        if info.address:
            limits.require(f"second_step.address.{seconds}", info.address, limit=limit, seconds=seconds)


def forgive_try(*, user_id: int | None, info: RequestInfo) -> None:
    """Who has just proved themself is not counted; failed tries before stay counted."""
    for _limit, seconds in USER_LIMITS:
        if user_id is not None:
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


def _as_phone_code(user_id: int, text: str, now: datetime) -> Proof | None:
    if not one_time.is_app_code(text) or not has_phone_factor(user_id):
        return None
    try:
        phone.check_code(phone=phone_of(user_id), purpose="second", code=text)
    except Invalid:
        return None
    Factor.objects.filter(pk=user_id).update(phone_used_at=now)
    return Proof("phone")


def _behind(user_id: int, text: str, now: datetime) -> int:
    app = _app(user_id) if one_time.is_app_code(text) else None
    return one_time.seconds_behind(open_seed(app.data["secret"]), text,
                                   one_time.step_at(now.timestamp())) if app else 0


def _as_recovery_code(user_id: int, text: str, info: RequestInfo, now: datetime) -> Proof | None:
    left = recovery_codes.use(user_id=user_id, code=text, info=info, now=now)
    return None if left is None else Proof("recovery_codes", left=left)


# -- putting up --------------------------------------------------------------------------------------------------------


def add_app(*, user_id: int, seed: str, first: str, second: str, info: RequestInfo, now: datetime) -> None:
    """Switch an authenticator app on, proven by two codes it showed one after the other.

    Two codes make it certain that seed and clock are right. Raises LimitReached, Invalid for codes that do not fit,
    ClockOff with the distance when both are right for another time, and Conflict when there is an app already.
    """
    count_try(user_id=user_id, info=info)
    one, two = one_time.typed(first), one_time.typed(second)
    now_step = one_time.step_at(now.timestamp())
    if one == two:
        raise Invalid("codes_same", _("These are the same code twice. Wait until your app shows another one, and type "
                                      "that here."), field="second")
    step = one_time.find_pair(seed, one, two, now_step) if one_time.is_app_code(one) and one_time.is_app_code(
        two) else None
    if step is None:
        if one_time.is_app_code(one) and one_time.find_step(seed, one, now_step, back=20, ahead=20) is not None:
            raise Invalid("second_wrong", _("The first code is right, the second is not the one that came next. Type "
                                            "two codes that your app shows one after the other."), field="second")
        raise Invalid("code_wrong", _("This code is wrong. Check that your app shows the entry made just now, and type "
                                      "two codes that follow each other."), field="first")
    # The second code may be up to one step old by the time it is sent off.
    if abs(step - now_step) > one_time.TOLERANCE:
        raise ClockOff((now_step - step) * one_time.STEP_SECONDS)
    with atomic():
        Factor.objects.get_or_create(user_id=user_id)
        Factor.objects.select_for_update().get(pk=user_id)
        if _app(user_id) is not None:
            raise Conflict("app_exists", _("An authenticator app is set up already. Remove it first."))
        Authenticator.objects.create(user_id=user_id, type=Authenticator.Type.TOTP, data={"secret": sealed(seed)},
                                     created_at=now)
        # The code that proved the app is spent.
        Factor.objects.filter(pk=user_id).update(last_totp_step=step)
        history.record(user_id=user_id, kind="factor.totp_added", info=info)
        sessions.end_others(user_id=user_id, info=info, silent=True)
    forgive_try(user_id=user_id, info=info)


# -- taking down -------------------------------------------------------------------------------------------------------


def remove_app(*, user_id: int, label: str, info: RequestInfo, now: datetime) -> None:
    """Raises PolicyDemandsFactor, NotAlonePhone, Invalid `app_missing`."""
    with atomic():
        app = _app(user_id)
        if app is None:
            raise Invalid("app_missing", _("There is no authenticator app to remove."))
        with removing(user_id=user_id, label=label, strong=True, info=info, now=now):
            app.delete()
            history.record(user_id=user_id, kind="factor.totp_removed", info=info)
            sessions.end_others(user_id=user_id, info=info, silent=True)


@contextmanager
def removing(*, user_id: int, label: str, strong: bool, info: RequestInfo, now: datetime) -> Iterator[None]:
    """Around the removal of one second step, in its transaction: what the shops demand, and what the last one means.

    `strong` says that the one removed does not hang on a telephone number. Raises PolicyDemandsFactor, NotAlonePhone.
    """
    # Two removals at once must not each take the other for the one that stays.
    Factor.objects.get_or_create(user_id=user_id)
    Factor.objects.select_for_update().get(pk=user_id)
    have, place = factors(user_id), standing.of(user_id)
    total = have.strong + (have.phone is not None)
    if total == 1 and (shops := place.demanded_by(now)):
        raise PolicyDemandsFactor(shops[0])
    if strong and have.strong == 1 and have.phone is not None and place.owner:
        raise NotAlonePhone()
    yield
    if total == 1:
        recovery_codes.drop(user_id=user_id)
        history.record(user_id=user_id, kind="factor.last_removed", info=info)
        standing.tell_last_removed(user_id, label, now)
