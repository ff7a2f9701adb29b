"""Writing the security history: one row per event, each sealed to the one before it."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from typing import Any

from sellerdesk.accounts import chain, notices
from sellerdesk.accounts.events_security import KINDS
from sellerdesk.accounts.models import SecurityChain, SecurityEvent, User
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import clock, crypto, scope
from sellerdesk.core.db import atomic, execute

#: Names that never belong into a detail: their values open something.
FORBIDDEN = frozenset({"password", "secret", "token", "api_key", "otp", "seed", "recovery_code", "session_key",
                       "cookie", "link", "url"})


def record(*, user_id: int, kind: str, info: RequestInfo, actor_label: str = "", actor_kind: str = "user",
           detail: dict[str, Any] | None = None, seller_id: int | None = None, at: datetime | None = None,
           notify: bool = True) -> None:
    """Append one event in the caller's transaction, and write to the person if the kind is important.

    `actor_label` is empty where the person acted; `at` is now unless told; `notify` is off where the caller writes a
    fuller letter. Unknown kinds and details that look like secrets are programming errors (KeyError, ValueError).
    """
    spec = KINDS[kind]
    told = dict(detail or {})
    if wrong := FORBIDDEN & {key.lower() for key in told}:
        raise ValueError(f"a security event must not hold {', '.join(sorted(wrong))}")
    now = at or clock.real_now()
    with atomic():
        SecurityChain.objects.get_or_create(user_id=user_id)
        head = SecurityChain.objects.select_for_update().get(user_id=user_id)
        personal: dict[str, Any] = {
            "actor_label": actor_label[:200], "address": info.address[:45], "agent": info.agent[:300],
            "device": info.device[:120], "detail": told, "salt": crypto.token(12)}
        facts: dict[str, Any] = {
            "user_id": user_id, "number": head.number + 1, "at": now, "kind": kind, "actor_kind": actor_kind,
            "session_id": info.session_id[:40], "seller_id": seller_id, "request_id": info.request_id[:40],
            "detail_hash": chain.personal_hash(**personal), "previous_hash": head.hash or chain.START}
        facts["hash"] = chain.row_hash(**facts)
        # The history is the person's own, so the event may be of another shop than the page that caused it.
        with scope.one_shop(seller_id) if seller_id else nullcontext():
            SecurityEvent.objects.create(**personal, **facts)
        _move_head(user_id, facts["number"], facts["hash"])
        if spec.important and notify:
            user = User.objects.only("email", "language", "time_zone", "is_active").get(pk=user_id)
            notices.send(user, kind=kind, detail=told, info=info, at=now)


def _move_head(user_id: int, number: int, hash_: str) -> None:
    SecurityChain.objects.filter(pk=user_id).update(
        number=number, hash=hash_, seal=crypto.seal(chain.SEAL, chain.seal_text(user_id, number, hash_)))


@scope.across_shops()  # one person in all their shops
def erase_personal(*, user_id: int, up_to: int, info: RequestInfo, actor_label: str = "",
                   actor_kind: str = "user") -> int:
    """Drop addresses, devices and details of the events up to a number; the chain stays whole.

    The event that says so is written first: without it a blank row counts as tampering. Returns how many rows.
    """
    with atomic():
        record(user_id=user_id, kind="history.erased", info=info, actor_label=actor_label, actor_kind=actor_kind,
               detail={"up_to": up_to})
        return execute("UPDATE accounts_securityevent SET actor_label = '', address = '', agent = '', device = '',"
                       " detail = NULL, salt = '' WHERE user_id = %s AND number <= %s AND salt <> ''"
                       " AND kind <> 'history.erased'", [user_id, up_to])


def reseal(*, user_id: int) -> None:
    """Seal the end of a whole history under the present key; called after checking it."""
    with atomic():
        head = SecurityChain.objects.select_for_update().get(user_id=user_id)
        _move_head(user_id, head.number, head.hash)
