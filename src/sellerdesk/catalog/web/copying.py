"""Selling by somebody's SKU, and the switch that forbids others to do so with this shop's cards."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sellerdesk.catalog import queries, services
from sellerdesk.catalog.permissions import PRODUCT_EDIT
from sellerdesk.catalog.types import CopyItem
from sellerdesk.core import clock
from sellerdesk.core.http import posted
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest

SHOP_EDIT = "sellers:shop:edit"


@require_http_methods(["GET", "POST"])
@seller_view(PRODUCT_EDIT)
def by_sku(request: WebRequest) -> HttpResponse:
    """Looks a card up by its SKU or barcode; takes it over under the shop's own offer id and price."""
    sent = request.POST if request.method == "POST" else request.GET
    text = sent.get("sku", "").strip()[:100]
    skus = posted.numbers([text])
    found = queries.copyable(request.seller, skus) if skus else {}
    if text and not found:
        skus = [sku for sku, _type in queries.by_barcode(text)]
        found = queries.copyable(request.seller, skus)
    problem = ""
    if request.method == "POST" and found:
        wanted = next(iter(found.values()))
        offer_id, price = sent.get("offer_id", "").strip()[:200], sent.get("price", "").strip()[:40]
        if not offer_id:
            problem = _("Give the product an offer ID: your own article number, unique in your shop.")
        elif queries.refs(request.seller, offer_ids=[offer_id]):
            problem = _("Another product of your shop has this offer ID. Choose a different one.")
        else:
            asked = services.copying.copy_by_sku(
                seller=request.seller, items=[CopyItem(wanted.sku, offer_id, price={"price": price} if price else {})],
                actor=request.actor, now=clock.now(), source="sku")
            return redirect("catalog:import", task_id=asked.task_id)
    origin = next(iter(found.values()), None)
    kind = queries.type_info([origin.draft.type_id], request.language).get(origin.draft.type_id) if origin else None
    return render(request, "catalog/by_sku.html", {
        "nav_key": "products", "text": text, "origin": origin, "kind": kind, "problem": problem,
        "image": f"/media/{origin.draft.images[0].key}" if origin and origin.draft.images
        and origin.draft.images[0].key else "",
        "offer_id": sent.get("offer_id", ""), "price": sent.get("price", ""), "currency": request.seller.currency,
        "forbidden": queries.copying_forbidden(request.seller), "may_forbid": request.can(SHOP_EDIT)},
        status=422 if problem else 200)


@require_POST
@seller_view(SHOP_EDIT)
def forbid(request: WebRequest) -> HttpResponse:
    """The owner's switch."""
    forbidden = request.POST.get("forbidden") == "1"
    services.copying.forbid(seller=request.seller, forbidden=forbidden, actor=request.actor, now=clock.now())
    messages.success(request, _("Others can no longer take over your cards.") if forbidden
                     else _("Others may take over your cards again."))
    return redirect("catalog:by_sku")
