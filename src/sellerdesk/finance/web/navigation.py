"""Where money stands in the sidebar, and the pages beside each other."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core.ui import nav
from sellerdesk.core.ui.components import TabLink
from sellerdesk.sellers import permissions

_PAGES = (
    ("home", pgettext_lazy("money", "Balance"), "wallet", permissions.BALANCE_VIEW),
    ("balance", pgettext_lazy("money", "Accruals"), "list-details", permissions.BALANCE_VIEW),
    ("payouts", pgettext_lazy("money", "Payouts"), "calendar-event", permissions.BALANCE_VIEW),
    ("documents", pgettext_lazy("money", "Documents"), "file-text", permissions.DOCUMENT_VIEW),
    ("payout_settings", pgettext_lazy("money", "Bank and settings"), "building-bank", permissions.PAYOUT_EDIT),
)


def tabs(request: Any, active: str) -> list[TabLink]:
    """The pages of money that this person may open."""
    return [TabLink(label, reverse(f"finance:{name}"), active=name == active, icon=icon)
            for name, label, icon, right in _PAGES if right in request.permissions]


nav.register(nav.NavItem(
    key="finance", label=_("Balance and payouts"), icon="wallet", url_name="finance:home",
    permission=permissions.BALANCE_VIEW, group="money", order=10,
    also=("finance:balance", "finance:transaction", "finance:payouts", "finance:settlement", "finance:payout_settings",
          "finance:bank", "finance:debt", "finance:documents", "inventory:storage", "inventory:storage_day")))
