"""The console's sidebar."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.queries import moderation
from sellerdesk.core.ui import nav
from sellerdesk.finance.queries import settling
from sellerdesk.messaging import queries as messaging
from sellerdesk.orders.queries import ledger
from sellerdesk.returns import queries as returns
from sellerdesk.sellers import permissions
from sellerdesk.support import queries as support

#: What an operator looks after, under one heading each; whatever stands in none goes to the end, with the marketplace.
_GROUPS = {
    "overview": ("home",),
    "shops": ("sellers", "reviews", "checklists", "offers", "recoveries", "problems"),
    "goods": ("cases", "certificates", "products", "proposals", "rules"),
    "trade": ("postings", "claims", "disputes", "promotions", "tariffs"),
    "money": ("payouts", "rates", "fees"),
    "voice": ("tickets", "reports", "announcements", "policy_texts"),
}


def _item(key: str, label: object, icon: str, url_name: str, permission: str, order: int, badge: Any = None) -> None:
    group = next((group for group, keys in _GROUPS.items() if key in keys), "market")
    nav.register(nav.NavItem(key, label, icon, url_name, permission, group=group, order=order, area="console",
                             badge=badge))


_item("home", _("Overview"), "layout-dashboard", "console:home", permissions.CONSOLE_SELLER_VIEW, 10)
_item("sellers", pgettext_lazy("console", "Sellers"), "building-store", "console:sellers",
      permissions.CONSOLE_SELLER_VIEW, 20)
_item("products", _("Products"), "package", "console:products", permissions.CONSOLE_PRODUCT_VIEW, 30)
_item("postings", _("Orders"), "shopping-cart", "console:postings", permissions.CONSOLE_POSTING_VIEW, 40)
_item("announcements", _("Announcements"), "speakerphone", "console:announcements",
      permissions.CONSOLE_ANNOUNCEMENT_EDIT, 87)
_item("policy_texts", _("Policies"), "file-text", "console:policy_texts", permissions.CONSOLE_ANNOUNCEMENT_EDIT, 88)
_item("tickets", _("Support"), "headset", "console:tickets", permissions.CONSOLE_TICKET_ANSWER, 55,
      lambda _request: support.operators_turn())
_item("recoveries", _("Account recovery"), "lock", "console:recoveries", permissions.CONSOLE_RECOVERY_DECIDE, 60)
_item("problems", _("Sign-in problems"), "help-circle", "console:problems", permissions.CONSOLE_PROBLEM_ANSWER, 70)
_item("reviews", _("Reviews of shops"), "user-check", "console:reviews", permissions.CONSOLE_KYC_VIEW, 25)
_item("checklists", _("Checklists"), "list-check", "console:checklists", permissions.CONSOLE_CHECKLIST_EDIT, 80)
_item("offers", _("Offer to sellers"), "file", "console:offers", permissions.CONSOLE_CHECKLIST_EDIT, 90)
_item("cases", _("Moderation"), "clipboard-check", "console:cases", permissions.CONSOLE_MODERATION_VIEW, 26,
      lambda _request: moderation.waiting()[0])
_item("certificates", _("Certificates"), "file-text", "console:certificates", permissions.CONSOLE_MODERATION_VIEW, 27,
      lambda _request: moderation.waiting()[1])
_item("rules", _("Rules for goods"), "adjustments-horizontal", "console:rules", permissions.CONSOLE_RULE_EDIT, 85)
_item("disputes", _("Disputes about penalties"), "scale", "console:disputes", permissions.CONSOLE_PENALTY_DECIDE, 45,
      lambda _request: ledger.open_disputes())
_item("promotions", _("Promotions"), "discount", "console:promotions", permissions.CONSOLE_RULE_EDIT, 84)
_item("tariffs", _("Tariffs of carriers"), "truck", "console:tariffs", permissions.CONSOLE_RULE_EDIT, 86)
_item("proposals", _("Proposed values"), "list-details", "console:proposals", permissions.CONSOLE_DICTIONARY_EDIT, 35,
      lambda _request: catalog.waiting_proposals_total())
_item("claims", _("Claims in dispute"), "messages", "console:claims", permissions.CONSOLE_POSTING_VIEW, 45,
      lambda _request: returns.disputed_total())
_item("payouts", _("Settlement runs"), "building-bank", "console:payouts", permissions.CONSOLE_PAYOUT_DECIDE, 46,
      lambda _request: settling.waiting())
_item("debts", _("Debts of shops"), "trending-down", "console:debts", permissions.CONSOLE_PAYOUT_DECIDE, 47)
_item("reports", _("Reports of shops"), "flag", "console:reports", permissions.CONSOLE_REPORT_DECIDE, 46,
      lambda _request: messaging.reports_open())
_item("rates", _("Exchange rates"), "arrows-exchange", "console:rates", permissions.CONSOLE_RULE_EDIT, 87)
_item("fees", _("Effect of new fees"), "percentage", "console:fees", permissions.CONSOLE_RULE_EDIT, 88)
