"""Test twins as shops: a row beside the live one, the same company, nobody of its own."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.core import scope
from sellerdesk.core.db import atomic
from sellerdesk.sellers import queries, states
from sellerdesk.sellers.errors import TwinExists, TwinImpossible
from sellerdesk.sellers.models import Seller
from sellerdesk.sellers.types import SellerRef

_MARK = "TEST"


@scope.across_shops()  # a shop that has no number yet
def create_twin(*, seller: SellerRef, now: datetime) -> SellerRef:
    """The shop that stands beside a live one, still shut. Raises TwinImpossible, TwinExists."""
    if seller.twin_of is not None or seller.state in (states.CLOSED, states.REJECTED):
        raise TwinImpossible()
    with atomic():
        live = Seller.objects.select_for_update().get(pk=seller.id)
        if Seller.objects.filter(twin_of=live).exists():
            raise TwinExists()
        made = Seller.objects.create(
            company_id=live.company_id, name=f"{_MARK} {live.name}"[:140], currency=live.currency,
            language=live.language, time_zone=live.time_zone, state=states.DRAFT, state_at=now,
            cross_border=live.cross_border, main_category=live.main_category, twin_of=live, created_at=now)
    return queries.seller_ref(made.pk)


def open_twin(*, seller: SellerRef, now: datetime) -> None:
    """Let a twin sell: no review, no checklist, nobody is told."""
    _become(seller, states.ACTIVE, now)


def shut_twin(*, seller: SellerRef, now: datetime) -> None:
    """Let a twin take no orders and no writing until it is opened again."""
    _become(seller, states.DRAFT, now)


def _become(seller: SellerRef, state: str, now: datetime) -> None:
    Seller.objects.filter(pk=seller.id, twin_of__isnull=False).update(state=state, state_at=now)


def remove_twin(*, seller: SellerRef) -> None:
    """Take the row of an emptied twin away. Keys and whatever else still hangs on it go with it."""
    Seller.objects.filter(pk=seller.id, twin_of__isnull=False).delete()
