"""The person's own pages, in the menu of the account."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.ui import nav

nav.register(nav.NavItem("profile", _("Profile and settings"), "user", "accounts:profile", area="account",
                         group="account", order=10))
nav.register(nav.NavItem("security", _("Security"), "shield-lock", "accounts:security", area="account",
                         group="account", order=15,
                         also=("accounts:app", "accounts:recovery_codes", "accounts:phone_factor", "accounts:key_new",
                               "accounts:key_edit")))
nav.register(nav.NavItem("sessions", _("Sessions"), "device-desktop", "usersessions_list", area="account",
                         group="account", order=20, also=("accounts:sessions",)))
nav.register(nav.NavItem("history", _("Security history"), "history", "accounts:history", area="account",
                         group="account", order=30, also=("accounts:history_denied",)))
