"""How the rows of a security history hang together. Pure: facts in, hashes and breaks out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sellerdesk.accounts.types import Break

START = "0" * 64
#: Purpose of the seal on the end of each chain.
SEAL = "security history"


@dataclass(frozen=True, slots=True)
class Link:
    """One row as it lies in the table."""

    user_id: int
    number: int
    at: datetime
    kind: str
    actor_kind: str
    session_id: str
    seller_id: int | None
    request_id: str
    actor_label: str
    address: str
    agent: str
    device: str
    detail: dict[str, Any] | None
    salt: str
    detail_hash: str
    previous_hash: str
    hash: str

    @property
    def is_blank(self) -> bool:
        return not (self.actor_label or self.address or self.agent or self.device or self.detail or self.salt)


def _digest(values: list[Any]) -> str:
    return hashlib.sha256(json.dumps(values, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
                          ).hexdigest()


def personal_hash(*, actor_label: str, address: str, agent: str, device: str, detail: dict[str, Any] | None,
                  salt: str) -> str:
    return _digest([salt, actor_label, address, agent, device, detail or {}])


def row_hash(*, user_id: int, number: int, at: datetime, kind: str, actor_kind: str, session_id: str,
             seller_id: int | None, request_id: str, detail_hash: str, previous_hash: str) -> str:
    return _digest([user_id, number, at.astimezone(UTC).isoformat(timespec="microseconds"), kind, actor_kind,
                    session_id, seller_id, request_id, detail_hash, previous_hash])


def seal_text(user_id: int, number: int, hash_: str) -> str:
    return f"{user_id}:{number}:{hash_}"


def breaks(links: Iterable[Link], *, head_number: int, head_hash: str) -> list[Break]:
    """Everything wrong with a history, rows given in order of their numbers. The head is trusted: it is sealed."""
    found: list[Break] = []
    expected, previous = 1, START
    blank: list[int] = []
    erased_to = 0
    for link in links:
        if link.number != expected:
            found.append(Break(expected, "missing"))
        elif link.previous_hash != previous:
            found.append(Break(link.number, "does not follow the row before it"))
        if row_hash(user_id=link.user_id, number=link.number, at=link.at, kind=link.kind, actor_kind=link.actor_kind,
                    session_id=link.session_id, seller_id=link.seller_id, request_id=link.request_id,
                    detail_hash=link.detail_hash, previous_hash=link.previous_hash) != link.hash:
            found.append(Break(link.number, "changed"))
        if link.is_blank:
            blank.append(link.number)
        elif personal_hash(actor_label=link.actor_label, address=link.address, agent=link.agent, device=link.device,
                           detail=link.detail, salt=link.salt) != link.detail_hash:
            found.append(Break(link.number, "changed"))
        elif link.kind == "history.erased":
            # Only an event of the chain itself says which rows may be blank.
            erased_to = max(erased_to, int((link.detail or {}).get("up_to", 0)))
        expected, previous = link.number + 1, link.hash
    found += [Break(number, "blanked without an event that says so") for number in blank if number > erased_to]
    if (expected - 1, previous) != (head_number, head_hash if head_number else START):
        found.append(Break(max(expected - 1, head_number), "the end is missing, added or rewritten"))
    return sorted(found, key=lambda one: one.number)
