"""The calculator: what would be left of goods that are no product yet. Nothing is written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.queries.facets import category_paths
from sellerdesk.core import clock
from sellerdesk.core.http import posted
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.economics import queries
from sellerdesk.economics.types import Sketch
from sellerdesk.economics.web.forms import SketchForm
from sellerdesk.economics.web.views import VIEW, told
from sellerdesk.sellers.types import SellerRef


@require_GET
@seller_view(VIEW)
def calculator(request: WebRequest) -> HttpResponse:
    """Price, cost, weight and route in the address; margin, return on the cost and break-even by the engine that stands
    beside every price."""
    seller, now = request.seller, clock.now()
    category_id, type_id = (posted.number(request.GET.get(name, "")) for name in ("category", "type"))
    tried = bool(request.GET.get("price"))
    form = _form(seller, category_id, request.GET if tried else None)
    paths = category_paths(request.language)
    above = {path[at][0] for path in paths.values() for at in range(len(path) - 1)}
    page: dict[str, Any] = {"form": form, "nav_key": "economics", "currency": seller.currency, "tried": False,
                            "category_id": category_id, "type_id": type_id,
                            "category": paths[category_id][-1][1] if category_id in paths else "",
                            "categories": sorted(((id_, " › ".join(name for _id, name in path[-2:]))
                                                  for id_, path in paths.items() if id_ not in above),
                                                 key=lambda row: row[1])}
    if tried and form.is_valid():
        what_if, [usual] = form.what_if, queries.sketch_terms(seller, [Sketch(category_id)], now)
        if what_if.returns_bp == usual.returns_bp:
            # The usual share says by itself where it comes from.
            what_if = replace(what_if, returns_bp=None)
        [terms] = queries.sketch_terms(seller, [form.sketch(category_id, type_id)], now, what_if=what_if)
        page |= told(terms, max(1, form.cleaned_data["price"] or 1), seller.currency, None)
    return render(request, "economics/_unit.html" if request.htmx else "economics/calculator.html", page,
                  status=422 if tried and form.errors and not request.htmx else 200)


def _form(seller: SellerRef, category_id: int, given: QueryDict | None) -> SketchForm:
    """What is not given is as usual in the shop."""
    now, own, language = clock.now(), queries.settings(seller), get_language() or "en"
    [usual] = queries.sketch_terms(seller, [Sketch(category_id)], now)
    initial = {"vat": queries.usual_vat(seller), "tax": own.tax, "fx": own.fx_bp / 100,
               "returns": usual.returns_bp / 100,
               "packing": Money(own.packing_minor, seller.currency).decimal_text()}
    data = None
    if given is not None:
        data = given.copy()
        for name, value in initial.items():
            data.setdefault(name, str(value))
    return SketchForm(
        data, currency=seller.currency, rates=catalog.VAT_RATES, initial=initial,
        routes=[(one.key, one.names.get(language) or one.names["en"]) for one in queries.routes(seller, now)])
