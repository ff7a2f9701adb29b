"""Screens of the marketplace's actions and of the products in any action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.queries import reference
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.access import require, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.spreadsheet import csv_response
from sellerdesk.economics import queries as economics
from sellerdesk.economics.types import Unit, WhatIf
from sellerdesk.pricing import queries as pricing
from sellerdesk.promotions import queries, rules, services, states, texts
from sellerdesk.promotions.errors import reason_text
from sellerdesk.promotions.services import sheets
from sellerdesk.promotions.types import ActionCounts, ActionRow, Candidate, Entry, JoinInput, JoinOutcome, Overlap
from sellerdesk.promotions.web.navigation import EDIT, VIEW, tabs

_PAGE = 100
_CALENDAR_DAYS = 42


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action in a list; `start` and `length` place it in the calendar, percent of its days."""

    row: ActionRow
    badge: Any
    promise: str
    kind: Any
    counts: ActionCounts
    frozen: bool
    start: int = 0
    length: int = 0
    spent: Money | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A product on an action's page. `price` and `stock` are as typed or as they are; `problem` says why not."""

    ref: ProductRef
    now: Money
    after: Money | None
    price: str
    stock: str
    min: Money | None
    margin: Money | None
    margin_share: str
    loss: bool
    free: int
    joined: bool
    auto: bool
    sold: int
    problem: str = ""


def view_of(row: ActionRow, counts: ActionCounts, now: datetime, currency: str) -> ActionView:
    badge = texts.STATES[queries.status_of(row, now)]
    span = timedelta(days=_CALENDAR_DAYS)
    begins, ends = max(row.terms.starts_at, now), min(row.terms.ends_at, now + span)
    start = (begins - now) * 100 // span if begins < now + span else 100
    length = max((ends - begins) * 100 // span, 2) if ends > begins and start < 100 else 0
    return ActionView(row, badge, texts.promise(row.terms, currency), texts.KINDS[row.terms.kind], counts,
                      rules.frozen(row.terms, now), start, length,
                      Money(row.spent_minor, currency) if row.terms.kind == "voucher" else None)


@require_GET
@seller_view(VIEW)
def index(request: WebRequest) -> HttpResponse:
    """The marketplace's actions as a calendar: what they ask, how many products could join, how many did."""
    now, seller = clock.now(), request.seller
    rows = queries.shop_actions(seller, own=False, limit=60)
    counted = queries.counts(seller, rows) if rows else {}
    views = sorted((view_of(row, counted[row.id], now, seller.currency) for row in rows),
                   key=lambda one: (one.row.terms.ends_at <= now or one.row.state == "cancelled",
                                    one.row.terms.starts_at, one.row.id))
    return render(request, "promotions/actions.html", {
        "tabs": tabs(request, "actions"), "nav_key": "promotions", "views": views,
        "coming": [one for one in views if one.length], "auto": queries.auto_join(seller),
        "can_edit": request.can(EDIT), "until": now + timedelta(days=_CALENDAR_DAYS), "now": now})


@require_POST
@seller_view(EDIT)
def auto_join(request: WebRequest) -> HttpResponse:
    """The switch: join by itself or not."""
    enabled = request.POST.get("enabled") == "1"
    services.set_auto_join(seller=request.seller, enabled=enabled, actor=request.actor, now=clock.now())
    messages.success(request, _("New promotions now take your products that have a lowest price.") if enabled else
                     _("No promotion takes your products by itself."))
    return redirect("promotions:actions")


@require_GET
@seller_view(VIEW)
def action(request: WebRequest, action_id: int) -> HttpResponse:
    """One action: its terms, and the products that could join or did, with price and margin after."""
    return _page(request, queries.action(request.seller, action_id), {})


@require_POST
@seller_view(EDIT)
def selected(request: WebRequest, action_id: int) -> HttpResponse:
    """Join, change or leave with the ticked products; each row is answered for itself."""
    row = queries.action(request.seller, action_id)
    ids = [int(text) for text in request.POST.getlist("ids") if text.isdecimal() and len(text) < 19]
    if not ids:
        messages.info(request, _("Tick the products first."))
        return _page(request, row, {})
    try:
        do = request.POST.get("do")
        if do in ("leave", "unplan"):
            out = services.leave if do == "leave" else services.unplan
            outcomes = out(seller=request.seller, action_id=action_id, product_ids=ids, actor=request.actor,
                           now=clock.now())
        else:
            take = services.plan if do == "plan" else services.join
            outcomes = take(seller=request.seller, action_id=action_id, rows=[_input(request, id_) for id_ in ids],
                            actor=request.actor, now=clock.now())
    except DomainError as error:
        messages.error(request, error.text)
        return redirect("promotions:action", action_id)
    _tell(request, outcomes)
    if any(not one.done for one in outcomes):
        return _page(request, row, {one.product_id: one for one in outcomes}, 422)
    return redirect("promotions:action", action_id)


@require_http_methods(["GET", "POST"])
@seller_view(VIEW)
def sheet(request: WebRequest, action_id: int) -> HttpResponse:
    """The spreadsheet door: the eligible products as CSV, and the changed file back."""
    row = queries.action(request.seller, action_id)
    if request.method == "GET":
        return csv_response(f"promotion-{action_id}.csv", sheets.COLUMNS, sheets.lines(seller=request.seller, row=row))
    require(request, EDIT)
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > sheets.MAX_BYTES:
        messages.error(request, _("Choose a CSV or XLSX file of up to 2 MB."))
        return redirect("promotions:action", action_id)
    try:
        outcomes = sheets.take_in(seller=request.seller, action_id=action_id, handle=file, size=file.size or 0,
                                  actor=request.actor, now=clock.now())
    except DomainError as error:
        messages.error(request, error.text)
        return redirect("promotions:action", action_id)
    _tell(request, outcomes)
    failed = {one.product_id: one for one in outcomes if not one.done and one.code != "NO_CHANGES"}
    return _page(request, row, failed, 422) if failed else redirect("promotions:action", action_id)


def _input(request: WebRequest, product_id: int) -> JoinInput:
    price = request.POST.get(f"price_{product_id}", "").strip()[:40]
    stock = request.POST.get(f"stock_{product_id}", "").strip()
    return JoinInput(product_id=product_id, price=price or None,
                     stock=int(stock) if stock.isdecimal() and len(stock) < 8 else None)


def _tell(request: WebRequest, outcomes: Sequence[JoinOutcome]) -> None:
    done = sum(one.done for one in outcomes)
    if done:
        messages.success(request, ngettext("Done for %(count)s product.", "Done for %(count)s products.", done)
                         % {"count": done})
    refused = [one for one in outcomes if not one.done and one.code != "NO_CHANGES"]
    if refused:
        messages.warning(request, ngettext(
            "%(count)s product was not taken: %(offer)s – %(why)s", "%(count)s products were not taken; the first: "
            "%(offer)s – %(why)s", len(refused)) % {
            "count": len(refused), "offer": refused[0].offer_id or refused[0].product_id,
            "why": reason_text(refused[0].code, refused[0].data, request.seller.currency)})


def _page(request: WebRequest, row: ActionRow, outcomes: Mapping[int, JoinOutcome], status: int = 200
          ) -> HttpResponse:
    now, seller = clock.now(), request.seller
    tab = request.GET.get("tab", "")
    over = queries.status_of(row, now) in ("ended", "archived", "cancelled")
    planned = {} if over else {ref.id: one for ref, one in queries.planned(seller, row)}
    on_list = tab == "auto" and not row.own and not row.auto_joined
    joined_only = tab == "joined"
    page = max(1, int(text)) if (text := request.GET.get("page", "1")).isdecimal() and len(text) < 6 else 1
    inside = {entry.product_id: entry for entry in queries.entries(seller, action_ids=[row.id])}
    there = {id_: Entry(row.id, id_, one.price_minor, one.stock, 0, not one.by_hand, now) for id_, one in
             planned.items()} if on_list else inside
    found = queries.candidates(seller, row, language=request.language)
    search = request.GET.get("q", "").strip().lower()[:100]
    shown = [(ref, one) for ref, one in found if (not (joined_only or on_list) or ref.id in there) and (
        not search or search in ref.name.lower() or search in ref.offer_id.lower())]
    part = shown[(page - 1) * _PAGE:page * _PAGE]
    prices = {ref.id: _after(row, one, there.get(ref.id)) for ref, one in part}
    known = pricing.prices(seller, list(prices))
    units = economics.units(seller, {id_: (price, known[id_].cost_minor) for id_, price in prices.items()
                                     if id_ in known}, now, what_if=WhatIf(in_parts=row.terms.kind == "instalment"))
    return render(request, "promotions/action.html", {
        "nav_key": "promotions", "row": row, "view": view_of(row, ActionCounts(len(found), len(inside)), now,
                                                            seller.currency),
        "lines": [_line(request, row, ref, one, there.get(ref.id), prices[ref.id], units.get(ref.id),
                        outcomes.get(ref.id)) for ref, one in part],
        "priced": row.terms.kind in ("platform", "discount"), "joined_only": joined_only, "search": search,
        "tab": "auto" if on_list else "joined" if joined_only else "", "planned": len(planned),
        "planning": not row.own and not row.auto_joined and not over,
        "page": page, "more": len(shown) > page * _PAGE, "total": len(shown), "currency": seller.currency,
        "may_change": request.can(EDIT) and not over and not rules.frozen(row.terms, now), "over": over,
        "lost": [(one.offer_id or one.product_id, reason_text(one.code, one.data, seller.currency))
                 for id_, one in outcomes.items() if not one.done and id_ not in prices],
        "moves": [(state, texts.MOVES[state]) for state in ("active", "paused", "archived")
                  if row.own and state in _moves(row.state)] if request.can(EDIT) else [],
        "voucher": row.terms.kind == "voucher", "categories": _categories(row, request.language)}, status=status)


def _moves(state: str) -> frozenset[str]:
    return states.OWN_MOVES.get(state, frozenset())


def _categories(row: ActionRow, language: str) -> list[str]:
    if not row.terms.category_ids:
        return []
    names = reference.category_names(row.terms.category_ids, language)
    return [names[id_] for id_ in row.terms.category_ids if id_ in names]


def _after(row: ActionRow, one: Candidate, entry: Entry | None) -> int:
    """The price in the action, or the dearest it would take; of basket actions, the price after the largest level."""
    if entry and entry.price_minor:
        return entry.price_minor
    if row.terms.kind in ("platform", "discount"):
        return rules.highest(one.price_minor, row.terms.discount_bp)
    if not row.terms.levels:
        return one.price_minor
    most = max(level.value for level in row.terms.levels)
    off = one.price_minor * most // 10_000 if row.terms.discount_type == "PERCENT" else most
    return max(one.price_minor - off, one.min_minor, 1)


def _line(request: WebRequest, row: ActionRow, ref: ProductRef, one: Candidate, entry: Entry | None, after: int,
          unit: Unit | None, outcome: JoinOutcome | None) -> Line:
    currency = one.currency
    typed = request.POST.get(f"price_{ref.id}")
    left = unit.margin_minor if unit else None
    return Line(
        ref, Money(one.price_minor, currency), Money(after, currency),
        typed if typed is not None and outcome and not outcome.done else Money(after, currency).decimal_text(),
        request.POST.get(f"stock_{ref.id}", "") if outcome and not outcome.done else
        str(entry.stock) if entry and entry.stock is not None else "",
        Money(one.min_minor, currency) if one.min_minor else None, None if left is None else Money(left, currency),
        "" if unit is None or unit.margin_bp is None else texts.share(unit.margin_bp),
        left is not None and left < 0, one.free, entry is not None, bool(entry and entry.auto),
        entry.taken if entry else 0,
        reason_text(outcome.code, outcome.data, currency) if outcome and not outcome.done else "")


@dataclass(frozen=True, slots=True)
class OverlapView:
    ref: ProductRef | None
    actions: list[str]
    together: str
    price: Money
    min: Money | None
    below: bool


@require_GET
@seller_view(VIEW)
def overlaps(request: WebRequest) -> HttpResponse:
    """Where actions meet: what they take off together, and where that passes the lowest price."""
    seller = request.seller
    found, rows = queries.overlaps(seller, clock.now())
    refs = {ref.id: ref for ref in catalog.refs(seller, product_ids=[one.product_id for one in found],
                                                language=request.language)}
    titles = {0: _("Discount by quantity"), **{id_: row.terms.title for id_, row in rows.items()}}
    groups: dict[tuple[int, ...], list[Overlap]] = {}
    for one in found:
        groups.setdefault(one.action_ids, []).append(one)
    return render(request, "promotions/overlaps.html", {
        "tabs": tabs(request, "overlaps"), "nav_key": "promotions", "below": sum(one.below for one in found),
        "groups": [{"names": [titles[id_] for id_ in ids], "count": len(ids),
                    "most": texts.share(max(one.together_bp for one in ones)),
                    "products": len(ones), "below": sum(one.below for one in ones)} for ids, ones in groups.items()],
        "views": [OverlapView(refs.get(one.product_id), [titles[id_] for id_ in one.action_ids],
                              texts.share(one.together_bp), Money(one.price_minor, seller.currency),
                              Money(one.min_minor, seller.currency) if one.min_minor else None, one.below)
                  for one in found[:200]]})
