"""A shop that asks for a second step stays shut for members without one, from the day it said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sellerdesk.accounts import queries as accounts
from sellerdesk.core import clock
from sellerdesk.core.http.quiet import is_quiet
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import formats
from sellerdesk.core.ui.banners import Banner, register
from sellerdesk.sellers.types import Shop


class SecondFactorMiddleware:
    """Stands after the shop's middleware. Costs a query only for people whom their shop asks for a second step.

    Only pages of shops are shut: a person's own pages, where the second step is set up, other shops and signing out
    stay open. Programs with API keys have no person and are not concerned.
    """

    def __init__(self, get_response: Callable[[WebRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: WebRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: WebRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if is_quiet(request) or getattr(view, "access", ("",))[0] != "seller" or not request.user.is_authenticated:
            return None
        shop = _here(request)
        if shop is None or shop.second_factor_from is None or accounts.has_second_factor(request.user.pk):
            return None
        if shop.second_factor_from > clock.real_now():
            request.second_factor_due = shop.second_factor_from  # type: ignore[attr-defined]
            return None
        page = reverse("accounts:security")
        if getattr(request, "htmx", False):
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = page
            return answer
        return redirect(page)


def _here(request: WebRequest) -> Shop | None:
    seller = request.seller
    return next((shop for shop in request.shops if seller is not None and shop.id == seller.id), None)


def due_soon(request: WebRequest) -> Banner | None:
    """Until the day comes: what is asked, and where to do it."""
    due = getattr(request, "second_factor_due", None)
    if due is None:
        return None
    return Banner("second-factor-due", _("From %(day)s on this shop asks you for a second step to sign in.") % {
        "day": formats.day(due)}, "warning", ((_("Set it up now"), reverse("accounts:security")),))


register(due_soon)
