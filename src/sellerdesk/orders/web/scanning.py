"""Scan mode: one page that works with a scanner or a camera, on a phone, and while there is no connection."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import public_view, seller_view
from sellerdesk.core.http.middleware import allow_camera
from sellerdesk.core.http.request import WebRequest
from sellerdesk.orders import permissions, queries, services, texts
from sellerdesk.orders.types import ScanAnswer, ScanPosting, UnitInput
from sellerdesk.orders.web import scope

_LONGEST_BODY = 200_000


@require_GET
@seller_view(permissions.SHIP)
def page(request: WebRequest) -> HttpResponse:
    """The page itself holds nothing of the shop: its work comes as data, so that it may lie in the phone's cache."""
    response = render(request, "orders/scan.html", {
        "owner": f"{request.user.pk}-{request.seller.id}",
        "words": {key: str(text) for key, text in texts.SCANNING.items()}})
    allow_camera(response)
    return response


@require_GET
@seller_view(permissions.SHIP)
def work(request: WebRequest) -> JsonResponse:
    """What waits to be packed, without buyers; with a fresh token for what will be sent later."""
    found = queries.scan_work(request.seller, request.warehouse_ids)
    response = JsonResponse({"token": get_token(request), "at": clock.now().isoformat(),
                             "postings": [_posting(one) for one in found]})
    response["Cache-Control"] = "no-store"
    return response


def _posting(one: ScanPosting) -> dict[str, Any]:
    return {"number": one.number, "order": one.order_number, "ship_by": one.ship_by.isoformat(),
            "codes": list(one.codes), "lines": [{
                "sku": line.sku, "offer": line.offer_id, "name": line.name, "quantity": line.quantity,
                "codes": list(line.codes), "scans": list(line.scans), "more": line.asks_more, "least": line.least_g,
                "most": line.most_g} for line in one.lines]}


@require_POST
@seller_view(permissions.SHIP)
def act(request: WebRequest) -> JsonResponse:
    """One act of the queue. What is refused is an answer, not an error: the queue goes on with the next."""
    try:
        key, number, counted, described = _read(request)
        scope.require(request, number)
        answer = services.pack_scanned(seller=request.seller, key=key, number=number, counted=counted,
                                       described=described, actor=request.actor, now=clock.now())
    except DomainError as refused:
        answer = ScanAnswer("", refused.code, refusal_text(refused))
    return JsonResponse({"code": answer.code, "text": answer.text, "repeated": answer.repeated})


def _read(request: WebRequest) -> tuple[str, str, dict[int, int], dict[int, tuple[UnitInput, ...]]]:
    """The act as the page sent it. Raises Invalid where it is none."""
    try:
        if len(request.body) > _LONGEST_BODY:
            raise ValueError
        sent = json.loads(request.body)
        counted = {int(sku): int(count) for sku, count in sent["counted"].items()}
        described = {int(sku): tuple(_unit(row) for row in rows) for sku, rows in sent["units"].items()}
        return str(sent["key"])[:36], str(sent["number"])[:28], counted, described
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Invalid("scan_unreadable", _("This scan cannot be read. Reload the page and scan again.")) from None


def _unit(row: dict[str, Any]) -> UnitInput:
    weight = row.get("weight")
    return UnitInput(mark=str(row.get("mandatory_mark", ""))[:200], uin=str(row.get("jw_uin", ""))[:40],
                     imeis=tuple(str(row["imei"])[:40].split()) if row.get("imei") else (),
                     weight_g=int(weight) if weight else None)


@require_GET
@public_view
def worker(request: WebRequest) -> HttpResponse:
    """The service worker that keeps the page at hand without connection; it lives under the page's own address."""
    response = render(request, "orders/scan_worker.js", {"script": static("orders/scan.js")},
                      content_type="text/javascript")
    response["Cache-Control"] = "no-store"
    return response

