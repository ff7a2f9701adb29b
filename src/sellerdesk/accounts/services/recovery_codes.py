"""Recovery codes: ten, shown once, kept hashed, each good for one use.

They are made in two moves. `prepare` gives codes that count for nothing yet; `confirm` takes one of them back from the
person's paper and only then puts all ten in force, so that nobody relies on codes they did not write down.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import one_time
from sellerdesk.accounts.models import Factor, RecoveryCode
from sellerdesk.accounts.queries.factors import has_second_factor
from sellerdesk.accounts.services import history
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Conflict, Invalid

COUNT = 10
#: At so many and fewer the person is warned.
LOW = 3


def prepare(*, user_id: int) -> list[str]:
    """Ten new codes, not yet in force. Raises Conflict `no_second_factor`: alone they would be a second password."""
    if not has_second_factor(user_id):
        raise Conflict("no_second_factor", _("Set up an app or a passkey first. Recovery codes stand in for them."))
    return [one_time.new_recovery_code() for _number in range(COUNT)]


def confirm(*, user_id: int, codes: Sequence[str], typed: str, info: RequestInfo, now: datetime) -> None:
    """Put prepared codes in force, the old ones out. Raises Invalid when the code typed back is not one of them."""
    texts = [one_time.recovery_text(code) for code in codes]
    if one_time.recovery_text(typed) not in texts:
        raise Invalid("code_not_of_these", _("This is not one of the codes above. Type any one of them, "
                                             "as you wrote it down."), field="code")
    salt = secrets.token_hex(16)
    rows = [RecoveryCode(user_id=user_id, salt=salt, code_hash=_hash(text, salt), created_at=now) for text in texts]
    with atomic():
        Factor.objects.update_or_create(user_id=user_id, defaults={"recovery_confirmed_at": now})
        # The row is locked by now, so two confirmations at once leave one set, not two.
        RecoveryCode.objects.filter(user_id=user_id).delete()
        RecoveryCode.objects.bulk_create(rows)
        history.record(user_id=user_id, kind="recovery.codes_made", info=info)
        history.record(user_id=user_id, kind="recovery.codes_confirmed", info=info)


def use(*, user_id: int, code: str, info: RequestInfo, now: datetime) -> int | None:
    """Spend a code. How many are left, or None when this is none of the unused codes."""
    text = one_time.recovery_text(code)
    if len(text) != one_time.RECOVERY_LENGTH:
        return None
    with atomic():
        salt = RecoveryCode.objects.filter(user_id=user_id, used_at=None).values_list("salt", flat=True).first()
        if salt is None:
            return None
        spent = RecoveryCode.objects.filter(user_id=user_id, salt=salt, code_hash=_hash(text, salt),
                                            used_at=None).update(used_at=now)
        if not spent:
            return None
        left = RecoveryCode.objects.filter(user_id=user_id, used_at=None).count()
        history.record(user_id=user_id, kind="recovery.used", info=info, detail={"left": left})
        if left <= LOW:
            history.record(user_id=user_id, kind="recovery.low", info=info, detail={"left": left})
    return left


def drop(*, user_id: int) -> None:
    """With the last second step gone, its stand-ins go too."""
    RecoveryCode.objects.filter(user_id=user_id).delete()
    Factor.objects.filter(user_id=user_id).update(recovery_confirmed_at=None)


def _hash(text: str, salt: str) -> str:
    """scrypt of 16 MiB: one computation a try, because all codes of a set share the salt."""
    return hashlib.scrypt(text.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32).hex()
