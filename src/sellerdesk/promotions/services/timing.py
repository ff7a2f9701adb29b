"""What time does to promotions: requests run out, shops join by themselves, strategies look at competitors."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.pricing import queries as pricing
from sellerdesk.promotions import queries, rules, states
from sellerdesk.promotions.errors import ActionFrozen, ActionOver
from sellerdesk.promotions.models import Action, DiscountRequest, PromotionSettings
from sellerdesk.promotions.services import joining, strategies
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
    """Actions that were announced since, into every shop that joins by itself. Once for each action.

    They are announced to live shops: by the clock of a test shop there is none.
    """
    done = 0
    announced = Action.objects.filter(
        clock.shops(), seller=None, state=states.ACTIVE, ends_at__gt=now, auto_joined_at=None)
    for action_id in announced.order_by("pk").values_list("pk", flat=True)[:_BATCH]:
        with atomic():
            if not Action.objects.filter(pk=action_id, auto_joined_at=None).update(auto_joined_at=now):
                continue
            shops = set(PromotionSettings.objects.filter(clock.shops("pk"), auto_join=True).values_list(
                "pk", flat=True))
            for seller_id in sorted(shops | set(pricing.auto_action_shops())):
                done += _join(seller_id, action_id, now)
    return done


def _join(seller_id: int, action_id: int, now: datetime) -> int:
    seller = sellers.seller_ref(seller_id)
    if not seller.may_sell:
        return 0
    row = queries.action(seller, action_id)
    shop = queries.auto_join(seller)
    wanted = [JoinInput(product_id=one.product_id) for _ref, one in queries.candidates(seller, row)
              if rules.joins_by_itself(one, shop)]
    joined = 0
    for start in range(0, len(wanted), joining.MAX_ROWS):
        try:
            joined += sum(one.done for one in joining.join(
                seller=seller, action_id=action_id, rows=wanted[start:start + joining.MAX_ROWS], actor=_TIME, now=now,
                auto=True))
        except (ActionFrozen, ActionOver):
            return joined
    return joined
