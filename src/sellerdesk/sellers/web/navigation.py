"""Where the pages of this domain stand in the sidebar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.ui import nav
from sellerdesk.sellers import permissions

nav.register(nav.NavItem("welcome", _("First steps"), "list-check", "sellers:welcome", permissions.SHOP_VIEW,
                         group="shop", order=90))
nav.register(nav.NavItem("keys", _("API keys"), "key", "sellers:keys", permissions.KEY_VIEW, group="shop", order=50,
                         also=("sellers:key_new", "sellers:key", "sellers:key_networks", "sellers:key_rotate")))
nav.register(nav.NavItem("security", _("Security rules"), "shield-lock", "sellers:security",
                         permissions.SECURITY_EDIT, group="shop", order=60))
nav.register(nav.NavItem("company", _("Company"), "building", "sellers:company", permissions.SHOP_VIEW, group="shop",
                         order=70, also=("sellers:company_change", "sellers:company_edit", "sellers:offer",
                                         "sellers:onboarding")))
nav.register(nav.NavItem("team", _("Team"), "users", "sellers:team", permissions.TEAM_VIEW, group="shop", order=40,
                         also=("sellers:invite", "sellers:member", "sellers:roles", "sellers:role",
                               "sellers:role_new")))
