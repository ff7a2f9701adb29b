"""What waits for the shop's people in promotions."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from sellerdesk.core import waiting
from sellerdesk.core.waiting import Asked, Waiting
from sellerdesk.promotions import queries
from sellerdesk.sellers.permissions import PRICE_BULK


def requests(asked: Asked) -> list[Waiting]:
    """Buyers who would buy for less: one thing to do, since they are answered together on one page."""
    count, end = queries.requests_due(asked.seller)
    if not count:
        return []
    return [Waiting("discounts", ngettext("%(count)s buyer asks for a discount", "%(count)s buyers ask for a discount",
                                          count) % {"count": count},
                    _("Without an answer the request is declined by itself, and the buyer buys elsewhere"),
                    pgettext_lazy("waiting", "Answer"), reverse("promotions:requests"), end, orders=count * 0.5)]


def register() -> None:
    waiting.register(waiting.Source("promotions.requests", _("Discounts"), "discount", PRICE_BULK, requests))
