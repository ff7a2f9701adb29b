"""Whose shop a page is about: the person's last one, with the rights of their role in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sellerdesk.core.actor import Actor
from sellerdesk.core.http.quiet import is_quiet
from sellerdesk.sellers import permissions, queries
from sellerdesk.sellers.types import Shop
from sellerdesk.sellers.web import gate


class ShopMiddleware:
    """Sets `request.shops`, `.seller`, `.role`, `.permissions`, `.can` and `.actor`. One query for people signed in,
    none for guests and for pictures."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        set_shop(request, [], None)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if is_quiet(request) or not request.user.is_authenticated:
            return None
        shops = queries.shops_of_user(request.user.pk)
        last = request.user.last_seller_id
        shop = next((one for one in shops if one.id == last), shops[0] if shops else None)
        set_shop(request, shops, shop, operator=request.user.is_operator)
        kind, _right = getattr(view, "access", ("", ""))
        session = request.session.session_key or ""
        make = Actor.operator if kind == "operator" else Actor.user
        request.actor = make(request.user.pk, str(request.user), session=session,
                             request_id=getattr(request, "request_id", ""))
        if kind == "seller":
            if shop is None and request.user.is_operator:
                return redirect("console:home")
            if shop is not None:
                return gate.closed(request, shop.ref)
        return None


def set_shop(request: HttpRequest, shops: list[Shop], shop: Shop | None, *, operator: bool = False) -> None:
    request.shops = shops
    request.seller = shop.ref if shop else None
    request.role = shop.role if shop else ""
    rights = permissions.of_role(request.role) | (permissions.OPERATOR if operator else frozenset())
    request.permissions = rights
    request.can = rights.__contains__
    request.actor = None
