"""Screens of unit economics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.errors import ProductUnknown
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.access import require, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import forms as kit
from sellerdesk.economics import queries, rules, services, texts
from sellerdesk.economics.types import Stored, Terms, Unit
from sellerdesk.economics.web.forms import SettingsForm, WhatIfForm, initial_of
from sellerdesk.economics.web.tables import EconomyTable, view_of
from sellerdesk.pricing import queries as pricing
from sellerdesk.promotions import queries as promotions
from sellerdesk.sellers.types import SellerRef

VIEW, EDIT = "pricing:price:view", "pricing:price:bulk"


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of a price as a page shows it; `width` is its share of the price in percent, for a bar."""

    label: Any
    amount: Money | None
    note: str
    rule: dated.Note | None
    width: int
    tone: str


@require_GET
@seller_view(VIEW)
def products(request: WebRequest) -> HttpResponse:
    """Every product with what is left of its price."""
    table = EconomyTable(request)
    page = catalog.products_page(request.seller, filter=ProductFilter(search=table.where.get("q", "")),
                                 cursor=table.cursor, limit=table.page_size, language=request.language)
    prices = pricing.prices(request.seller, [row.id for row in page.rows])
    known = queries.units(request.seller, {id_: (row.price_minor, row.cost_minor) for id_, row in prices.items()},
                          clock.now(), with_break_even=True)
    table.fill([view_of(row, known.get(row.id), request.seller.currency) for row in page.rows],
               next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    return table.respond("economics/products.html", lambda: {"can_edit": request.can(EDIT)})


@require_GET
@seller_view(VIEW)
def product(request: WebRequest, product_id: int) -> HttpResponse:
    """One product: what its price is made of, and what other figures would do. Nothing is written."""
    refs = catalog.refs(request.seller, product_ids=[product_id], language=request.language)
    if not refs:
        raise ProductUnknown()
    now, seller = clock.now(), request.seller
    row = pricing.prices(seller, [product_id]).get(product_id)
    price, cost = (row.price_minor, row.cost_minor) if row else (0, 0)
    own = queries.terms(seller, {product_id: cost}, now)[product_id]
    tried = any(key in request.GET for key in WhatIfForm.base_fields)
    form = WhatIfForm(request.GET if tried else None, currency=seller.currency,
                      initial=_initial(own, queries.settings(seller).tax, price, cost, seller.currency))
    booked = queries.stored(seller, [refs[0].sku], now).get(refs[0].sku)
    page: dict[str, Any] = {"stored": stored_view(booked, own, seller.currency) if booked else None,
                            "ref": refs[0], "form": form, "nav_key": "economics", "currency": seller.currency,
                            "price_known": bool(price), "tried": tried}
    if row and price:
        page["stairs"] = stair_views(seller, product_id, price, row.min_price_minor, own)
    if not tried:
        page |= told(own, price, seller.currency, None) if price else {}
    elif form.is_valid() and (price or form.cleaned_data["price"]):
        given = form.cleaned_data["cost"]
        terms = queries.terms(seller, {product_id: cost if given is None else given}, now,
                              what_if=form.what_if)[product_id]
        page |= told(terms, form.price_of(price), seller.currency, rules.unit(own, price) if price else None)
    return render(request, "economics/_unit.html" if request.htmx else "economics/product.html", page,
                  status=422 if tried and form.errors and not request.htmx else 200)


def _initial(terms: Terms, tax: str, price: int, cost: int, currency: str) -> dict[str, Any]:
    return {"price": Money(price, currency).decimal_text() if price else "", "change": 0,
            "cost": Money(cost, currency).decimal_text() if cost else "", "returns": terms.returns_bp / 100,
            "fx": terms.fx_bp / 100, "packing": Money(terms.packing_minor, currency).decimal_text(), "tax": tax}


def told(terms: Terms, price: int, currency: str, before: Unit | None) -> dict[str, Any]:
    """What `_unit.html` shows of a price."""
    unit = rules.unit(terms, price)
    return {"unit": unit, "parts": part_views(unit, terms, currency), **figures(unit, currency),
            "was": Money(before.margin_minor, currency) if before and before.margin_minor is not None else None,
            "terms": terms}


@dataclass(frozen=True, slots=True)
class StairView:
    """One step of a discount by quantity; `margin` is that of one unit, None while the cost is not known."""

    quantity: int
    discount: int
    price: Money
    margin: Money | None
    share: str
    below: bool


def stair_views(seller: SellerRef, product_id: int, price: int, least: int, terms: Terms) -> list[StairView]:
    """The steps that buyers get, with what is left at each. One query."""
    row = next(iter(promotions.stairways(seller, product_ids=[product_id])), None)
    made = []
    for step in row.steps if row and row.enabled else ():
        at = promotions.stair_price(price, step)
        unit = rules.unit(terms, at, with_break_even=False)
        left = unit.margin_minor
        made.append(StairView(step.quantity, step.discount, Money(at, seller.currency),
                              None if left is None else Money(left, seller.currency),
                              "" if unit.margin_bp is None else texts.share(unit.margin_bp),
                              at < least))
    return made


def stored_view(booked: Stored, terms: Terms, currency: str) -> dict[str, Any]:
    """What storing was booked at beside the estimate."""
    each = booked.per_unit_minor
    return {"amount": Money(booked.amount_minor, currency), "sold": booked.sold, "days": queries.STORED_DAYS,
            "each": None if each is None else Money(each, currency),
            "estimate": None if terms.storage_minor is None else Money(terms.storage_minor, currency)}


def figures(unit: Unit, currency: str) -> dict[str, Any]:
    """The four figures above the parts."""
    return {"margin": None if unit.margin_minor is None else Money(unit.margin_minor, currency),
            "margin_share": None if unit.margin_bp is None else texts.share(unit.margin_bp),
            "roi": None if unit.roi_bp is None else texts.share(unit.roi_bp),
            "break_even": None if unit.break_even_minor is None else Money(unit.break_even_minor, currency),
            "loss": unit.margin_minor is not None and unit.margin_minor < 0}


def part_views(unit: Unit, terms: Terms, currency: str) -> list[PartView]:
    """The parts that are something, each with its explanation and the rule behind it."""
    notes = dated.notes(part.rule_id for part in unit.parts)
    made = []
    for part in unit.parts:
        if part.amount_minor == 0 and part.key not in ("price", "cost"):
            continue
        amount = None if part.amount_minor is None else Money(part.amount_minor, currency)
        made.append(PartView(
            texts.PARTS[part.key], amount, texts.note(part, terms), notes.get(part.rule_id) if part.rule_id else None,
            min(100, abs(part.amount_minor or 0) * 100 // unit.price_minor),
            "price" if part.key == "price" else "cost"))
    return made


@require_http_methods(["GET", "POST"])
@seller_view(VIEW)
def settings(request: WebRequest) -> HttpResponse:
    """What the shop says about its costs; the same figures are used beside every price."""
    known = queries.settings(request.seller)
    bound = request.method == "POST"
    form = SettingsForm(request.POST if bound else None, currency=request.seller.currency,
                        initial=initial_of(known, request.seller.currency))
    if bound:
        require(request, EDIT)
        if form.is_valid():
            try:
                services.set_settings(seller=request.seller, settings=form.settings, actor=request.actor,
                                      now=clock.now())
            except DomainError as error:
                kit.add_errors(form, error)
            else:
                messages.success(request, _("Saved. Margins everywhere follow these figures now."))
                return redirect("economics:settings")
    return render(request, "economics/settings.html", {
        "form": form, "nav_key": "economics", "currency": request.seller.currency, "can_edit": request.can(EDIT)},
        status=422 if form.errors else 200)
