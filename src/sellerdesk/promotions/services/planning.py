"""Which products join an action by themselves: the shop looks at the list and changes it before the moment comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, db_time, execute, json_param, json_rows, locked
from sellerdesk.promotions import queries
from sellerdesk.promotions.errors import ActionUnknown, AutoJoinOver, TooManyRows
from sellerdesk.promotions.events import PRODUCTS_PLANNED
from sellerdesk.promotions.models import Action
from sellerdesk.promotions.services import joining
from sellerdesk.promotions.types import ActionRow, Entry, JoinInput, JoinOutcome
from sellerdesk.sellers.types import SellerRef


def lock_key(action_id: int) -> str:
    """Who changes a list and who reads it for joining wait for each other."""
    return f"promotions.auto:{action_id}"


def plan(*, seller: SellerRef, action_id: int, rows: Sequence[JoinInput], actor: Actor, now: datetime,
         dearer_leaves: bool = False) -> list[JoinOutcome]:
    """Put up to a thousand products on the list, or change their price and stock there; one outcome per row.

    Judged as by `joining.join` now, and again when the moment comes; bad rows spoil no others. With `dearer_leaves` a
    price above the allowed one takes a product off the list. The number of statements does not depend on that of rows.
    Raises ActionUnknown, ActionFrozen, ActionOver, AutoJoinOver, TooManyRows.
    """
    row = _open(seller, action_id, len(rows), now)
    with atomic():
        _hold(action_id)
        there = {ref.id: one for ref, one in queries.planned(seller, row)}
        inside = {entry.product_id: entry for entry in queries.entries(seller, action_ids=[action_id])}
        # What only the switches brought has no price of its own yet: giving it one is a change.
        listed = {id_: Entry(action_id, id_, one.price_minor if one.by_hand else 0, one.stock, 0, not one.by_hand, now)
                  for id_, one in there.items()}
        judged = [one if one.outcome.product_id not in inside else joining.Judged(JoinOutcome(
            one.outcome.product_id, one.outcome.offer_id, code="NO_CHANGES"))
            for one in joining.judge_rows(seller, row, rows, listed)]
        done = {one.outcome.product_id: (one.outcome.price_minor, one.stock, False)
                for one in judged if one.outcome.done}
        out = {one.outcome.product_id: (0, None, True) for one in judged if one.out} if dearer_leaves else {}
        _write(seller, row, {**done, **out}, actor, now)
    return [one.outcome for one in judged]


def unplan(*, seller: SellerRef, action_id: int, product_ids: Sequence[int], actor: Actor, now: datetime
           ) -> list[JoinOutcome]:
    """Take products off the list: they do not join by themselves, whatever the switches say; one outcome per row.

    Raises ActionUnknown, ActionFrozen, ActionOver, AutoJoinOver, TooManyRows.
    """
    row = _open(seller, action_id, len(product_ids), now)
    with atomic():
        _hold(action_id)
        there = {ref.id for ref, _one in queries.planned(seller, row)}
        offers = {ref.id: ref.offer_id for ref in catalog.refs(seller, product_ids=product_ids)}
        _write(seller, row, {id_: (0, None, True) for id_ in product_ids if id_ in there}, actor, now)
    return [JoinOutcome(id_, offers.get(id_, ""), code="" if id_ in there else
                        "NOT_IN_ACTION" if id_ in offers else "NOT_FOUND") for id_ in product_ids]


def _open(seller: SellerRef, action_id: int, count: int, now: datetime) -> ActionRow:
    if count > joining.MAX_ROWS:
        raise TooManyRows(data={"limit": joining.MAX_ROWS, "count": count})
    row = joining.open_action(seller, action_id, now)
    if row.own:
        raise ActionUnknown()
    return row


def _hold(action_id: int) -> None:
    """Raises AutoJoinOver where the list was read already."""
    locked(lock_key(action_id))
    if not Action.objects.filter(pk=action_id, auto_joined_at=None).exists():
        raise AutoJoinOver()


def _write(seller: SellerRef, row: ActionRow, said: dict[int, tuple[int, int | None, bool]], actor: Actor, now: datetime
           ) -> None:
    if not said:
        return
    execute(
        "INSERT INTO promotions_autojoin (action_id, seller_id, product_id, price_minor, stock, excluded, updated_at)"
        " SELECT %s, %s, v.product, v.price, v.stock, v.excluded, %s FROM"
        f" {json_rows('v', product='int', price='int', stock='int', excluded='bool')} WHERE true"
        " ON CONFLICT (seller_id, action_id, product_id) DO UPDATE SET price_minor = excluded.price_minor,"
        " stock = excluded.stock, excluded = excluded.excluded, updated_at = excluded.updated_at",
        [row.id, seller.id, db_time(now), json_param([[id_, *values] for id_, values in sorted(said.items())])])
    _tell(seller, row, said, actor, now)


def _tell(seller: SellerRef, row: ActionRow, product_ids: Iterable[int], actor: Actor, now: datetime) -> None:
    ids = sorted(product_ids)
    activity.record(PRODUCTS_PLANNED, now=now, actor=actor, seller_id=seller.id, target_type="promotion",
                    target_id=row.id, target_label=row.terms.title, data={"count": len(ids), "product_ids": ids})
