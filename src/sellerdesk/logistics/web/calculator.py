"""The calculator of delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import clock
from sellerdesk.core.http import posted
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.money import Money, format_money
from sellerdesk.core.rules import Source
from sellerdesk.inventory import queries as inventory
from sellerdesk.logistics import permissions, queries, services, texts
from sellerdesk.logistics.tariffs import HOME, Charge
from sellerdesk.logistics.types import Offer, QuoteRequest
from sellerdesk.logistics.web.forms import CalculatorForm
from sellerdesk.logistics.web.tabs import tabs
from sellerdesk.pricing import queries as pricing


@dataclass(frozen=True, slots=True)
class OfferView:
    """One service as the page shows it."""

    name: str
    carrier: str
    how: Any
    chosen: bool
    price: str
    formula: str
    weights: list[str]
    zone: str
    days: str
    reasons: list[Any]
    since: datetime
    source: Source


@require_GET
@seller_view(permissions.CALCULATE)
def calculator(request: WebRequest) -> HttpResponse:
    """What every service asks for a parcel, with its formula, or why it refuses."""
    now = clock.now()
    own = request.warehouse_ids
    places = [(row.id, row.name) for row in inventory.warehouses(request.seller)
              if row.state != "archived" and (not own or row.id in own)]
    bound = "warehouse" in request.GET
    form = CalculatorForm(request.GET if bound else None, warehouses=places, countries=queries.destinations(now),
                          currency=request.seller.currency, initial={"quantity": 1, "country": HOME, **_asked(request)})
    found: list[OfferView] = []
    parcel = ""
    if bound and form.is_valid():
        wish = _request(request, form, now)
        if wish:
            parcel = _parcel(wish)
            found = [_view(offer, request.seller.currency, request.language)
                     for offer in services.calculate(seller=request.seller, request=wish)]
    page = {"form": form, "offers": [one for one in found if one.price], "refused": [one for one in found
                                                                                  if not one.price],
            "parcel": parcel, "places": places, "nav_key": "delivery", "tabs": tabs(request, "calculator"),
            "currency": request.seller.currency}
    return render(request, "logistics/_offers.html" if request.htmx else "logistics/calculator.html", page,
                  status=422 if bound and form.errors and not request.htmx else 200)


def _asked(request: WebRequest) -> dict[str, str]:
    """A product named in the address of a link, without anything else."""
    return {"product": request.GET["product"]} if request.GET.get("product") else {}


def _request(request: WebRequest, form: CalculatorForm, now: datetime) -> QuoteRequest | None:
    """The parcel that was asked for; None after writing into the form what is wrong with the product."""
    given = form.cleaned_data
    to = {"city": given["city"], "region": given["region"], "country": given["country"]}
    if not given["product"]:
        sides = tuple(given[name] or 0 for name in ("length_mm", "width_mm", "height_mm"))
        return QuoteRequest(given["warehouse"], given["weight_g"], at=now, price_minor=given["price"], **to,
                            sides_mm=(sides[0], sides[1], sides[2]), batteries=given["batteries"])
    product = _product(request, given["product"].strip())
    if product is None:
        form.add_error("product", _("There is no product “%(value)s” in your shop.") % {"value": given["product"]})
        return None
    price = pricing.prices(request.seller, [product.id]).get(product.id)
    count = given["quantity"]
    return QuoteRequest(
        given["warehouse"], product.weight_g * count, at=now, **to,
        sides_mm=services.packed_sides([(product.sides_mm, count)]),
        price_minor=price.price_minor * count if price else 0,
        batteries=services.has_batteries(product.type_id, now) or given["batteries"],
        goods=((product.type_id, product.category_id),))


def _product(request: WebRequest, text: str) -> ProductRef | None:
    found = catalog.refs(request.seller, offer_ids=[text])
    if not found and (skus := posted.numbers([text])):
        found = catalog.refs(request.seller, skus=skus)
    return found[0] if found else None


def _parcel(wish: QuoteRequest) -> str:
    """The parcel in a line: weight, and the box where it is known."""
    box = " × ".join(texts.length(side) for side in wish.sides_mm) if all(wish.sides_mm) else _("size not known")
    return f"{texts.weight(wish.weight_g)} · {box}"


def _view(offer: Offer, currency: str, language: str) -> OfferView:
    charge = offer.charge
    return OfferView(
        localized(offer.names, language), localized(offer.carrier_names, language),
        texts.INTEGRATIONS[offer.integration], offer.chosen,
        _money(charge.amount_minor, currency, language) if charge else "",
        _formula(charge, currency, language) if charge else "", _weights(charge) if charge else [],
        localized(charge.zone, language) if charge else "", texts.days(charge.days) if charge else "",
        [texts.refusal(one, currency) for one in offer.refused], offer.valid_from, offer.source)


def _money(minor: int, currency: str, language: str) -> str:
    return format_money(Money(minor, currency), language)


def _formula(charge: Charge, currency: str, language: str) -> str:
    """65.00 + 13 × 3.50 = 110.50"""
    fixed, step, amount = (_money(minor, currency, language)
                           for minor in (charge.fixed_minor, charge.per_step_minor, charge.amount_minor))
    return f"{fixed} + {charge.steps} × {step} = {amount}"


def _weights(charge: Charge) -> list[str]:
    """How the number of steps came about."""
    told = []
    if charge.volumetric_g is not None:
        told.append(_("Size counts: volume ÷ %(divisor)s = %(weight)s.") % {
            "divisor": charge.divisor, "weight": texts.weight(charge.volumetric_g)})
    told.append(ngettext("%(count)s begun step of %(step)s in %(weight)s.",
                         "%(count)s begun steps of %(step)s in %(weight)s.", charge.steps) % {
        "count": charge.steps, "step": texts.weight(charge.step_g), "weight": texts.weight(charge.charged_g)})
    return told
