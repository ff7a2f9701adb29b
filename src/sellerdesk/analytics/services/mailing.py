"""Saved views of the explorer sent by mail, daily or weekly at an hour of the reader's own zone."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sellerdesk.analytics.errors import PlansTooMany
from sellerdesk.analytics.models import MailPlan
from sellerdesk.analytics.permissions import REPORT_MAKE
from sellerdesk.analytics.services import reporting
from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

MOST_PLANS = 10
_SENDER = Actor.system("mail plan")


def plan(*, seller: SellerRef, user_id: int, email: str, name: str, query: str, every: str, weekday: int, hour: int,
         time_zone: str, language: str, format: str, now: datetime) -> int:
    """Have a view sent from now on. Returns its number. Raises PlansTooMany."""
    with atomic():
        if MailPlan.objects.filter(seller_id=seller.id, user_id=user_id).count() >= MOST_PLANS:
            raise PlansTooMany(MOST_PLANS)
        return MailPlan.objects.create(
            seller_id=seller.id, user_id=user_id, email=email, name=name[:80], query=query[:2000], every=every,
            weekday=weekday, hour=hour, time_zone=time_zone, language=language, format=format, created_at=now,
            next_at=following(now, ZoneInfo(time_zone), every, weekday, hour)).pk


def stop(*, seller: SellerRef, user_id: int, plan_id: int) -> bool:
    """Send it no more. Nobody stops another person's."""
    return bool(MailPlan.objects.filter(pk=plan_id, seller_id=seller.id, user_id=user_id).delete()[0])


def run_due(now: datetime) -> int:
    """Ask for the reports that are due; each is mailed when it is made. What was missed is sent once. Returns how many.

    Whoever has left the shop, or may not make reports any more, gets nothing.
    """
    done = 0
    for row in MailPlan.objects.filter(clock.shops(), next_at__lte=now).order_by("next_at")[:500]:
        following_at = following(now, ZoneInfo(row.time_zone), row.every, row.weekday, row.hour)
        with atomic():
            if not MailPlan.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=following_at):
                continue
            shop = next((one for one in sellers.shops_of_user(row.user_id) if one.id == row.seller_id), None)
            if shop is None or REPORT_MAKE not in shop.rights:
                row.delete()
                continue
            today = now.astimezone(ZoneInfo(row.time_zone)).date().isoformat()
            params = {"query": row.query, "today": today, "warehouse_ids": list(shop.warehouse_ids)}
            reporting.create(seller=shop.ref, kind="figures", params=params, format=row.format, language=row.language,
                             time_zone=row.time_zone, actor=_SENDER, now=now, title=row.name, mail_to=row.email)
            done += 1
    return done


def following(now: datetime, zone: ZoneInfo, every: str, weekday: int, hour: int) -> datetime:
    """The next time behind `now` when it is that hour of that day, by the clock on the reader's wall."""
    day = now.astimezone(zone).date()
    while True:
        moment = datetime.combine(day, time(hour), zone)
        if moment > now and (every == "day" or day.weekday() == weekday):
            return moment
        day += timedelta(days=1)
