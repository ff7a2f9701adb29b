"""Where orders stand in the sidebar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.tally import Tally
from sellerdesk.core.ui import nav
from sellerdesk.orders import permissions, queries


def _to_pack(request: WebRequest) -> Tally | None:
    seller = getattr(request, "seller", None)
    return queries.to_pack_tally(seller, request.warehouse_ids) if seller else None


nav.register(nav.NavItem("orders", _("Orders"), "shopping-cart", "orders:postings", permissions.VIEW, group="sales",
                         order=10, badge=_to_pack, also=("orders:posting",)))

nav.register(nav.NavItem("fulfilled", _("FBO orders"), "building-warehouse", "orders:fulfilled",
                         permissions.VIEW, group="sales", order=11))


def _asked_to_cancel(request: WebRequest) -> Tally | None:
    seller = getattr(request, "seller", None)
    return queries.cancel_requests_waiting(seller, request.warehouse_ids) if seller else None


nav.register(nav.NavItem("cancel_requests", _("Requests to cancel"), "ban", "orders:cancel_requests", permissions.VIEW,
                         group="sales", order=12, badge=_asked_to_cancel, also=("orders:cancel_request_reject",)))
nav.register(nav.NavItem("terms", _("Terms and penalties"), "hourglass", "orders:terms", permissions.TERMS_VIEW,
                         group="sales", order=14, also=("orders:penalties", "orders:penalty")))
