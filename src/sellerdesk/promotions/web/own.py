"""Screens of a shop's own actions."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.spreadsheet import csv_response
from sellerdesk.core.ui.forms import add_errors
from sellerdesk.finance import queries as finance
from sellerdesk.promotions import queries, services, texts
from sellerdesk.promotions.errors import ActionUnknown
from sellerdesk.promotions.types import OWN_KINDS, Kind
from sellerdesk.promotions.web.actions import view_of
from sellerdesk.promotions.web.forms import OwnForm, initial_of
from sellerdesk.promotions.web.navigation import EDIT, VIEW, tabs

#: Fields of the service that have another name on the form.
_FIELDS = {"date_end": "ends_at", "discount_levels": "value_1", "discount_value": "value_1",
           "min_order_amount": "sum_1"}


@require_GET
@seller_view(VIEW)
def index(request: WebRequest) -> HttpResponse:
    """Own actions, running and coming ones first."""
    now, seller = clock.now(), request.seller
    rows = queries.shop_actions(seller, own=True)
    counted = queries.counts(seller, rows) if rows else {}
    archived = request.GET.get("tab") == "archived"
    views = [view_of(row, counted[row.id], now, seller.currency) for row in rows
             if (row.state == "archived") == archived]
    return render(request, "promotions/own.html", {
        "tabs": tabs(request, "own"), "nav_key": "promotions", "views": views, "archived": archived,
        "can_edit": request.can(EDIT), "kinds": [(kind, texts.KINDS[kind], texts.KIND_HINTS[kind])
                                                 for kind in OWN_KINDS]})


@require_http_methods(["GET", "POST"])
@seller_view(EDIT)
def new(request: WebRequest, own_kind: str) -> HttpResponse:
    """A new own action; it begins as a draft."""
    if own_kind not in OWN_KINDS:
        raise Http404
    now = clock.now()
    chosen: Kind = next(one for one in OWN_KINDS if one == own_kind)
    begins = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    form = OwnForm(request.POST or None, kind=chosen, currency=request.seller.currency, initial={
        "starts_at": begins, "ends_at": begins + timedelta(days=7)})
    if request.method == "POST" and form.is_valid():
        try:
            action_id = services.create_own(seller=request.seller, terms=form.terms(), actor=request.actor, now=now)
        except Invalid as error:
            _place(form, error)
        else:
            messages.success(request, _("Made as a draft. Add products, then start it."))
            return redirect("promotions:action", action_id)
    return _form(request, form, chosen, 0)


@require_http_methods(["GET", "POST"])
@seller_view(EDIT)
def edit(request: WebRequest, action_id: int) -> HttpResponse:
    """Other terms for an own action."""
    row = queries.action(request.seller, action_id)
    if not row.own:
        raise ActionUnknown()
    form = OwnForm(request.POST or None, kind=row.terms.kind, currency=request.seller.currency, changing=True,
                   initial=initial_of(row.terms, request.seller.currency))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_own(seller=request.seller, action_id=action_id, terms=form.terms(), actor=request.actor,
                                now=clock.now())
        except Invalid as error:
            _place(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("promotions:action", action_id)
    return _form(request, form, row.terms.kind, action_id)


def _form(request: WebRequest, form: OwnForm, kind: Kind, action_id: int) -> HttpResponse:
    return render(request, "promotions/own_form.html", {
        "form": form, "nav_key": "promotions", "kind": texts.KINDS[kind], "hint": texts.KIND_HINTS.get(kind, ""),
        "action_id": action_id, "currency": request.seller.currency, "fee": fee_of(kind)},
        status=422 if form.errors else 200)


def fee_of(kind: Kind) -> str:
    """What the marketplace takes of what buyers pay in parts; empty for actions that cost no fee."""
    return texts.share(finance.instalment_bp(clock.now())) if kind == "instalment" else ""


def _place(form: OwnForm, error: Invalid) -> None:
    named = _FIELDS.get(error.field, error.field)
    if named in form.fields:
        form.add_error(named, _("This value cannot be used here."))
    else:
        add_errors(form, error)


@require_POST
@seller_view(EDIT)
def move(request: WebRequest, action_id: int) -> HttpResponse:
    """Start, pause or archive."""
    try:
        services.move_own(seller=request.seller, action_id=action_id, state=request.POST.get("state", ""),
                          actor=request.actor, now=clock.now())
    except ActionUnknown:
        raise
    except DomainError as error:
        messages.error(request, error.text)
    return redirect("promotions:action", action_id)


@require_GET
@seller_view(EDIT)
def codes(request: WebRequest, action_id: int) -> HttpResponse:
    """The codes of a voucher as a file."""
    row = queries.action(request.seller, action_id)
    return csv_response(f"voucher-{row.id}.csv", ("code", "used"), queries.codes(request.seller, action_id))
