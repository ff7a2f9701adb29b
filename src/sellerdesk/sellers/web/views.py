"""The first steps of a shop, and changing between shops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import clock
from sellerdesk.core.errors import NotFound
from sellerdesk.core.http.access import seller_view, user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui.tables import next_url
from sellerdesk.inventory import queries as inventory
from sellerdesk.sellers import permissions, queries, services


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One thing a new shop does, and whether it is done."""

    title: Any
    text: Any
    icon: str
    href: str
    action: Any
    done: bool
    optional: bool = False


@seller_view(permissions.SHOP_VIEW)
def welcome(request: WebRequest) -> HttpResponse:
    """What a new shop does first. Each tick is computed from the shop's own data."""
    seller = request.seller
    has_products = bool(catalog.counts(seller, ("",))[""])
    steps = [
        FirstStep(gettext_lazy("Register company and shop"), gettext_lazy("Done when you signed up."), "building-store",
                  "", "", True),
        FirstStep(gettext_lazy("Add a warehouse"), gettext_lazy("Where your goods lie and parcels are handed over."),
                  "building-warehouse", reverse("inventory:warehouse_new"), gettext_lazy("Add warehouse"),
                  bool(inventory.warehouses(seller))),
        FirstStep(gettext_lazy("Add products"), gettext_lazy("One by one, or hundreds from a spreadsheet."), "package",
                  reverse("catalog:products"), gettext_lazy("To the products"), has_products),
        FirstStep(gettext_lazy("Set prices and stock"), gettext_lazy("Buyers find what has a price and lies in stock."),
                  "tag", reverse("inventory:stocks"), gettext_lazy("To the stocks"), inventory.keeps_any(seller)),
        FirstStep(gettext_lazy("Connect your programs"), gettext_lazy("With an API key your own systems keep products, "
                                                                      "prices and orders in step."),
                  "api", reverse("sellers:key_new"), gettext_lazy("Create an API key"),
                  queries.has_keys(seller, clock.real_now()), optional=True),
    ]
    done = sum(step.done for step in steps)
    current = next((step for step in steps if not step.done), None)
    return render(request, "sellers/welcome.html", {
        "steps": steps, "done": done, "total": len(steps), "current": current})


@user_view
@require_POST
def switch(request: WebRequest) -> HttpResponse:
    """Work in another of one's shops. Pages of single things belong to the old shop, so only lists are returned to."""
    wanted = request.POST.get("seller", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
        raise NotFound("seller_not_found")
    services.switch_shop(user_id=int(request.actor.id), seller_id=int(wanted))
    return redirect(next_url(request))
