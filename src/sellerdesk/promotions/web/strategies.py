"""Screens of strategies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import clock
from sellerdesk.core.errors import Invalid
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui.forms import add_errors
from sellerdesk.promotions import texts
from sellerdesk.promotions.errors import reason_text
from sellerdesk.promotions.queries import strategies as queries
from sellerdesk.promotions.services import strategies as services
from sellerdesk.promotions.web.forms import StrategyForm
from sellerdesk.promotions.web.navigation import EDIT, VIEW, tabs


@dataclass(frozen=True, slots=True)
class Row:
    """A product of a strategy, or a line of its log."""

    ref: ProductRef | None
    before: Money
    after: Money | None
    competitor: str
    competitor_price: Money | None
    coefficient: str
    outcome: Any
    at: datetime | None = None
    stopped: bool = False


@require_GET
@seller_view(VIEW)
def index(request: WebRequest) -> HttpResponse:
    """All strategies of the shop."""
    return render(request, "promotions/strategies.html", {
        "tabs": tabs(request, "strategies"), "nav_key": "promotions", "can_edit": request.can(EDIT),
        "rows": queries.strategies(request.seller)})


@require_http_methods(["GET", "POST"])
@seller_view(EDIT)
def edit(request: WebRequest, strategy_id: str = "") -> HttpResponse:
    """A new strategy, or another one of the same."""
    row = queries.strategy(request.seller, strategy_id) if strategy_id else None
    more = request.POST if request.POST.get("more") else None
    form = StrategyForm(
        None if more else request.POST or None, typed=more, seller=request.seller,
        followed=row.competitors if row else (),
        initial={"name": row.name, "stop_loss": row.stop_loss_bp / 100} if row else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.put_strategy(
                seller=request.seller, name=form.cleaned_data["name"], competitors=form.chosen, actor=request.actor,
                now=clock.now(), strategy_id=row.id if row else "",
                stop_loss_bp=int(form.cleaned_data["stop_loss"] * 100))
        except Invalid as error:
            text = {"competitors": _("Give at least one competitor a coefficient."),
                    "coefficient": _("A coefficient lies between 0.5 and 1.2.")}.get(error.field)
            if text:
                form.add_error(None, text)
            else:
                add_errors(form, error)
        else:
            messages.success(request, _("Saved. Add products next; each needs a lowest price."))
            return redirect("promotions:strategy", made)
    return render(request, "promotions/strategy_form.html", {
        "form": form, "row": row, "nav_key": "promotions"}, status=422 if form.errors else 200)


@require_GET
@seller_view(EDIT)
def competitors(request: WebRequest) -> JsonResponse:
    """Shops by words of their names, for the searchable select."""
    found = queries.competitors_like(request.seller, request.GET.get("q", "")[:100])
    return JsonResponse([{"value": str(id_), "text": name} for id_, name in found], safe=False)


@require_GET
@seller_view(VIEW)
def strategy(request: WebRequest, strategy_id: str) -> HttpResponse:
    """One strategy: what it would do now, which products follow it, and what it did."""
    seller = request.seller
    row = queries.strategy(seller, strategy_id)
    inside = queries.strategy_products(seller, strategy_id=row.id)
    page = queries.strategy_log(seller, row.id, cursor=request.GET.get("c"))
    log = page.rows
    refs = {ref.id: ref for ref in catalog.refs(
        seller, product_ids=[*(one.product_id for one in inside), *(one.product_id for one in log)],
        language=request.language)}
    names = dict(queries.competitors(seller, {
        *(id_ for id_, _bp in row.competitors), *(one.competitor_id for one in log),
        *(one.competitor_id for one in inside if one.competitor_id)}))
    tried = {one.product_id: one for one in services.try_strategy(seller=seller, strategy_id=row.id, now=clock.now())}
    return render(request, "promotions/strategy.html", {
        "row": row, "nav_key": "promotions", "page": page, "can_edit": request.can(EDIT), "enabled": row.enabled,
        "competitors": [(names.get(id_, id_), f"{bp / 10_000:g}") for id_, bp in row.competitors],
        "stop_loss": texts.share(row.stop_loss_bp),
        "products": [_tried(tried.get(one.product_id), one, refs, names, seller.currency) for one in inside],
        "log": [Row(refs.get(one.product_id), Money(one.before_minor, seller.currency),
                    Money(one.after_minor, seller.currency), names.get(one.competitor_id, ""),
                    Money(one.competitor_minor, seller.currency), f"{one.coefficient_bp / 10_000:g}",
                    texts.OUTCOMES.get(one.outcome, one.outcome), one.at) for one in log]})


def _tried(tried: services.Tried | None, one: Any, refs: Mapping[int, ProductRef], names: Mapping[int, str],
           currency: str) -> Row:
    seen = tried.followed.seen if tried else None
    stopped = one.stopped_at is not None or bool(tried and tried.followed.outcome == "stopped")
    return Row(
        refs.get(one.product_id), Money(tried.before_minor if tried else one.price_minor or one.base_minor, currency),
        Money(tried.followed.price_minor, currency) if tried and seen else None,
        names.get(seen.competitor_id, "") if seen else "", Money(seen.price_minor, currency) if seen else None,
        f"{tried.followed.coefficient_bp / 10_000:g}" if tried and seen else "",
        texts.OUTCOMES["stopped" if stopped else tried.followed.outcome if tried else "alone"], None, stopped)


@require_POST
@seller_view(EDIT)
def products(request: WebRequest, strategy_id: str) -> HttpResponse:
    """Add products by offer id, SKU, or take one out."""
    words = request.POST.get("offers", "").replace(",", " ").split()[:services.MAX_PRODUCTS]
    try:
        if request.POST.get("remove", "").isdecimal():
            services.remove_products(seller=request.seller, product_ids=[int(request.POST["remove"])],
                                     actor=request.actor, now=clock.now())
            return redirect("promotions:strategy", strategy_id)
        refs = catalog.refs(request.seller, offer_ids=words,
                            skus=[int(word) for word in words if word.isdecimal() and len(word) < 16])
        refused = services.add_products(
            seller=request.seller, strategy_id=strategy_id, product_ids=[ref.id for ref in refs],
            actor=request.actor, now=clock.now())
    except Invalid as error:
        messages.error(request, error.text)
        return redirect("promotions:strategy", strategy_id)
    named = {ref.offer_id for ref in refs} | {str(ref.sku) for ref in refs}
    told = [(word, "NOT_FOUND") for word in words if word not in named] + [
        (ref.offer_id, refused[ref.id]) for ref in refs if ref.id in refused]
    for word, code in told[:5]:
        messages.warning(request, f"{word}: {reason_text(code, {}, request.seller.currency)}")
    if len(refs) > len(refused):
        messages.success(request, _("Added. Prices follow at the next look, within the hour."))
    return redirect("promotions:strategy", strategy_id)


@require_POST
@seller_view(EDIT)
def switch(request: WebRequest, strategy_id: str) -> HttpResponse:
    """On or off."""
    services.switch_strategy(seller=request.seller, strategy_id=strategy_id,
                             enabled=request.POST.get("enabled") == "1", actor=request.actor, now=clock.now())
    return redirect("promotions:strategy", strategy_id)


@require_POST
@seller_view(EDIT)
def delete(request: WebRequest, strategy_id: str) -> HttpResponse:
    """Forget it."""
    services.delete_strategy(seller=request.seller, strategy_id=strategy_id, actor=request.actor, now=clock.now())
    return redirect("promotions:strategies")
