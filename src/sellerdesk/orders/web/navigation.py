"""Where orders stand in the sidebar."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.ui import nav
from sellerdesk.orders import permissions, queries


def _to_pack(request: HttpRequest) -> int | None:
    seller = getattr(request, "seller", None)
    return queries.to_pack_count(seller, request.warehouse_ids) or None if seller else None


nav.register(nav.NavItem("orders", _("Orders"), "shopping-cart", "orders:postings", permissions.VIEW, group="sales",
                         order=10, badge=_to_pack, also=("orders:posting",)))
