"""Where help stands in the sidebars."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.ui import nav

nav.register_group(nav.NavGroup("help", _("Help and news"), "seller", 6))
nav.register(nav.NavItem("help", _("Help"), "help-circle", "help:index", group="help", order=10,
                         also=("help:article", "help:errors", "help:error")))
