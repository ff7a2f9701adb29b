"""Holidays of a shop: it does not sell from one day to another, and begins again by itself.

On holiday a shop is *paused*, so every door that asks whether it sells gives the same answer. Orders already taken stay
due.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import activity, clock
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Conflict, FieldError, Invalid
from sellerdesk.sellers import events_onboarding as events
from sellerdesk.sellers import queries, rules, states
from sellerdesk.sellers.errors import StateForbids
from sellerdesk.sellers.models import Holiday, Seller
from sellerdesk.sellers.queries import wording
from sellerdesk.sellers.services import pausing
from sellerdesk.sellers.services.moving import move
from sellerdesk.sellers.types import SellerRef

REASON = "@holiday"


def plan_holiday(*, seller: SellerRef, first_day: date, last_day: date, text: str = "", actor: Actor,
                 now: datetime) -> None:
    """Do not sell from the first to the last day, both included, on the shop's own clock.

    Begins at once where the first day is today. `text` is what buyers read meanwhile.

    Raises Invalid by field, Conflict `holiday_open` while there is one already, StateForbids for a shop that does not
    sell.
    """
    zone = ZoneInfo(seller.time_zone)
    today, text = now.astimezone(zone).date(), rules.clean_name(text)
    longest = dated.get("sellers.holiday_days", "", now).value
    wrong = []
    if first_day < today:
        wrong.append(FieldError("first_day", "past", _("Choose today or a later day."), first_day.isoformat()))
    if last_day < first_day:
        wrong.append(FieldError("last_day", "order", _("The last day cannot be before the first."),
                                last_day.isoformat()))
    elif (last_day - first_day).days >= longest:
        wrong.append(FieldError("last_day", "too_long", _("A holiday lasts at most %(limit)s days."),
                                last_day.isoformat(), {"limit": longest}))
    if len(text) > 200:
        wrong.append(FieldError("text", "length", _("Write at most 200 characters."), text[:60]))
    elif rules.leads_away(text):
        wrong.append(FieldError("text", "contact", _("Leave out contacts and web addresses."), text[:60]))
    if wrong:
        raise Invalid.many(wrong)
    if queries.seller_ref(seller.id).state != states.ACTIVE:
        raise StateForbids(data={"state": wording.STATES[queries.seller_ref(seller.id).state]})
    try:
        with atomic():
            row = Holiday.objects.create(
                seller_id=seller.id, start_at=datetime.combine(first_day, time(), zone),
                end_at=datetime.combine(last_day + timedelta(days=1), time(), zone), text=text, created_at=now)
            activity.record(events.HOLIDAY_PLANNED, now=now, actor=actor, seller_id=seller.id, target_type="shop",
                            target_id=seller.id, target_label=seller.name,
                            after={"from": first_day.isoformat(), "to": last_day.isoformat(), "text": text})
            if row.start_at <= now:
                _begin(row, actor, now)
    except IntegrityError:
        raise Conflict("holiday_open", _("A holiday is planned already. Call it off to plan another one.")) from None


def cancel_holiday(*, seller: SellerRef, actor: Actor, now: datetime) -> None:
    """Call a planned holiday off, or end a running one at once. Raises Conflict without one."""
    with atomic():
        row = Holiday.objects.filter(seller_id=seller.id, state__in=["planned", "running"]).first()
        if row is None or not Holiday.objects.filter(pk=row.pk, state=row.state).update(state="cancelled"):
            raise Conflict("holiday_none", _("There is no holiday any more."))
        activity.record(events.HOLIDAY_CANCELLED, now=now, actor=actor, seller_id=seller.id, target_type="shop",
                        target_id=seller.id, target_label=seller.name)
        _sell_again(seller.id, actor, now)


def keep(*, now: datetime) -> int:
    """Begin and end the holidays that are due. A shop whose suspension ended on its holiday is paused again.

    Returns how many shops began or ended one.
    """
    system, changed = Actor.system("calendar"), 0
    over = Holiday.objects.filter(clock.shops(), state__in=["planned", "running"], end_at__lte=now)
    for row in over.order_by("pk")[:500]:
        with atomic():
            if Holiday.objects.filter(pk=row.pk, state=row.state).update(state="over"):
                _sell_again(row.seller_id, system, now)
                changed += 1
    due = Holiday.objects.filter(clock.shops(), state__in=["planned", "running"], start_at__lte=now, end_at__gt=now,
                                 seller__state=states.ACTIVE)
    for row in due.order_by("pk")[:500]:
        with atomic():
            _begin(row, system, now)
            changed += 1
    return changed


def _begin(row: Holiday, actor: Actor, now: datetime) -> None:
    if Holiday.objects.filter(pk=row.pk, state=row.state).update(state="running"):
        move("pause", seller_id=row.seller_id, actor=actor, now=now, reason=REASON, until=row.end_at)


def _sell_again(seller_id: int, actor: Actor, now: datetime) -> None:
    if Seller.objects.filter(pk=seller_id, state=states.PAUSED, state_reason=REASON).exists():
        pausing.resume(seller=queries.seller_ref(seller_id), actor=actor, now=now)
