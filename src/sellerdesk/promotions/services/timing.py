"""What time does to promotions: requests run out, shops join by themselves, strategies look at competitors."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.core.money import Money
from sellerdesk.pricing import queries as pricing
from sellerdesk.promotions import queries, states
from sellerdesk.promotions.errors import ActionFrozen, ActionOver
from sellerdesk.promotions.models import Action, DiscountRequest, PromotionSettings
from sellerdesk.promotions.services import joining, planning, strategies
from sellerdesk.promotions.types import JoinInput
from sellerdesk.sellers import queries as sellers

_TIME = Actor.system("marketplace")
_BATCH = 500


def run_due(now: datetime) -> int:
    """Do everything that is due until `now`, for all shops; doing it again changes nothing. Returns how much."""
    return _run_out(now) + _join_all(now) + strategies.run_due(now)


def _run_out(now: datetime) -> int:
    """Requests that nobody answered in time."""
    ids = list(DiscountRequest.objects.filter(clock.shops(), state__in=states.OPEN, answer_by__lte=now).order_by(
        "answer_by").values_list("pk", flat=True)[:_BATCH])
    return DiscountRequest.objects.filter(pk__in=ids, state__in=states.OPEN).update(
        state=states.AUTO_DECLINED, decided_at=now)


def _join_all(now: datetime) -> int:
    """Actions whose moment has come, into every shop with products that join by themselves. Once for each action.

    They are announced to live shops: by the clock of a test shop there is none.
    """
    done = 0
    announced = Action.objects.filter(
        clock.shops(), Q(auto_join_at=None) | Q(auto_join_at__lte=now), seller=None, state=states.ACTIVE,
        ends_at__gt=now, auto_joined_at=None)
    for action_id in announced.order_by("pk").values_list("pk", flat=True)[:_BATCH]:
        with atomic():
            # Who changes a list now is heard before it is read, or told that it is too late.
            locked(planning.lock_key(action_id))
            lists = {seller_id: _wanted(seller_id, action_id) for seller_id in _shops(action_id)}
            if not Action.objects.filter(pk=action_id, auto_joined_at=None).update(auto_joined_at=now):
                continue
            for seller_id, wanted in lists.items():
                done += _join(seller_id, action_id, wanted, now)
    return done


def _shops(action_id: int) -> list[int]:
    """Those that join by themselves, with a product that does, or with a list."""
    found = set(PromotionSettings.objects.filter(clock.shops("pk"), auto_join=True).values_list("pk", flat=True))
    return sorted(found | set(pricing.auto_action_shops()) | set(queries.auto_join_shops(action_id)))


def _wanted(seller_id: int, action_id: int) -> list[JoinInput]:
    seller = sellers.seller_ref(seller_id)
    if not seller.may_sell:
        return []
    return [JoinInput(product_id=ref.id, price=Money(one.price_minor, seller.currency).decimal_text(), stock=one.stock)
            for ref, one in queries.planned(seller, queries.action(seller, action_id))]


def _join(seller_id: int, action_id: int, wanted: list[JoinInput], now: datetime) -> int:
    joined = 0
    for start in range(0, len(wanted), joining.MAX_ROWS):
        try:
            joined += sum(one.done for one in joining.join(
                seller=sellers.seller_ref(seller_id), action_id=action_id, rows=wanted[start:start + joining.MAX_ROWS],
                actor=_TIME, now=now, auto=True))
        except (ActionFrozen, ActionOver):
            return joined
    return joined
