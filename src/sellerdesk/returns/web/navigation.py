"""Where returns stand in the sidebar."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.ui import nav
from sellerdesk.returns import permissions, queries


def _arrived(request: HttpRequest) -> int | None:
    seller = getattr(request, "seller", None)
    return queries.arrived_count(seller) or None if seller else None


nav.register(nav.NavItem("returns", _("Returns"), "truck-return", "returns:returns", permissions.VIEW, group="sales",
                         order=30, badge=_arrived))
