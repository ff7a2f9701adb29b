"""Cancelling from the screen: the units, the reason, the goods, and what it would do before anybody says yes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.orders import permissions, queries, services, states
from sellerdesk.orders.queries import terms
from sellerdesk.orders.types import CancelReason, PostingCard
from sellerdesk.orders.web import scope
from sellerdesk.orders.web.forms import CancelForm


@require_http_methods(["GET", "POST"])
@seller_view(permissions.CANCEL)
def cancel(request: WebRequest, number: str) -> HttpResponse:
    """Why the seller cannot send the goods; a page, or the inside of the drawer."""
    card = scope.posting(request, number)
    now = clock.now()
    form = _form(request, card, now)
    if request.method == "POST" and form.is_valid():
        try:
            gone = _cancel(request, card, form, now)
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        except DomainError as refused:
            messages.error(request, refusal_text(refused))
            return redirect("orders:posting", number=number)
        else:
            messages.success(request, _("%(number)s is cancelled.") % {"number": gone})
            return redirect("orders:posting", number=number)
    inside = bool(request.htmx) and (request.htmx.target or "").endswith("drawer-body")
    return render(request, "orders/_cancel.html" if inside else "orders/cancel.html",
                  {"posting": card, "form": form, "reasons": _reasons(form), **_preview(request, card, form, now)},
                  status=422 if form.errors else 200)


@require_POST
@seller_view(permissions.CANCEL)
def preview(request: WebRequest, number: str) -> HttpResponse:
    """What the cancellation as filled in so far would do. Changes nothing."""
    card = scope.posting(request, number)
    now = clock.now()
    form = _form(request, card, now)
    form.is_valid()
    return render(request, "orders/_cancel_preview.html", {"posting": card, **_preview(request, card, form, now)})


def _form(request: WebRequest, card: PostingCard, now: datetime) -> CancelForm:
    reasons = queries.usable_reasons(card, now)
    proposed = reasons[0].stock if reasons else "shelf"
    return CancelForm(request.POST if request.method == "POST" else None, card=card, reasons=reasons,
                      language=request.language, partial=card.units > 1 and "cancel_units" in card.available_actions,
                      in_shop=not states.left_the_shop(card.place, card.previous_substate), initial={"stock": proposed})


def _cancel(request: WebRequest, card: PostingCard, form: CancelForm, now: datetime) -> str:
    items = form.items()
    chosen = {"seller": request.seller, "number": card.number, "reason_id": form.cleaned_data["reason_id"],
              "message": form.cleaned_data["message"], "by": "seller", "actor": request.actor, "now": now,
              "stock": form.chosen_stock()}
    if form.partial and sum(units for _, units in items) < card.units:
        return services.cancel_units(items=items, **chosen)
    services.cancel_posting(**chosen)
    return card.number


def _reasons(form: CancelForm) -> list[tuple[Any, CancelReason]]:
    """Options with what they cost."""
    known = {str(reason.id): reason for reason in form.reasons}
    return [(option, known[str(option.data["value"])]) for option in form["reason_id"]]


def _preview(request: WebRequest, card: PostingCard, form: CancelForm, now: datetime) -> dict[str, Any]:
    """Empty where what was typed cannot be done; the form says why."""
    if form.is_bound:
        items, stock = form.items(), form.chosen_stock()
        reason_id = form.cleaned_data.get("reason_id") or 0
    else:
        items, stock = [(line.sku, line.quantity) for line in card.lines], form.initial["stock"]
        reason_id = 0
    try:
        found = queries.cancel_preview(card, items=items, reason_id=reason_id, stock=stock, at=now)
    except DomainError as refused:
        return {"preview": None, "preview_error": refusal_text(refused)}
    return {"preview": found, "refund": Money(found.refund_minor, found.currency),
            "commission": Money(found.commission_minor, found.currency), "reason_chosen": bool(reason_id),
            **_index(request, card, found.counts and bool(reason_id), found.refund_minor, now),
            "stays": _stays(found.units_left), "goods": _GOODS[found.goods]()}


def _index(request: WebRequest, card: PostingCard, counts: bool, refund_minor: int, now: datetime) -> dict[str, Any]:
    """Where the error index goes and what this error costs by the index of today."""
    if not counts or card.scheme == "fbo":
        return {}
    asked = terms.what_if(request.seller, [card.number], now, amounts={card.number: refund_minor})
    return {"index_before": formats.percent(asked.before.bp / 100),
            "index_after": formats.percent(asked.after.bp / 100),
            "index_fee": Money(asked.fee_minor, asked.currency), "index_worse": asked.worse}


def _stays(units: int) -> str:
    if not units:
        return _("Nothing: the posting ends.")
    return ngettext("%(count)s unit stays in the posting and must be sent.",
                    "%(count)s units stay in the posting and must be sent.", units) % {"count": units}


_GOODS = {
    "shelf": lambda: _("Free to sell again at once"),
    "write_off": lambda: _("Written off: they leave the stock"),
    "coming_back": lambda: _("The carrier has them: they come back as a return"),
}
