"""What waits for the shop's people in supplies to the marketplace."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core import waiting
from sellerdesk.core.waiting import Asked, Waiting
from sellerdesk.supply import permissions, queries, states
from sellerdesk.supply.types import SupplyFilter, SupplyRow

_WHY: dict[str, tuple[Any, Any]] = {
    states.DATA_FILLING: (_("Without boxes and, where it goes by itself, the car it cannot be brought"),
                          pgettext_lazy("waiting", "Fill in")),
    states.OVERDUE: (_("It did not come in its hour: choose another one or cancel it"),
                     pgettext_lazy("waiting", "Decide")),
    states.REPORTS: (_("The marketplace counted otherwise; silence agrees"), pgettext_lazy("waiting", "Check")),
}


def supplies(asked: Asked) -> list[Waiting]:
    """Those that do not go on without the shop. People of single warehouses have none."""
    if asked.warehouse_ids:
        return []
    page = queries.supplies_page(asked.seller, filter=SupplyFilter(states=tuple(_WHY)), limit=waiting.MOST)
    return [_one(row) for row in page.rows]


def _one(row: SupplyRow) -> Waiting:
    reason, act = _WHY[row.state]
    until = row.act_due if row.state == states.REPORTS else row.slot_from
    return Waiting(f"supply:{row.id}", _("Supply %(number)s") % {"number": row.number}, reason, act,
                   reverse("supply:supply", args=[row.id]), until, orders=5.0)


def register() -> None:
    waiting.register(waiting.Source("supply.supplies", _("Supplies"), "truck-delivery", permissions.EDIT, supplies))
