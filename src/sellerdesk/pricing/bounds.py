"""What delegates may do to prices at most: by how much a day, and of how many products a day.

The percentage is taken from the price at the start of the day, so ten small steps are no way around it. A day is the
shop's own, in real time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import FieldError
from sellerdesk.pricing.judging import Judged
from sellerdesk.pricing.models import DelegateDay
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

_KEPT = timedelta(days=7)


def bounded(seller: SellerRef, judged: Sequence[Judged], actor: Actor, real_now: datetime) -> list[Judged]:
    """The rows, with an error on each that goes beyond what this person may do. One query for people without bounds.

    Called in the transaction that writes, after the shop's lock; what is left over counts as used.
    """
    bounds = sellers.bounds_of(seller, actor)
    if not bounds:
        return list(judged)
    user_id, day = int(actor.id), real_now.astimezone(ZoneInfo(seller.time_zone)).date()
    started = dict(DelegateDay.objects.filter(seller_id=seller.id, user_id=user_id, day=day).values_list(
        "product_id", "price_minor"))
    fresh: dict[int, int | None] = {}
    made = []
    for row in judged:
        if not row.moves or row.product is None or row.after is None:
            made.append(row)
            continue
        product_id = row.product.id
        before = row.before.price if row.before else None
        start = started[product_id] if product_id in started else fresh.get(product_id, before)
        known = product_id in started or product_id in fresh
        if bounds.skus_per_day and not known and len(started) + len(fresh) >= bounds.skus_per_day:
            made.append(_refused(row, "delegate_products", _(
                "You may change the prices of %(limit)s products a day, and these are used up."), bounds.skus_per_day))
        elif bounds.price_percent and start and abs(row.after.price - start) * 100 > start * bounds.price_percent:
            made.append(_refused(row, "delegate_percent", _(
                "You may change a price by at most %(limit)s %% a day."), bounds.price_percent))
        else:
            if product_id not in started:
                fresh[product_id] = start
            made.append(row)
    _use_up(seller, user_id, day, fresh)
    return made


def _refused(row: Judged, code: str, message: object, limit: int) -> Judged:
    return replace(row, errors=(FieldError("price", code, message, row.asked.price or "", {"limit": limit}),))


def _use_up(seller: SellerRef, user_id: int, day: date, fresh: dict[int, int | None]) -> None:
    DelegateDay.objects.bulk_create(
        [DelegateDay(seller_id=seller.id, user_id=user_id, day=day, product_id=product_id, price_minor=price)
         for product_id, price in fresh.items()], ignore_conflicts=True)
    DelegateDay.objects.filter(seller_id=seller.id, user_id=user_id, day__lt=day - _KEPT).delete()
