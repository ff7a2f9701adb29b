"""What waits for the shop's people in stock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from sellerdesk.core import rules as dated
from sellerdesk.core import waiting
from sellerdesk.core.waiting import Asked, Waiting
from sellerdesk.inventory import queries
from sellerdesk.sellers.permissions import STOCK_EDIT


def needs(asked: Asked) -> list[Waiting]:
    """Promised units that are missing, and shelves that run low: one thing to do for each need."""
    low = int(dated.get("inventory.low_stock", "", asked.now).value["units"])
    found = queries.alerts(asked.seller, low=low, soon_days=0, warehouse_ids=asked.warehouse_ids)
    kinds: tuple[tuple[str, int, Callable[[int], str], Any, float], ...] = (
        ("short", found.short, _short, _("More was sold than lies there: count the shelf or buyers are let down"), 3.0),
        ("low", found.low, _low, _("At this pace buyers soon find nothing to buy"), 0.25))
    return [Waiting(f"stock:{name}", title(count), reason, pgettext_lazy("waiting", "Look at stock"),
                    f"{reverse('inventory:stocks')}?tab={name}", orders=min(count, 20) * each)
            for name, count, title, reason, each in kinds if count]


def _short(count: int) -> str:
    return ngettext("Promised units are missing of %(count)s product",
                    "Promised units are missing of %(count)s products", count) % {"count": count}


def _low(count: int) -> str:
    return ngettext("%(count)s product is running out", "%(count)s products are running out", count) % {"count": count}


def register() -> None:
    waiting.register(waiting.Source("inventory.needs", pgettext_lazy("inventory", "Stock"), "box", STOCK_EDIT, needs))
