"""What waits for the shop's people about pushes."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core import waiting
from sellerdesk.core.waiting import Asked, Waiting
from sellerdesk.notifications import permissions, queries


def stopped(asked: Asked) -> list[Waiting]:
    """Addresses that get nothing, though the shop did not switch them off."""
    return [Waiting(f"endpoint:{row.id}", _("Pushes to a program have stopped"),
                    _("Your program hears of no new orders: %(count)s wait for it") % {"count": row.waiting},
                    pgettext_lazy("waiting", "Look"), reverse("notifications:endpoint", args=[row.id]), orders=10.0)
            for row in queries.endpoints(asked.seller) if row.state in ("paused", "gone")]


def register() -> None:
    waiting.register(waiting.Source("notifications.stopped", _("Pushes"), "webhook", permissions.EDIT, stopped))
