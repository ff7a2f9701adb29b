"""How much of each product comes back, counted once a night for the margins of tomorrow."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Sum

from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.db import atomic, locked
from sellerdesk.economics import queries as economics
from sellerdesk.economics import services as writing
from sellerdesk.economics.types import ReturnCount
from sellerdesk.orders import queries as orders
from sellerdesk.returns.models import Return

_ZONE, _HOUR = ZoneInfo("Europe/Moscow"), 3


def count_due(now: datetime) -> int:
    """Count the window of the rule `economics.returns`, once after each third hour of the marketplace's night.

    Units are those delivered, and those that buyers sent back, within the same days. Returns how many products.
    """
    local = now.astimezone(_ZONE)
    night = local.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    night = night if night <= local else night - timedelta(days=1)
    last = economics.counted_at()
    if last is not None and last >= night:
        return 0
    since = now - timedelta(days=dated.get(economics.RETURNS, "", now).value["days"])
    with atomic():
        locked("returns.counting")
        back = {row[0]: row[1] for row in Return.objects.filter(
            clock.shops(), kind="ClientReturn", created_at__gt=since, created_at__lte=now).values(
            "product_id").annotate(units=Sum("quantity")).order_by().values_list("product_id", "units")}
        return writing.keep_return_counts(now=now, counts=[
            ReturnCount(seller_id, product_id, units, min(units, back.get(product_id, 0)))
            for seller_id, product_id, units in sorted(orders.delivered_units(since, now), key=lambda row: row[1])])
