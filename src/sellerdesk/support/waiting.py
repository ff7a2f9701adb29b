"""What waits for the shop's people in talks with support."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core import waiting
from sellerdesk.core.waiting import Asked, Waiting
from sellerdesk.support import permissions, queries


def tickets(asked: Asked) -> list[Waiting]:
    return [Waiting(f"ticket:{row.id}", _("Support asks you: %(subject)s") % {"subject": row.subject[:100]},
                    _("The ticket goes on when you answer"), pgettext_lazy("waiting", "Answer"),
                    reverse("support:ticket", args=[row.id]))
            for row in queries.waiting(asked.seller, limit=waiting.MOST)]


def register() -> None:
    waiting.register(waiting.Source("support.tickets", _("Support"), "headset", permissions.VIEW, tickets))
