"""How often signing in may be tried, and what an unknown device has to show first.

Every try is counted before the password is looked at, in one atomic step, so that parallel tries cannot slip through.
A right password gives back its own try and nothing else.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django_tasks import task

from sellerdesk.accounts.errors import DeviceCodeSpent, DeviceCodeWrong, SignInLocked
from sellerdesk.accounts.letters import LETTERS
from sellerdesk.accounts.models import User
from sellerdesk.accounts.services import devices, history
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import crypto, jobs, limits, mail

#: Tries in a window of seconds; the figures of reliability row A05.
PER_ACCOUNT = PER_ADDRESS = PER_DEVICE = PER_PERSON = (10, 300)
OVER_ALL = (1000, 300)
CODE_SECONDS = 900
CODE_TRIES = 5
RESEND_SECONDS = 60
CODES_PER_HOUR = 10


@dataclass(frozen=True, slots=True)
class Try:
    """Budgets that one try has been counted in."""

    counted: tuple[tuple[str, str], ...]

    def give_back(self) -> None:
        """The password was right. Other failures stay counted, everybody's."""
        for name, key in self.counted:
            limits.give_back(name, key)


def count_try(*, name: str, cookie: str, info: RequestInfo, now: datetime) -> Try:
    """Count one try to sign in as `name`, an address or a telephone number. Raises SignInLocked.

    A device that this person has signed in on before has a budget of its own, so that nobody who guesses their
    password from elsewhere can lock them out.
    """
    name = name.strip().lower()
    own = devices.known(cookie=cookie, email=name)
    if own is not None:
        return _count([("sign_in.device", str(own.pk), PER_DEVICE)])
    budgets = [("sign_in.account", name, PER_ACCOUNT), ("sign_in.all", "", OVER_ALL)]
    if info.address:
        budgets.insert(0, ("sign_in.address", info.address, PER_ADDRESS))
    try:
        return _count(budgets)
    except SignInLocked as locked:
        if locked.budget == "sign_in.account" and locked.first:
            user_id = User.objects.filter(email=name).values_list("pk", flat=True).first()
            jobs.enqueue(tell_throttled, user_id or 0, list(dataclasses.astuple(info)))
        raise


def count_proof(*, user_id: int) -> Try:
    """Count one try of a signed-in person to confirm with the password. Raises SignInLocked."""
    return _count([("proof.password", str(user_id), PER_PERSON)])


def _count(budgets: list[tuple[str, str, tuple[int, int]]]) -> Try:
    counted: list[tuple[str, str]] = []
    for name, key, (limit, seconds) in budgets:
        verdict = limits.hit(name, key, limit=limit, seconds=seconds)
        if not verdict.allowed:
            # Nothing was tried, so nothing is counted where there was room.
            Try(tuple(counted)).give_back()
            raise SignInLocked(retry_after_seconds=verdict.retry_after_seconds, budget=name,
                               first=verdict.count == limit + 1)
        counted.append((name, key))
    return Try(tuple(counted))


@task(queue_name="fast")
def tell_throttled(user_id: int, info: list[str]) -> None:
    """Once per window; an unknown address has nobody to tell."""
    if user_id:
        history.record(user_id=user_id, kind="sign_in.throttled", info=RequestInfo(*info), actor_kind="guest")


# -- new devices -------------------------------------------------------------------------------------------------------


def send_device_code(*, user: User, link: str, info: RequestInfo) -> str:
    """Mail six digits, and a link that types them in the same browser. Returns what to keep for checking them.

    `link` holds a place `{code}`. Raises LimitReached after ten an hour.
    """
    limits.require("device_code.hour", str(user.pk), limit=CODES_PER_HOUR, seconds=3600)
    code, salt = crypto.code(), crypto.token(12)
    letter = LETTERS["new_device_code"]
    with translation.override(user.language):
        texts = {"subject": str(letter.subject) % {"code": code}, "text": str(letter.text)}
    mail.send(user.email, "accounts/mail/letter", {
        **letter.context({"code": code, "url": link.format(code=code), "ip": info.address,
                          "user_agent": info.device}), **texts, "user": user}, user.language)
    history.record(user_id=user.pk, kind="sign_in.device_asked", info=info, actor_kind="guest")
    return f"{salt}:{_sealed(user.pk, salt, code)}"


def wait_before_resending(*, user_id: int) -> None:
    """A first code comes at once, another one after a minute. Raises LimitReached."""
    limits.require("device_code.gap", str(user_id), limit=1, seconds=RESEND_SECONDS)


def check_device_code(*, user_id: int, code: str, kept: str, sent_at: float, info: RequestInfo, now: datetime) -> None:
    """Accept the code once. Raises DeviceCodeWrong, and DeviceCodeSpent after 15 minutes or five wrong tries."""
    salt, _colon, seal = kept.partition(":")
    if not 0 <= now.timestamp() - sent_at <= CODE_SECONDS:
        raise DeviceCodeSpent()
    if not limits.hit("device_code.tries", salt, limit=CODE_TRIES, seconds=CODE_SECONDS).allowed:
        raise DeviceCodeSpent()
    typed = "".join(sign for sign in code if sign.isdigit())
    if not crypto.same(_sealed(user_id, salt, typed), seal):
        raise DeviceCodeWrong()
    if not limits.hit("device_code.used", salt, limit=1, seconds=CODE_SECONDS).allowed:
        raise DeviceCodeSpent()
    history.record(user_id=user_id, kind="sign_in.device_confirmed", info=info)


def _sealed(user_id: int, salt: str, code: str) -> str:
    return crypto.seal("new device", f"{user_id}:{salt}:{code}")
