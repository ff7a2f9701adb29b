"""The console's sidebar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.ui import nav
from sellerdesk.sellers import permissions


def _item(key: str, label: object, icon: str, url_name: str, permission: str, order: int) -> None:
    nav.register(nav.NavItem(key, label, icon, url_name, permission, group="market", order=order, area="console"))


_item("home", _("Overview"), "layout-dashboard", "console:home", permissions.CONSOLE_SELLER_VIEW, 10)
_item("sellers", _("Sellers"), "building-store", "console:sellers", permissions.CONSOLE_SELLER_VIEW, 20)
_item("products", _("Products"), "package", "console:products", permissions.CONSOLE_PRODUCT_VIEW, 30)
_item("postings", _("Orders"), "shopping-cart", "console:postings", permissions.CONSOLE_POSTING_VIEW, 40)
_item("recoveries", _("Account recovery"), "lock", "console:recoveries", permissions.CONSOLE_RECOVERY_DECIDE, 60)
_item("problems", _("Sign-in problems"), "help-circle", "console:problems", permissions.CONSOLE_PROBLEM_ANSWER, 70)
_item("reviews", _("Reviews of shops"), "user-check", "console:reviews", permissions.CONSOLE_KYC_VIEW, 25)
_item("checklists", _("Checklists"), "list-check", "console:checklists", permissions.CONSOLE_CHECKLIST_EDIT, 80)
_item("offers", _("Offer to sellers"), "file", "console:offers", permissions.CONSOLE_CHECKLIST_EDIT, 90)
