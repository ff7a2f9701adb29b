"""Screens of buyers' requests for a discount."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.economics import queries as economics
from sellerdesk.pricing import queries as pricing
from sellerdesk.promotions import queries, services, states, texts
from sellerdesk.promotions.errors import RequestUnknown, reason_text
from sellerdesk.promotions.services.requests import Answer
from sellerdesk.promotions.web.navigation import EDIT, VIEW, tabs

_TABS = {"": states.OPEN, "approved": (states.APPROVED, states.PURCHASED),
         "declined": (states.DECLINED, states.AUTO_DECLINED)}
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request; `margin` is what would be left of one unit at the price asked for."""

    id: int
    ref: ProductRef | None
    buyer: str
    comment: str
    price: Money
    asked: Money
    asked_text: str
    off: str
    quantity: int
    margin: Money | None
    loss: bool
    until: datetime
    open: bool
    badge: Any
    approved: Money | None


@require_GET
@seller_view(VIEW)
def index(request: WebRequest) -> HttpResponse:
    """Requests by state. The page itself tells that new ones were seen."""
    seller, now = request.seller, clock.now()
    tab = request.GET.get("tab", "")
    page = queries.requests_page(seller, states_in=_TABS.get(tab, states.OPEN), cursor=request.GET.get("c"),
                                 limit=_SHOWN)
    rows = page.rows
    products = sorted({row.product_id for row in rows})
    refs = {ref.id: ref for ref in catalog.refs(seller, product_ids=products, language=request.language)}
    prices = pricing.prices(seller, products)
    costs = {id_: row.cost_minor for id_, row in prices.items()}
    terms = economics.terms(seller, costs, now)
    counts = queries.request_counts(seller)
    views = []
    for row in rows:
        unit = economics.unit(terms[row.product_id], row.requested_minor) if row.product_id in terms else None
        left = unit.margin_minor if unit else None
        asked = Money(row.requested_minor, seller.currency)
        views.append(RequestView(
            row.pk, refs.get(row.product_id), row.buyer_name, row.comment, Money(row.price_minor, seller.currency),
            asked, asked.decimal_text(), texts.share((row.price_minor - row.requested_minor) * 10_000 //
            row.price_minor),
            row.quantity, None if left is None else Money(left, seller.currency), left is not None and left < 0,
            row.answer_by, row.state in states.OPEN and row.answer_by > now, texts.REQUESTS[row.state],
            None if row.approved_minor is None else Money(row.approved_minor, seller.currency)))
    return render(request, "promotions/requests.html", {
        "tabs": tabs(request, "requests"), "nav_key": "promotions", "views": views, "tab": tab, "page": page,
        "unseen": [row.pk for row in rows if row.state == states.NEW],
        "can_edit": request.can(EDIT), "currency": seller.currency, "shown": [
            (key, label, sum(counts.get(state, 0) for state in _TABS[key])) for key, label in (
                ("", _("To answer")), ("approved", _("Approved")), ("declined", _("Declined")))]})


@require_POST
@seller_view(EDIT)
def seen(request: WebRequest) -> HttpResponse:
    """Somebody who may answer has these before their eyes."""
    services.see(seller=request.seller, request_ids=_ids(request))
    return HttpResponse(status=204)


@require_POST
@seller_view(EDIT)
def answer(request: WebRequest, request_id: int) -> HttpResponse:
    """One request: approve at the price typed, or decline."""
    return _answer(request, [request_id], own_prices=True)


@require_POST
@seller_view(EDIT)
def selected(request: WebRequest) -> HttpResponse:
    """The ticked ones: approve at the prices asked for, or decline."""
    return _answer(request, _ids(request), own_prices=False)


def _ids(request: WebRequest) -> list[int]:
    return [int(text) for text in request.POST.getlist("ids") if text.isdecimal() and len(text) < 19]


def _answer(request: WebRequest, ids: list[int], *, own_prices: bool) -> HttpResponse:
    seller = request.seller
    approve = request.POST.get("do") == "approve"
    known = {row.pk: row for row in queries.requests_after(seller, states_in=states.OPEN, limit=1000)}
    answers = []
    for id_ in ids:
        row = known.get(id_)
        price = None
        if approve and row is not None:
            price = row.requested_minor
            if own_prices and (text := request.POST.get(f"price_{id_}", "").strip()[:40]):
                try:
                    price = Money.parse(text, seller.currency).amount_minor
                except Invalid as error:
                    messages.error(request, error.fields[0].text)
                    return redirect("promotions:requests")
        answers.append(Answer(id_, price, 1, row.quantity if row else 1, request.POST.get("comment", "")[:500]))
    try:
        made = services.answer(seller=seller, answers=answers, actor=request.actor, now=clock.now())
    except DomainError as error:
        messages.error(request, error.text)
        return redirect("promotions:requests")
    if own_prices and made and made[0].code == RequestUnknown.code:
        raise RequestUnknown()
    done = sum(not one.code for one in made)
    if done:
        messages.success(request, ngettext("%(count)s request answered.", "%(count)s requests answered.", done)
                         % {"count": done})
    for one in [one for one in made if one.code][:5]:
        messages.warning(request, reason_text(one.code, one.data, seller.currency))
    return redirect("promotions:requests")
