"""What is done with postings from the screens: pack, print, hand over, cancel; one or many."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import require, seller_view
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.core.ui import tables
from sellerdesk.orders import permissions, queries, rules, services
from sellerdesk.orders.types import Outcome, PostingCard
from sellerdesk.orders.web import page, scope
from sellerdesk.orders.web.forms import CancelForm

MOST_PARCELS = 10


def _back(request: HttpRequest, number: str) -> HttpResponse:
    return redirect(tables.next_url(request, reverse("orders:posting", args=[number])))


@require_POST
@seller_view(permissions.SHIP)
def pack(request: HttpRequest, number: str) -> HttpResponse:
    """Pack the whole posting into one parcel."""
    scope.require(request, number)
    outcome = services.ship_many(seller=request.seller, numbers=[number], actor=request.actor, now=clock.now())[0]
    _tell_one(request, outcome, _("%(number)s is packed. Print the label and hand the parcel over."))
    return _back(request, number)


@require_POST
@seller_view(permissions.HAND_OVER)
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    scope.require(request, number)
    outcome = services.hand_over(seller=request.seller, numbers=[number], actor=request.actor, now=clock.now())[0]
    _tell_one(request, outcome, _("%(number)s is handed over to the carrier."))
    return _back(request, number)


def _tell_one(request: HttpRequest, outcome: Outcome, success: str) -> None:
    if outcome.error:
        messages.error(request, refusal_text(outcome.error))
    else:
        messages.success(request, success % {"number": outcome.number})


@require_http_methods(["GET", "POST"])
@seller_view(permissions.SHIP)
def packages(request: HttpRequest, number: str) -> HttpResponse:
    """Pack into several parcels: a grid of lines by parcels that must hold every unit once."""
    card = scope.posting(request, number)
    count = _parcels(request, card)
    error = ""
    if request.method == "POST" and "resize" not in request.POST:
        try:
            made = services.ship_posting(
                seller=request.seller, number=number, packages=_packages(request, card, count), actor=request.actor,
                now=clock.now())
        except Invalid as refused:
            error = refusal_text(refused)
        except DomainError as refused:
            messages.error(request, refusal_text(refused))
            return redirect("orders:posting", number=number)
        else:
            messages.success(request, ngettext("%(count)s parcel packed.", "%(count)s parcels packed.", len(made))
                             % {"count": len(made)})
            return redirect("orders:posting", number=number)
    grid = [(line, [_typed(request, line.sku, index, line.quantity if index == 0 else 0) for index in range(count)])
            for line in card.lines]
    return render(request, "orders/packages.html", {
        "posting": card, "grid": grid, "count": count, "columns": range(1, count + 1), "error": error,
        "most": min(MOST_PARCELS, card.units)}, status=422 if error else 200)


def _parcels(request: HttpRequest, card: PostingCard) -> int:
    text = request.POST.get("parcels") or request.GET.get("parcels") or "2"
    return max(1, min(int(text) if text.isdecimal() else 2, MOST_PARCELS, card.units))


def _typed(request: HttpRequest, sku: int, index: int, default: int) -> str:
    return request.POST.get(f"q-{sku}-{index}", str(default))[:6]


def _packages(request: HttpRequest, card: PostingCard, count: int) -> list[list[tuple[int, int]]]:
    made: list[list[tuple[int, int]]] = []
    for index in range(count):
        parcel = []
        for line in card.lines:
            text = request.POST.get(f"q-{line.sku}-{index}", "").strip()[:6] or "0"
            if not text.isdecimal():
                raise Invalid("quantity_unreadable", _("“%(value)s” is not a number of units."),
                              data={"value": text})
            if int(text):
                parcel.append((line.sku, int(text)))
        made.append(parcel)
    # A parcel left empty at the end was not meant.
    while len(made) > 1 and not made[-1]:
        made.pop()
    return made


@require_POST
@seller_view(permissions.LABEL)
def label(request: HttpRequest, number: str) -> HttpResponse:
    scope.require(request, number)
    return _pdf(request, [number])


@require_POST
@seller_view(permissions.LABEL)
def labels(request: HttpRequest) -> HttpResponse:
    """One PDF for the selected postings, in the order of the list."""
    return _pdf(request, scope.within(request, request.POST.getlist("ids")[:500]))


def _pdf(request: HttpRequest, numbers: list[str]) -> HttpResponse:
    try:
        pdf = services.label(seller=request.seller, numbers=numbers, actor=request.actor, now=clock.now(),
                             language=request.language)
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
        return redirect(tables.next_url(request, reverse("orders:postings")))
    response = HttpResponse(pdf, content_type="application/pdf")
    name = numbers[0] if len(numbers) == 1 else f"labels-{len(numbers)}"
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@seller_view(permissions.CANCEL)
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Why the seller cannot send the goods; a page, or the inside of the drawer."""
    card = scope.posting(request, number)
    now = clock.now()
    reasons = [one for one in queries.cancel_reasons(now) if rules.seller_may_use(one, (card.state, card.substate))]
    form = CancelForm(request.POST if request.method == "POST" else None, reasons=reasons, language=request.language)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_posting(
                seller=request.seller, number=number, reason_id=form.cleaned_data["reason_id"],
                message=form.cleaned_data["message"], by="seller", actor=request.actor, now=now)
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        except DomainError as refused:
            messages.error(request, refusal_text(refused))
            return redirect("orders:posting", number=number)
        else:
            messages.success(request, _("%(number)s is cancelled.") % {"number": number})
            return redirect("orders:posting", number=number)
    inside = bool(request.htmx) and (request.htmx.target or "").endswith("drawer-body")
    return render(request, "orders/_cancel.html" if inside else "orders/cancel.html",
                  {"posting": card, "form": form, "warning": page.cancel_warning(card)},
                  status=422 if form.errors else 200)


@require_POST
@seller_view(permissions.VIEW)
def bulk(request: HttpRequest) -> HttpResponse:
    """Pack or hand over the selected postings, and say what became of them."""
    handing_over = request.POST.get("action") == "hand_over"
    require(request, permissions.HAND_OVER if handing_over else permissions.SHIP)
    numbers = scope.within(request, request.POST.getlist("ids")[:500])
    now = clock.now()
    if handing_over:
        outcomes = services.hand_over(seller=request.seller, numbers=numbers, actor=request.actor, now=now)
        done = sum(one.done for one in outcomes)
        text = ngettext("%(count)s parcel handed over.", "%(count)s parcels handed over.", done)
    else:
        outcomes = services.ship_many(seller=request.seller, numbers=numbers, actor=request.actor, now=now)
        done = sum(one.done for one in outcomes)
        text = ngettext("%(count)s posting packed.", "%(count)s postings packed.", done)
    if done:
        messages.success(request, text % {"count": done})
    for one in [one for one in outcomes if one.error][:3]:
        messages.error(request, refusal_text(one.error))  # type: ignore[arg-type]
    return redirect(tables.next_url(request, reverse("orders:postings")))
