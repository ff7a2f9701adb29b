"""Where returns stand in the sidebar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.tally import Tally
from sellerdesk.core.ui import nav
from sellerdesk.returns import permissions, queries


def _waiting(request: WebRequest) -> Tally | None:
    seller = getattr(request, "seller", None)
    if not seller:
        return None
    own = request.warehouse_ids
    return queries.arrived_tally(seller, own) + queries.claims_tally(seller, own)


nav.register(nav.NavItem("returns", _("Returns"), "truck-return", "returns:returns", permissions.VIEW, group="sales",
                         order=30, badge=_waiting, also=("returns:claims", "returns:claim", "returns:pick_up",
                                                       "returns:disposal")))
