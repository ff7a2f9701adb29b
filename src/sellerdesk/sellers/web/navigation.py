"""Where the pages of this domain stand in the sidebar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import nav
from sellerdesk.sellers import permissions


def _live(request: WebRequest) -> bool:
    """Company and first steps are those of the live shop."""
    return request.seller is None or request.seller.twin_of is None


nav.register(nav.NavItem("welcome", _("First steps"), "list-check", "sellers:welcome", permissions.SHOP_VIEW,
                         group="shop", order=90, shown=_live))
nav.register(nav.NavItem("keys", _("API keys"), "key", "sellers:keys", permissions.KEY_VIEW, group="shop", order=50,
                         also=("sellers:key_new", "sellers:key", "sellers:key_networks", "sellers:key_rotate")))
nav.register(nav.NavItem("security", _("Security rules"), "shield-lock", "sellers:security",
                         permissions.SECURITY_EDIT, group="shop", order=60))


def _waiting(request: WebRequest) -> int | None:
    seller = getattr(request, "seller", None)
    if not seller or not request.can(permissions.APPROVAL_DECIDE):
        return None
    return next((shop.approvals for shop in request.shops if shop.id == seller.id), 0) or None


nav.register(nav.NavItem("approvals", _("Approvals"), "circle-check", "sellers:approvals", permissions.APPROVAL_VIEW,
                         group="shop", order=55, badge=_waiting))
nav.register(nav.NavItem("company", _("Company"), "building", "sellers:company", permissions.SHOP_VIEW, group="shop",
                         order=70, shown=_live, also=("sellers:company_change", "sellers:company_edit", "sellers:offer",
                                         "sellers:onboarding", "sellers:closing", "sellers:name", "sellers:holiday")))
nav.register(nav.NavItem("team", _("Team"), "users", "sellers:team", permissions.TEAM_VIEW, group="shop", order=40,
                         also=("sellers:invite", "sellers:member", "sellers:roles", "sellers:role",
                               "sellers:role_new")))
