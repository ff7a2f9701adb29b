"""A shop's own actions."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid
from sellerdesk.promotions import queries, rules, states
from sellerdesk.promotions.errors import ActionMoved, ActionUnknown
from sellerdesk.promotions.events import OWN_CHANGED, OWN_CREATED, OWN_MOVED
from sellerdesk.promotions.models import Action, VoucherCode
from sellerdesk.promotions.types import OWN_KINDS, VOUCHER_TYPES, ActionRow, Terms
from sellerdesk.sellers.types import SellerRef

MOST_CODES, MOST_LEVELS = 10_000, 10
# Letters and figures that are not mistaken for one another.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 10


def create_own(*, seller: SellerRef, terms: Terms, actor: Actor, now: datetime) -> int:
    """A draft that buyers do not see; products are added next. A voucher gets its codes at once. Raises Invalid."""
    _check(terms)
    with atomic():
        made = Action.objects.create(seller_id=seller.id, kind=terms.kind, state=states.DRAFT, created_at=now,
                                     codes=_codes(terms), voucher_type=terms.voucher_type, **_columns(terms, now))
        if terms.kind == "voucher":
            VoucherCode.objects.bulk_create([
                VoucherCode(action_id=made.pk, seller_id=seller.id, code=code) for code in _fresh_codes(_codes(terms))])
        activity.record(OWN_CREATED, now=now, actor=actor, seller_id=seller.id, target_type="promotion",
                        target_id=made.pk, target_label=terms.title)
    return made.pk


def change_own(*, seller: SellerRef, action_id: int, terms: Terms, actor: Actor, now: datetime) -> None:
    """Other terms for an action that is not archived; its kind, its type of discount and its codes stay.

    Raises ActionUnknown, ActionMoved, Invalid.
    """
    row = _own(seller, action_id)
    kept = replace(terms, kind=row.terms.kind, discount_type=row.terms.discount_type, codes=row.terms.codes,
                   voucher_type=row.terms.voucher_type, private=row.terms.private)
    _check(kept)
    with atomic():
        if not Action.objects.filter(pk=action_id, seller_id=seller.id, state__in=[
                states.DRAFT, states.ACTIVE, states.PAUSED]).update(**_columns(kept, now)):
            raise ActionMoved()
        activity.record(OWN_CHANGED, now=now, actor=actor, seller_id=seller.id, target_type="promotion",
                        target_id=action_id, target_label=kept.title)


def move_own(*, seller: SellerRef, action_id: int, state: str, actor: Actor, now: datetime) -> None:
    """Start, pause or archive an own action. Raises ActionUnknown, ActionMoved."""
    row = _own(seller, action_id)
    froms = [one for one, moves in states.OWN_MOVES.items() if state in moves]
    if state == states.ACTIVE and row.terms.ends_at <= now:
        raise ActionMoved()
    with atomic():
        if not Action.objects.filter(pk=action_id, seller_id=seller.id, state__in=froms).update(
                state=state, updated_at=now):
            raise ActionMoved()
        activity.record(OWN_MOVED, now=now, actor=actor, seller_id=seller.id, target_type="promotion",
                        target_id=action_id, target_label=row.terms.title, data={"state": state})


def _own(seller: SellerRef, action_id: int) -> ActionRow:
    row = queries.action(seller, action_id)
    if not row.own:
        raise ActionUnknown()
    return row


def _codes(terms: Terms) -> int:
    return 0 if terms.kind != "voucher" else terms.codes if terms.voucher_type == "UNIQUE" else 1


def _fresh_codes(count: int) -> set[str]:
    made: set[str] = set()
    while len(made) < count:
        made.add("".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH)))
    return made


def _columns(terms: Terms, now: datetime) -> dict[str, Any]:
    return {"title": terms.title.strip(), "description": terms.description, "starts_at": terms.starts_at,
            "ends_at": terms.ends_at, "discount_bp": terms.discount_bp, "discount_type": terms.discount_type,
            "levels": [[level.from_minor, level.value] for level in terms.levels], "budget_minor": terms.budget_minor,
            "private": terms.private, "updated_at": now}


def _check(terms: Terms) -> None:
    """Raises Invalid with the first field that is wrong."""
    most = rules.MOST_DISCOUNT_BP
    values = [level.value for level in terms.levels]
    sums = [level.from_minor for level in terms.levels]
    problems = {
        "kind": terms.kind not in OWN_KINDS, "title": not terms.title.strip() or len(terms.title) > 256,
        "date_end": terms.ends_at <= terms.starts_at,
        "min_action_percent": terms.kind == "discount" and not 100 <= terms.discount_bp <= most,
        "discount_levels": terms.kind not in ("discount", "instalment") and not 1 <= len(terms.levels) <= (
            MOST_LEVELS if terms.kind == "multi_level" else 1),
        "discount_value": any(value <= 0 or (terms.discount_type == "PERCENT" and value > most) for value in values),
        "min_order_amount": any(one < 0 for one in sums) or sums != sorted(set(sums)) or (
            terms.kind in ("order_sum", "multi_level") and 0 in sums),
        "budget": terms.budget_minor < 0, "voucher_type": terms.voucher_type not in VOUCHER_TYPES,
        "count_codes": terms.kind == "voucher" and terms.voucher_type == "UNIQUE" and not
        1 <= terms.codes <= MOST_CODES}
    if terms.kind != "discount" and terms.discount_type == "CURRENCY":
        # A fixed sum is never more than nine tenths of what it is taken off.
        problems["discount_value"] = problems["discount_value"] or any(
            level.from_minor and level.value * 10_000 > level.from_minor * most for level in terms.levels)
    for field, wrong in problems.items():
        if wrong:
            raise Invalid("invalid", field=field)
