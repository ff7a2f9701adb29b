"""Keeping large changes back: the price that buyers see stays, what was asked for waits in a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from sellerdesk.core import activity, clock, jobs
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import of_shop
from sellerdesk.pricing import queries
from sellerdesk.pricing.events import PRICES_WAITING
from sellerdesk.pricing.judging import Judged
from sellerdesk.pricing.models import QuarantinedPrice
from sellerdesk.pricing.services.letters import tell_about_waiting
from sellerdesk.pricing.types import WaitingRow, Wish
from sellerdesk.sellers.types import SellerRef

State = QuarantinedPrice.State
# So that a feed of many small calls makes one mail.
_MAIL_PAUSE = timedelta(minutes=2)
_LABELS_SHOWN = 3


def hold(seller: SellerRef, judged: Sequence[Judged], actor: Actor, now: datetime, source: str) -> None:
    """Put rows that wait into quarantine, in the caller's transaction, under the shop's lock for prices.

    A later price of a product takes the place of the one waiting; the same one asked again changes nothing. Three
    statements and an act for any number of rows; one query where rows only change, none where nothing moves.
    """
    moving = {row.product.id: (row, row.wish.price) for row in judged
              if row.product and row.moves and row.wish.price is not None}
    if not moving:
        return
    known = {row.product_id: row for row in queries.waiting(seller, product_ids=list(moving), limit=len(moving))}
    fresh = {id_: (row, price) for id_, (row, price) in moving.items()
             if row.waits and (id_ not in known or _asked(known[id_]) != row.wish or row.by_two > known[id_].by_two)}
    over = [known[id_].id for id_ in known if id_ in fresh or not moving[id_][0].waits]
    if over:
        _rows(seller, over).update(state=State.REPLACED, decided_at=now, decided_by=actor.label[:200])
    if not fresh:
        return
    expires_at = now + timedelta(days=dated.get("pricing.quarantine_days", "", now).value["days"])
    QuarantinedPrice.objects.bulk_create([QuarantinedPrice(
        product_id=id_, seller_id=seller.id, currency=seller.currency, price_minor=price,
        old_price_minor=row.wish.old, min_price_minor=row.wish.min, cost_minor=row.wish.cost,
        before_minor=row.before.price if row.before else 0, at=now, expires_at=expires_at, actor_kind=actor.kind,
        actor_label=actor.label[:200], source=source, by_two=row.by_two)
        for id_, (row, price) in sorted(fresh.items())])
    offers = {id_: row.product.offer_id for id_, (row, _) in fresh.items() if row.product}
    tell(seller, PRICES_WAITING, offers, actor, now)
    jobs.enqueue(tell_about_waiting, seller.id, seller_id=seller.id, unique_key=f"quarantine:{seller.id}",
                 run_at=clock.real_now() + _MAIL_PAUSE)


def tell(seller: SellerRef, event: str, offers: dict[int, str], actor: Actor, now: datetime) -> None:
    """One act about these products, by id with their offer ids."""
    labels = list(offers.values())
    one = next(iter(offers)) if len(offers) == 1 else None
    activity.record(
        event, now=now, actor=actor, seller_id=seller.id, target_type="product" if one else "prices",
        target_id=one or "", target_label=", ".join(labels[:_LABELS_SHOWN]) + "…" * (len(labels) > _LABELS_SHOWN),
        data={"count": len(offers), "currency": seller.currency, "product_ids": list(offers)})


def _asked(row: WaitingRow) -> Wish:
    return Wish(row.price_minor, row.old_price_minor, row.min_price_minor, row.cost_minor)


def _rows(seller: SellerRef, item_ids: Sequence[int]) -> QuerySet[QuarantinedPrice]:
    return QuarantinedPrice.objects.filter(of_shop(seller.id), id__in=item_ids, state=State.WAITING)
