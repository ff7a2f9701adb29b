"""Where promotions stand in the sidebar, and their pages beside each other."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import nav
from sellerdesk.promotions import queries

VIEW, EDIT = "pricing:price:view", "pricing:price:bulk"
_TABS = (("actions", pgettext_lazy("promotions", "Of the marketplace"), "calendar-event"),
         ("own", pgettext_lazy("promotions", "Own"), "discount"),
         ("overlaps", pgettext_lazy("promotions", "Overlaps"), "alert-triangle"),
         ("strategies", pgettext_lazy("promotions", "Strategies"), "trending-down"),
         ("requests", pgettext_lazy("promotions", "Buyers’ requests"), "messages"))


def tabs(request: WebRequest, key: str) -> list[dict[str, Any]]:
    """The pages of promotions, the one shown lit."""
    return [{"label": label, "icon": icon, "href": reverse(f"promotions:{name}"), "active": name == key,
             "count": queries.requests_waiting(request.seller) or None if name == "requests" else None}
            for name, label, icon in _TABS]


nav.register(nav.NavItem(
    key="promotions", label=_("Promotions"), icon="discount", url_name="promotions:actions", permission=VIEW,
    group="prices", order=20, also=tuple(f"promotions:{name}" for name in (
        "action", "own", "own_new", "own_edit", "overlaps", "strategies", "strategy", "strategy_new", "strategy_edit",
        "requests", "stairway"))))
