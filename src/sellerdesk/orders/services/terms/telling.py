"""Telling shops of a step before it comes, while there is still time to act."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from sellerdesk.accounts import queries as accounts
from sellerdesk.core import mail
from sellerdesk.core.db import atomic, fetch_all, json_param, json_rows
from sellerdesk.core.money import Money
from sellerdesk.orders import permissions
from sellerdesk.orders.queries import terms as reading
from sellerdesk.orders.terms.types import Step
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

# So many postings are named in one letter; the others are counted.
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Near:
    """A step that comes soon."""

    number: str
    kind: str
    starts_at: datetime
    amount: Money


def tell_of_steps(*, now: datetime) -> int:
    """Tell of every step that begins within the notice of `orders.late_policy`, once; returns of how many postings.

    One letter a shop, to its owners and to whoever packs. A step that has begun already is told by the screens.
    """
    told = 0
    for seller_id in reading.shops_waiting(now + _notice(now)):
        seller = sellers.seller_ref(seller_id)
        near = [(row.id, Near(row.number, step.kind, step.starts_at, Money(step.amount_minor, seller.currency)))
                for row in reading.waiting(seller, now) if (step := _coming(row, now)) and step.starts_at]
        if near:
            with atomic():
                fresh = _mark(seller, near, now)
                if fresh:
                    _write(seller, fresh)
                    told += len(fresh)
    return told


def _notice(now: datetime) -> timedelta:
    return timedelta(minutes=reading.late_policy(now).notice_minutes)


def _coming(row: reading.Waiting, now: datetime) -> Step | None:
    step = row.following
    if step is None or step.starts_at is None or step.starts_at - now > _notice(row.ship_by):
        return None
    return step


def _mark(seller: SellerRef, near: list[tuple[int, Near]], now: datetime) -> list[Near]:
    """Those of which nobody has been told; from now on they have."""
    fresh = {row[0] for row in fetch_all(
        f"""INSERT INTO orders_termnotice (seller_id, posting_id, starts_at, told_at)
            SELECT %s, v.posting, v.starts, v.told FROM {json_rows("v", posting="int", starts="time", told="time")}
            WHERE TRUE ON CONFLICT (posting_id, starts_at) DO NOTHING RETURNING posting_id""",
        [seller.id, json_param([[id_, one.starts_at, now] for id_, one in near])])}
    return [one for id_, one in near if id_ in fresh]


def _write(seller: SellerRef, near: list[Near]) -> None:
    """The dearest first. Times as the shop's own clock shows them."""
    by_amount = sorted(near, key=lambda one: (-one.amount.amount_minor, one.starts_at, one.number))
    ends: dict[str, int] = defaultdict(int)
    for one in near:
        ends[one.kind] += 1
    people = sellers.holders(seller, permissions.SHIP)
    with timezone.override(ZoneInfo(seller.time_zone)):
        for email, language in accounts.contacts(people):
            mail.send(email, "orders/mail/steps_near", {
                "shop": seller.name, "count": len(near), "near": by_amount[:_NAMED],
                "more": max(len(near) - _NAMED, 0), "ending": ends["cancel"]}, language or "en")
