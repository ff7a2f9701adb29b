"""Screens of delivery methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import Invalid
from sellerdesk.core.http.access import require, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui.forms import add_errors
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory.errors import WarehouseUnknown
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.logistics import permissions, services, tariffs, texts
from sellerdesk.logistics.errors import MethodUnknown
from sellerdesk.logistics.types import MethodChoice
from sellerdesk.logistics.web.forms import MethodForm
from sellerdesk.logistics.web.tabs import tabs


@dataclass(frozen=True, slots=True)
class MethodView:
    """One method as the list shows it."""

    tariff: str
    name: str
    carrier: str
    how: Any
    active: bool
    offered: bool
    bounds: str


@require_GET
@seller_view(permissions.METHODS_VIEW)
def index(request: WebRequest) -> HttpResponse:
    """By warehouse: what parcels are sent by."""
    places = _places(request)
    found = services.methods.choices(seller=request.seller, warehouses=places, now=clock.now())
    return render(request, "logistics/methods.html", {
        "tabs": tabs(request, "methods"), "nav_key": "delivery",
        "warehouses": [(place, [_view(one, request) for one in found[place.id]],
                        any(one.active and one.offered for one in found[place.id])) for place in places]})


@require_http_methods(["GET", "POST"])
@seller_view(permissions.METHODS_VIEW)
def method(request: WebRequest, warehouse_id: int, tariff: str) -> HttpResponse:
    """One method: whether it is used, the shop's own bounds, and what the carrier asks and takes."""
    now = clock.now()
    place = next((row for row in _places(request) if row.id == warehouse_id), None)
    if place is None:
        raise WarehouseUnknown()
    one = next((each for each in services.methods.choices(seller=request.seller, warehouses=[place], now=now)[place.id]
                if each.tariff == tariff), None)
    if one is None:
        raise MethodUnknown()
    editable = request.can(permissions.METHODS_EDIT)
    currency = request.seller.currency
    form = MethodForm(request.POST or None, currency=currency, initial={
        "active": one.active, "max_weight_g": one.max_weight_g, "places": "\n".join(one.places),
        "max_price": "" if one.max_price_minor is None else Money(one.max_price_minor, currency).decimal_text()})
    if request.method == "POST":
        require(request, permissions.METHODS_EDIT)
        if form.is_valid():
            given = form.cleaned_data
            try:
                services.methods.set_method(
                    seller=request.seller, warehouse_id=warehouse_id, tariff=tariff, active=given["active"],
                    max_weight_g=given["max_weight_g"], max_price_minor=given["max_price"], places=given["places"],
                    actor=request.actor, now=now)
            except Invalid as error:
                add_errors(form, error)
            else:
                messages.success(request, _("The delivery method is saved."))
                return redirect("logistics:methods")
    for field in form.fields.values():
        field.disabled = not editable
    return render(request, "logistics/method.html", {
        "form": form, "one": _view(one, request), "place": place, "editable": editable, "nav_key": "delivery",
        "currency": currency, **_tariff(one.tariff, currency, request.language)},
        status=422 if form.errors else 200)


def _places(request: WebRequest) -> list[WarehouseRow]:
    own = request.warehouse_ids
    return [row for row in inventory.warehouses(request.seller)
            if row.state != "archived" and (not own or row.id in own)]


def _view(one: MethodChoice, request: WebRequest) -> MethodView:
    language, bounds = request.language, []
    if one.max_weight_g is not None:
        bounds.append(_("up to %(weight)s") % {"weight": texts.weight(one.max_weight_g)})
    if one.max_price_minor is not None:
        bounds.append(_("goods up to %(amount)s") % {
            "amount": format_money(Money(one.max_price_minor, request.seller.currency), language)})
    if one.places:
        bounds.append(ngettext("to %(count)s place only", "to %(count)s places only", len(one.places)) % {
            "count": len(one.places)})
    return MethodView(one.tariff, localized(one.names, language), localized(one.carrier_names, language),
                      texts.INTEGRATIONS[one.integration], one.active, one.offered, ", ".join(bounds))


def _tariff(key: str, currency: str, language: str) -> dict[str, Any]:
    """The carrier's tariff in force: prices by zone in the shop's currency, and what it takes."""
    rule = dated.all_of("logistics.tariff", clock.now()).get(key)
    if rule is None:
        return {"zones": [], "limits": [], "rule": None}
    tariff = tariffs.read(rule.value)
    zones = [{"name": localized(zone.names, language), "days": texts.days(zone.days),
              "fixed": format_money(Money(zone.prices[currency][0], currency), language),
              "step": format_money(Money(zone.prices[currency][1], currency), language)}
             for zone in tariff.zones if currency in zone.prices]
    limits, bound = [], tariff.limits
    if bound.max_weight_g is not None:
        limits.append((_("Weight"), _("up to %(weight)s") % {"weight": texts.weight(bound.max_weight_g)}))
    if bound.max_side_mm is not None:
        limits.append((_("Longest side"), texts.length(bound.max_side_mm)))
    if bound.max_sides_mm is not None:
        limits.append((_("Three sides together"), texts.length(bound.max_sides_mm)))
    if bound.max_units is not None:
        limits.append((_("Units in a parcel"), formats.number(bound.max_units)))
    if currency in bound.max_price:
        limits.append((_("Price of the goods"), format_money(Money(bound.max_price[currency], currency), language)))
    limits.append((_("Batteries"), _("are taken") if bound.batteries else _("are not taken")))
    if tariff.divisor:
        text = _("volume ÷ %(divisor)s counts as weight where the sides together exceed %(bound)s")
        limits.append((_("Size"), text % {"divisor": tariff.divisor,
                                          "bound": texts.length(tariff.volumetric_above_mm)}))
    return {"zones": zones, "limits": limits, "rule": rule, "step": texts.weight(tariff.step_g)}
