"""Deciding about prices in quarantine. Each move is one guarded UPDATE: what somebody else decided is left alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked, of_shop
from sellerdesk.core.money import Money
from sellerdesk.pricing import queries
from sellerdesk.pricing.errors import NothingWaits
from sellerdesk.pricing.events import PRICES_DISCARDED, PRICES_EXPIRED, PRICES_RELEASED
from sellerdesk.pricing.models import QuarantinedPrice
from sellerdesk.pricing.services import holding, second_look
from sellerdesk.pricing.services.setting import MAX_ROWS, lock_key, set_prices
from sellerdesk.pricing.types import PriceInput, PriceOutcome, WaitingRow
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

State = QuarantinedPrice.State


def release(*, seller: SellerRef, item_ids: Sequence[int], actor: Actor, now: datetime) -> list[PriceOutcome]:
    """Let prices out of quarantine; they go live as asked, judged anew by the other rules.

    One outcome per item that waited. One that is refused stays in quarantine, with its reasons. At most a thousand.
    Raises NothingWaits, and the sellers' domain's ApprovalRequired for prices that two people release.
    """
    with atomic():
        locked(lock_key(seller))
        rows = _waiting(seller, item_ids)
        if two := [row for row in rows if row.by_two]:
            second_look.must_be_two(seller, two, sorted(_offers(seller, two).values()), actor)
        # Moved first: the price that follows must not find itself waiting and take its own place.
        _move(seller, [row.id for row in rows], State.RELEASED, actor.label, now)
        outcomes = set_prices(
            seller=seller, actor=actor, now=now, source="quarantine", checked=True,
            asked_by={row.product_id: row.by for row in rows}, changes=[_input(row) for row in rows])
        refused = [row.id for row, one in zip(rows, outcomes, strict=True) if one.errors]
        if refused:
            QuarantinedPrice.objects.filter(of_shop(seller.id), id__in=refused, state=State.RELEASED).update(
                state=State.WAITING, decided_at=None, decided_by="")
        offers = {one.product_id: one.offer_id for one in outcomes if not one.errors}
        if offers:
            holding.tell(seller, PRICES_RELEASED, offers, actor, now)
    return outcomes


def discard(*, seller: SellerRef, item_ids: Sequence[int], actor: Actor, now: datetime) -> int:
    """Throw prices in quarantine away; buyers' prices stay. Returns how many. Raises NothingWaits."""
    with atomic():
        locked(lock_key(seller))
        rows = _waiting(seller, item_ids)
        moved = _move(seller, [row.id for row in rows], State.DISCARDED, actor.label, now)
        holding.tell(seller, PRICES_DISCARDED, _offers(seller, rows), actor, now)
    return moved


def run_out(*, now: datetime) -> int:
    """End what nobody decided about in time, in every shop; run by the timetable. Returns how many."""
    due: dict[int, list[int]] = {}
    for item_id, seller_id in QuarantinedPrice.objects.filter(
            clock.shops(), state=State.WAITING, expires_at__lte=now).order_by("id").values_list(
            "id", "seller_id")[:10 * MAX_ROWS]:
        due.setdefault(seller_id, []).append(item_id)
    ended = 0
    for seller_id, item_ids in due.items():
        seller = sellers.seller_ref(seller_id)
        with atomic():
            locked(lock_key(seller))
            rows = queries.waiting(seller, item_ids=item_ids, limit=len(item_ids))
            if rows:
                actor = Actor.system("timetable")
                ended += _move(seller, [row.id for row in rows], State.EXPIRED, "", now)
                holding.tell(seller, PRICES_EXPIRED, _offers(seller, rows), actor, now)
    return ended


def _waiting(seller: SellerRef, item_ids: Sequence[int]) -> list[WaitingRow]:
    rows = queries.waiting(seller, item_ids=list(item_ids)[:MAX_ROWS])
    if not rows:
        raise NothingWaits()
    return rows


def _move(seller: SellerRef, item_ids: Iterable[int], state: str, label: str, now: datetime) -> int:
    return QuarantinedPrice.objects.filter(of_shop(seller.id), id__in=list(item_ids), state=State.WAITING).update(
        state=state, decided_at=now, decided_by=label[:200])


def _offers(seller: SellerRef, rows: Sequence[WaitingRow]) -> dict[int, str]:
    return {ref.id: ref.offer_id for ref in catalog.refs(seller, product_ids=[row.product_id for row in rows])}


def _input(row: WaitingRow) -> PriceInput:
    def text(amount_minor: int | None) -> str | None:
        return None if amount_minor is None else Money(amount_minor, row.currency).decimal_text()

    return PriceInput(product_id=row.product_id, price=text(row.price_minor), old_price=text(row.old_price_minor),
                      min_price=text(row.min_price_minor), cost=text(row.cost_minor))
