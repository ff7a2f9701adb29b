"""What time does to returns and claims. One function; a leap of the clock does the same as many small steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import Count, Q

from sellerdesk.core import activity, clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.returns import events, rules, states
from sellerdesk.returns.models import Claim, ClaimPhoto
from sellerdesk.returns.services import claiming, compensating, counting, disposing

BATCH = 500
_TIME = Actor.system("marketplace")


def run_due(now: datetime) -> int:
    """Do everything that is due until `now`, each at its own moment, for all shops. Returns how many things happened.

    Doing it again changes nothing. Silence of the shop approves a claim, silence of the buyer ends it, disputes are
    decided, goods kept too long are disposed of, those not heard of are given up and paid for.
    """
    done = 0
    # The end of one term begins the next, with a reminder of its own, and both may be over as well.
    while made := _all(_remind, now) + _claims(now, BATCH):
        done += made
    done += sum(_all(act, now) for act in (disposing.dispose_due, compensating.give_up, compensating.pay))
    counting.count_due(now)
    return done


def _all(act: Callable[[datetime, int], int], now: datetime) -> int:
    """Batch by batch until nothing is due; what one batch leads to may be due as well."""
    total = 0
    while done := act(now, BATCH):
        total += done
    return total


def _remind(now: datetime, limit: int) -> int:
    """Tell shops at half time of claims that wait for them."""
    with atomic():
        claims = list(Claim.objects.select_for_update().filter(
            clock.shops(), remind_at__lte=now).order_by("remind_at", "pk")[:limit])
        Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(remind_at=None)
        activity.record_many([
            claiming.entry(events.CLAIM_REMINDED, claim, claim.remind_at, _TIME, until=claim.due_at.isoformat())
            for claim in claims if claim.remind_at and claim.due_at and claim.state in states.SELLERS_TURN])
        return len(claims)


def _claims(now: datetime, limit: int) -> int:
    """End the terms of claims that ran out."""
    with atomic():
        claims = list(Claim.objects.select_for_update().filter(
            clock.shops(), due_at__lte=now).order_by("due_at", "pk")[:limit])
        shown = {row["claim_id"]: (row["buyer"], row["seller"]) for row in ClaimPhoto.objects.filter(
            claim_id__in=[claim.pk for claim in claims if claim.state == states.DISPUTED]).values("claim_id").annotate(
                buyer=Count("id", filter=Q(by="buyer")), seller=Count("id", filter=Q(by="seller"))).order_by()}
        steps = [claiming.Step(claim, _move(claim, shown.get(claim.pk, (0, 0))), claim.due_at, _TIME)
                 for claim in claims if claim.due_at]
        return claiming.take(steps)


def _move(claim: Claim, photos: tuple[int, int]) -> str:
    if claim.state == states.DISPUTED:
        return "decide_for_buyer" if rules.platform_sides_with_buyer(claim.reason, *photos) else "decide_for_seller"
    return states.BY_TIME[claim.state]
