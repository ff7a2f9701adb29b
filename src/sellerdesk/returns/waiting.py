"""What waits for the shop's people in returns and claims."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from sellerdesk.core import waiting
from sellerdesk.core.waiting import Asked, Waiting
from sellerdesk.returns import permissions, queries


def claims(asked: Asked) -> list[Waiting]:
    return [Waiting(f"claim:{row.id}", _("A buyer wants to give back %(name)s") % {"name": row.name[:80]},
                    _("Without an answer the buyer gets the money back by itself") if row.due_at else
                    _("The buyer waits for your decision"), pgettext_lazy("waiting", "Answer"),
                    reverse("returns:claim", args=[row.id]), row.due_at, row.amount_minor)
            for row in queries.claims_due(asked.seller, asked.warehouse_ids, waiting.MOST)]


def arrived(asked: Asked) -> list[Waiting]:
    """Goods at return points, one thing to do for each place."""
    return [Waiting(f"place:{place_id}",
                    ngettext("%(count)s return to pick up in %(city)s", "%(count)s returns to pick up in %(city)s",
                             count) % {"count": count, "city": city},
                    _("Storage costs more each day, and at its end the goods are disposed of"),
                    pgettext_lazy("waiting", "Pick up"), reverse("returns:pick_up"), dispose_at, amount_minor)
            for place_id, city, count, amount_minor, dispose_at in
            queries.arrived_by_place(asked.seller, asked.warehouse_ids, waiting.MOST)]


def register() -> None:
    waiting.register(waiting.Source("returns.claims", _("Claims"), "message", permissions.DECIDE, claims))
    waiting.register(waiting.Source("returns.arrived", _("Returns"), "truck-return", permissions.DECIDE, arrived))
