"""The page of the test shop: making it, what it is, going there and back, emptying and deleting it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.sellers import services as sellers
from sellerdesk.sellers.permissions import KEY_CREATE, KEY_VIEW
from sellerdesk.simulator import queries
from sellerdesk.simulator.errors import NoTwin
from sellerdesk.simulator.services import twins


@seller_view(KEY_VIEW)
@require_GET
def page(request: WebRequest) -> HttpResponse:
    return render(request, "simulator/twin.html", _context(request))


@seller_view(KEY_VIEW)
@require_GET
def state(request: WebRequest) -> HttpResponse:
    """The part of the page that changes while goods are copied; asked for every two seconds."""
    return render(request, "simulator/_twin.html", _context(request))


def _context(request: WebRequest) -> dict[str, Any]:
    return {"twin": queries.twin(request.seller), "inside": request.seller.twin_of is not None,
            "may": request.can(KEY_CREATE), "base_url": request.build_absolute_uri("/").rstrip("/")}


@seller_view(KEY_CREATE)
@require_POST
def create(request: WebRequest) -> HttpResponse:
    try:
        twins.create(seller=request.seller, actor=request.actor, real_now=clock.real_now())
    except DomainError as error:
        messages.error(request, refusal_text(error))
    return redirect("twin:page")


@seller_view(KEY_CREATE)
@require_POST
def reset(request: WebRequest) -> HttpResponse:
    return _change(request, twins.reset)


@seller_view(KEY_CREATE)
@require_POST
def delete(request: WebRequest) -> HttpResponse:
    return _change(request, twins.delete)


def _change(request: WebRequest, act: Callable[..., None]) -> HttpResponse:
    found = queries.twin(request.seller)
    try:
        if found is None:
            raise NoTwin()
        act(twin=found.ref, actor=request.actor, real_now=clock.real_now())
        if act is twins.delete:
            if request.seller.twin_of is not None:
                sellers.switch_shop(user_id=int(request.actor.id), seller_id=request.seller.twin_of)
            messages.success(request, _("The test shop is being deleted. Its keys go with it."))
    except DomainError as error:
        messages.error(request, refusal_text(error))
    return redirect("twin:page")
