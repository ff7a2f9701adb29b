"""Reading and checking the security history."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sellerdesk.accounts import chain
from sellerdesk.accounts.models import SecurityChain, SecurityEvent
from sellerdesk.accounts.types import Break, ChainReport, HistoryRow
from sellerdesk.core import crypto, scope
from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.types import Page

_COLUMNS = ("number", "at", "kind", "actor_kind", "actor_label", "address", "agent", "device", "session_id",
            "seller_id", "request_id", "detail", "salt")


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """`kinds` narrows to these; `since` and `until` are moments (until excluded); `address` is the start of one."""

    kinds: Collection[str] = ()
    since: datetime | None = None
    until: datetime | None = None
    address: str = ""


def _rows(user_id: int, wanted: HistoryFilter) -> Any:
    rows = SecurityEvent.objects.filter(user_id=user_id)
    if wanted.kinds:
        rows = rows.filter(kind__in=list(wanted.kinds))
    if wanted.since:
        rows = rows.filter(at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(at__lt=wanted.until)
    if wanted.address:
        rows = rows.filter(address__startswith=wanted.address)
    return rows


def _row(values: tuple) -> HistoryRow:
    kept = dict(zip(_COLUMNS, values, strict=True))
    salt = kept.pop("salt")
    return HistoryRow(**{**kept, "detail": kept["detail"] or {}, "erased": not salt})


@scope.across_shops()  # one person in all their shops
def history_page(user_id: int, *, wanted: HistoryFilter, cursor: str | None, limit: int) -> Page[HistoryRow]:
    """Events of one person, newest first, paged by number. Raises Invalid for a cursor that is not ours."""
    rows = _rows(user_id, wanted)
    before = True
    if cursor:
        direction, number = cursor_decode(cursor, 2)
        before = direction != "newer"
        rows = rows.filter(number__lt=number) if before else rows.filter(number__gt=number)
    found = [_row(values) for values in
             rows.order_by("-number" if before else "number").values_list(*_COLUMNS)[:limit + 1]]
    more = len(found) > limit
    found = found[:limit]
    if not before:
        found.reverse()
    older = more if before else True
    newer = bool(cursor) if before else more
    return Page(found, cursor_encode("older", found[-1].number) if found and older else "",
                cursor_encode("newer", found[0].number) if found and newer else "")


def history_all(user_id: int, *, wanted: HistoryFilter, limit: int) -> Iterator[HistoryRow]:
    """The newest for export, without paging."""
    # Read at once: a scope held open between two rows would reach into what the caller does with the first.
    with scope.across_shops():
        found = list(_rows(user_id, wanted).order_by("-number").values_list(*_COLUMNS)[:limit])
    yield from map(_row, found)


@scope.across_shops()  # one person in all their shops
def history_event(user_id: int, number: int) -> HistoryRow | None:
    """One event of this person; None for a number that is not theirs."""
    values = SecurityEvent.objects.filter(user_id=user_id, number=number).values_list(*_COLUMNS).first()
    return _row(values) if values else None


@scope.across_shops()  # one person in all their shops
def verify(user_id: int) -> ChainReport:
    """Check one person's history: finds a changed, missing, inserted or cut-off row and a rewritten chain."""
    head = SecurityChain.objects.filter(pk=user_id).values_list("number", "hash", "seal").first()
    links = [chain.Link(user_id, *values) for values in SecurityEvent.objects.filter(user_id=user_id).order_by(
        "number").values_list("number", "at", "kind", "actor_kind", "session_id", "seller_id", "request_id",
                              "actor_label", "address", "agent", "device", "detail", "salt", "detail_hash",
                              "previous_hash", "hash").iterator(chunk_size=1000)]
    number, hash_, seal = head or (0, "", "")
    found: list[Break] = []
    if head is not None and not crypto.is_sealed(chain.SEAL, chain.seal_text(user_id, number, hash_), seal):
        found.append(Break(number, "the seal does not fit"))
    found += chain.breaks(links, head_number=number, head_hash=hash_)
    return ChainReport(user_id, len(links), tuple(found))


def verify_all() -> Iterator[ChainReport]:
    """Check everybody's history, one person at a time."""
    with scope.across_shops():
        people = set(SecurityChain.objects.values_list("pk", flat=True))
        people |= set(SecurityEvent.objects.order_by().values_list("user_id", flat=True).distinct())
    for user_id in sorted(people):
        yield verify(user_id)


