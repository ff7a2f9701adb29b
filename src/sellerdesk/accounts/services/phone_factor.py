"""Codes by phone as a second step: weaker than an app or a key, so only where the marketplace allows it, and never
the only one of somebody who owns a shop."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import standing
from sellerdesk.accounts.errors import NotAlonePhone
from sellerdesk.accounts.models import Factor
from sellerdesk.accounts.queries.factors import factors, has_phone_factor, phone_of
from sellerdesk.accounts.services import history, phone, sessions
from sellerdesk.accounts.services.factors import removing
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import rules, sms
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Conflict, Forbidden

RULE = "accounts.phone_factor"
PURPOSE = "second"


def offered(now: datetime) -> bool:
    """Whether the marketplace lets people set it up, and messages can leave. Who has it already keeps it."""
    return sms.available() and bool(rules.get(RULE, "", now).value["enabled"])


def send_set_up(*, user_id: int, info: RequestInfo, language: str, now: datetime) -> None:
    """Send the code that switches it on. Raises Forbidden, Conflict `no_phone`, NotAlonePhone, LimitReached."""
    _check_may_add(user_id, now)
    phone.send_code(phone=phone_of(user_id), purpose=PURPOSE, user_id=user_id, info=info, language=language)


def add(*, user_id: int, code: str, info: RequestInfo, now: datetime) -> None:
    """Switch it on with the code sent. Raises what `send_set_up` does, and Invalid for a wrong code."""
    _check_may_add(user_id, now)
    phone.check_code(phone=phone_of(user_id), purpose=PURPOSE, code=code)
    with atomic():
        Factor.objects.update_or_create(user_id=user_id, defaults={"phone_since": now, "phone_used_at": None})
        history.record(user_id=user_id, kind="factor.phone_added", info=info)
        sessions.end_others(user_id=user_id, info=info, silent=True)


def remove(*, user_id: int, label: str, info: RequestInfo, now: datetime) -> None:
    """Raises Conflict `no_phone`, PolicyDemandsFactor."""
    with atomic():
        if not has_phone_factor(user_id):
            raise Conflict("no_phone", _("Codes by phone are not switched on."))
        with removing(user_id=user_id, label=label, strong=False, info=info, now=now):
            Factor.objects.filter(pk=user_id).update(phone_since=None, phone_used_at=None)
            history.record(user_id=user_id, kind="factor.phone_removed", info=info)
            sessions.end_others(user_id=user_id, info=info, silent=True)


def send(*, user_id: int, info: RequestInfo, language: str) -> None:
    """Send a code to somebody who is at the second step. Raises Conflict `no_phone`, LimitReached."""
    if not has_phone_factor(user_id):
        raise Conflict("no_phone", _("Codes by phone are not switched on."))
    phone.send_code(phone=phone_of(user_id), purpose=PURPOSE, user_id=user_id, info=info, language=language)


def _check_may_add(user_id: int, now: datetime) -> None:
    if not offered(now):
        raise Forbidden("phone_factor_off", _("This marketplace does not offer codes by phone as a second step."))
    if not phone_of(user_id):
        raise Conflict("no_phone", _("Confirm a telephone number first."))
    if standing.of(user_id).owner and not factors(user_id).strong:
        raise NotAlonePhone()
