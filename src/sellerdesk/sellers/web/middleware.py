"""Whose shop a page is about: the person's last one, with what their role and terms in it allow."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth import models as auth
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import scope
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Forbidden
from sellerdesk.core.http.answers import refuse
from sellerdesk.core.http.quiet import is_quiet
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import nav
from sellerdesk.sellers import permissions, queries, rights
from sellerdesk.sellers.errors_team import RightMissing
from sellerdesk.sellers.queries import team
from sellerdesk.sellers.types import Shop
from sellerdesk.sellers.web import gate

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: Where a session keeps which role its person is trying on: [seller id, role].
PREVIEW = "preview_role"


class ShopMiddleware:
    """Sets `request.shops`, `.seller`, `.role`, `.permissions`, `.can`, `.warehouse_ids`, `.preview` and `.actor`.

    One query for people signed in, none for guests and for pictures. Nothing is kept between requests, so a changed
    role counts from the next one on.
    """

    def __init__(self, get_response: Callable[[WebRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: WebRequest) -> HttpResponse:
        set_shop(request, [], None)
        return self.get_response(request)

    def process_view(self, request: WebRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if is_quiet(request) or not request.user.is_authenticated:
            return None
        shops = queries.shops_of_user(request.user.pk)
        if not request.session.keep_to(one.session_limits for one in shops):
            # Over by what one of its person's shops asks: the page meets a guest.
            request.session.flush()
            request.user = auth.AnonymousUser()
            return None
        last = request.user.last_seller_id
        shop = next((one for one in shops if one.id == last), shops[0] if shops else None)
        if shop is not None:
            # All that follows sees this shop alone, until the request ends.
            scope.narrow(shop.id)
        set_shop(request, shops, shop, operator=request.user.operator_role if request.user.is_operator else "")
        kind = getattr(view, "access", ("", ""))[0]
        session = request.session.session_key or ""
        make = Actor.operator if kind == "operator" else Actor.user
        request.actor = make(request.user.pk, str(request.user), session=session,
                             request_id=getattr(request, "request_id", ""))
        if shop is not None and PREVIEW in request.session:
            try_on(request, shop)
        if kind == "seller":
            if request.preview and request.method not in SAFE:
                return refuse(request, Forbidden("preview_reads_only", _(
                    "You are looking at the shop as “%(role)s”. Nothing can be changed meanwhile."),
                    data={"role": request.preview}))
            if shop is None and request.user.is_operator:
                return redirect("console:home")
            if shop is not None:
                return gate.closed(request, shop.ref) or elsewhere(request)
        return None


def elsewhere(request: WebRequest) -> HttpResponse | None:
    """Whoever may not see the home page starts with the first page of the menu that they may see."""
    match = request.resolver_match
    if match is None or match.view_name != "home" or request.can(permissions.BOARD_VIEW):
        return None
    first = next((item for item in nav.items("seller") if item.permission and request.can(item.permission)), None)
    return redirect(first.url_name) if first else None


def set_shop(request: WebRequest, shops: list[Shop], shop: Shop | None, *, operator: str = "") -> None:
    request.shops = shops
    request.seller = shop.ref if shop else None  # type: ignore[assignment]
    request.role = shop.role if shop else ""
    # Only these warehouses; none means all.
    request.warehouse_ids = shop.warehouse_ids if shop else ()
    # What the role is called that the person is trying on, empty for none.
    request.preview = ""
    may(request, (shop.rights if shop else frozenset()) | permissions.OPERATOR_ROLES.get(operator, frozenset()))
    request.right_missing = partial(right_missing, request, shop)
    request.actor = None  # type: ignore[assignment]


def may(request: WebRequest, rights: frozenset[str]) -> None:
    request.permissions = rights
    request.can = rights.__contains__


def try_on(request: WebRequest, shop: Shop) -> None:
    """Look at the shop as another role does. Never shows more than the person may see anyway."""
    seller_id, role = request.session[PREVIEW]
    held = queries.rights_of_role(shop.ref, role) if seller_id == shop.id else None
    if held is None:
        return
    own = next((one.name for one in team.own_roles(shop.ref) if one.key == role), "")
    request.preview = rights.role_name(role, own)
    may(request, held & request.permissions)


def right_missing(request: WebRequest, shop: Shop | None, permission: str) -> RightMissing:
    """The refusal in words: which right, which role lacks it, and who can grant it."""
    role = request.preview or (rights.role_name(shop.role, shop.own_role_name) if shop else "")
    people = team.grantors(shop.ref) if shop else []
    return RightMissing(data={"role": role, "right": permission, "name": rights.right_name(permission),
                              "people": ", ".join(people)})
