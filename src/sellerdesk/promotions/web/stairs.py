"""Discounts by quantity of one product: its steps, with price and margin at each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.errors import ProductUnknown
from sellerdesk.core import clock
from sellerdesk.core.http.access import require, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.economics import queries as economics
from sellerdesk.pricing import queries as pricing
from sellerdesk.pricing.types import PriceRow
from sellerdesk.promotions import queries, rules, services, texts
from sellerdesk.promotions.errors import reason_text
from sellerdesk.promotions.types import Stair, StairRemark, StairwayInput, StairwayRow
from sellerdesk.promotions.web.navigation import EDIT, VIEW

_PLACES = range(1, rules.MOST_STAIRS + 1)


class StairwayForm(forms.Form):
    """Up to four steps; those left empty are none."""

    enabled = forms.BooleanField(label=gettext_lazy("Buyers get these discounts"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in _PLACES:
            for name in ("quantity", "discount"):
                self.fields[f"{name}_{place}"] = forms.IntegerField(
                    required=False, min_value=0, max_value=10**6,
                    widget=forms.NumberInput(attrs={"class": "num", "inputmode": "numeric"}))

    @property
    def numbered(self) -> tuple[tuple[int, Stair], ...]:
        given = [(self.cleaned_data.get(f"quantity_{place}"), self.cleaned_data.get(f"discount_{place}"))
                 for place in _PLACES]
        steps = [Stair(quantity or 0, discount or 0) for quantity, discount in given if quantity or discount]
        return tuple(enumerate(steps, 1))


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of the form with the price and the margin of what is kept."""

    place: int
    quantity: Any
    discount: Any
    price: Money | None
    margin: Money | None
    share: str
    remarks: list[str]


@require_http_methods(["GET", "POST"])
@seller_view(VIEW)
def stairway(request: WebRequest, product_id: int) -> HttpResponse:
    """The steps of one product; a step below the lowest price asks whether it is meant."""
    seller, now = request.seller, clock.now()
    refs = catalog.refs(seller, product_ids=[product_id], language=request.language)
    if not refs:
        raise ProductUnknown()
    row = next(iter(queries.stairways(seller, product_ids=[product_id])), None)
    form = StairwayForm(request.POST if request.method == "POST" else None, initial=_initial(row))
    remarks: tuple[StairRemark, ...] = ()
    warned = False
    if request.method == "POST":
        require(request, EDIT)
        if form.is_valid():
            outcome = services.set_stairways(
                seller=seller, changes=[StairwayInput(refs[0].sku, form.cleaned_data["enabled"], form.numbered)],
                suppress_warnings="sure" in request.POST, actor=request.actor, now=now)
            if outcome.accepted:
                messages.success(request, _("The discounts by quantity are saved."))
                return redirect("economics:product", product_id=product_id)
            remarks = outcome.errors.get(refs[0].sku, ()) or outcome.warnings.get(refs[0].sku, ())
            warned = not outcome.errors
    price = pricing.prices(seller, [product_id]).get(product_id)
    return render(request, "promotions/stairway.html", {
        "ref": refs[0], "form": form, "nav_key": "promotions", "warned": warned, "may_edit": request.can(EDIT),
        "price": Money(price.price_minor, seller.currency) if price else None,
        "steps": _steps(request, form, row, price, remarks),
        "remarks": [_said(request, one) for one in remarks if not one.step]},
        status=422 if remarks or form.errors else 200)


def _initial(row: StairwayRow | None) -> dict[str, Any]:
    if row is None:
        return {"enabled": True}
    return {"enabled": row.enabled, **{f"{name}_{place}": getattr(step, name) for place, step in enumerate(row.steps, 1)
                                       for name in ("quantity", "discount")}}


def _steps(request: WebRequest, form: StairwayForm, row: StairwayRow | None, price: PriceRow | None,
           remarks: tuple[StairRemark, ...]) -> list[StepView]:
    seller = request.seller
    kept = dict(enumerate(row.steps, 1)) if row and price else {}
    terms = economics.terms(seller, {price.product_id: price.cost_minor}, clock.now()) if price and kept else {}
    made = []
    for place in _PLACES:
        at = queries.stair_price(price.price_minor, kept[place]) if price and place in kept else None
        unit = economics.unit(terms[price.product_id], at) if price and at and price.product_id in terms else None
        left = unit.margin_minor if unit else None
        made.append(StepView(
            place, form[f"quantity_{place}"], form[f"discount_{place}"], Money(at, seller.currency) if at else None,
            None if left is None else Money(left, seller.currency),
            texts.share(unit.margin_bp) if unit and unit.margin_bp is not None else "",
            [_said(request, one) for one in remarks if one.step == place]))
    return made


def _said(request: WebRequest, one: StairRemark) -> str:
    return reason_text(one.code, one.data, request.seller.currency)
