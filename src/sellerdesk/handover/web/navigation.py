"""Where papers stand in the sidebar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.ui import nav
from sellerdesk.orders import permissions

nav.register(nav.NavItem("carriages", _("Carriages"), "truck-delivery", "handover:carriages", permissions.HAND_OVER,
                         group="delivery", order=22, also=("handover:carriage", "handover:declarations")))
nav.register(nav.NavItem("papers", _("Papers"), "printer", "handover:papers", permissions.LABEL, group="delivery",
                         order=25, also=("handover:batch", "handover:printing", "handover:shelves")))
