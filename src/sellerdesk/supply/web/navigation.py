"""Where supplies stand in the sidebar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.tally import Tally
from sellerdesk.core.ui import nav
from sellerdesk.supply import permissions, queries


def _waiting(request: WebRequest) -> Tally | None:
    seller = getattr(request, "seller", None)
    return queries.waiting_count(seller) if seller and not request.warehouse_ids else None


nav.register(nav.NavItem("supplies", _("Supplies (FBO)"), "truck-delivery", "supply:supplies", permissions.VIEW,
                         group="goods", order=45, badge=_waiting,
                         also=("supply:supply", "supply:new", "supply:draft", "supply:slots", "supply:cargoes")))
