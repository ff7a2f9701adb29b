"""Where delivery stands in the sidebar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.ui import nav
from sellerdesk.logistics import permissions

nav.register(nav.NavItem("delivery", _("Parcels and methods"), "truck-delivery", "logistics:methods",
                         permissions.METHODS_VIEW, group="delivery", order=30,
                         also=("logistics:parcels", "logistics:method", "logistics:calculator")))
