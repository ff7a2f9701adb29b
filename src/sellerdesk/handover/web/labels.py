"""Printing labels from the screens: one, the selected ones, what was not ready; and how the shop prints."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import formats, tables
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.handover import queries, services, texts
from sellerdesk.handover.rules import MOST_IN_A_BATCH
from sellerdesk.handover.types import BatchCard
from sellerdesk.handover.web import scope
from sellerdesk.handover.web.forms import PrintingForm
from sellerdesk.handover.web.scope import viewer
from sellerdesk.logistics import queries as logistics
from sellerdesk.orders import permissions


@require_POST
@seller_view(permissions.LABEL)
def print_one(request: WebRequest, number: str) -> HttpResponse:
    scope.require(request, number)
    return _start(request, [number])


@require_POST
@seller_view(permissions.LABEL)
def print_many(request: WebRequest) -> HttpResponse:
    """The labels of the selected postings in one file, in the order of the list."""
    return _start(request, scope.within(request, request.POST.getlist("ids")[:MOST_IN_A_BATCH]))


def _start(request: WebRequest, numbers: list[str]) -> HttpResponse:
    try:
        batch_id = services.start_batch(seller=request.seller, numbers=numbers, actor=request.actor, now=clock.now(),
                                        language=request.language, at_once=True)
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
        return redirect(tables.next_url(request, reverse("orders:postings")))
    return _onward(queries.batch(request.seller, batch_id))


def _onward(card: BatchCard) -> HttpResponse:
    """Straight to the file where everything is on it, else to the page that tells what is missing."""
    if card.paper_id and card.printed == card.total:
        return redirect("handover:paper", paper_id=card.paper_id)
    return redirect("handover:batch", label_batch_id=card.id)


@require_GET
@seller_view(permissions.LABEL)
def batch(request: WebRequest, label_batch_id: int) -> HttpResponse:
    """How far a batch is; what was printed, and what was not with the reason. Refreshes itself while it runs."""
    card = queries.batch(request.seller, label_batch_id, viewer(request))
    now = clock.now()
    rest = [(one, texts.UNPRINTED[one.code]) for one in card.unprinted]
    waits = [one.ready_at for one in card.unprinted if one.ready_at and one.ready_at > now]
    size = next((one.name for one in logistics.label_sizes() if one.key == card.size), card.size)
    context = {"batch": card, "rest": rest, "again": any(one.code != "not_found" for one in card.unprinted),
               "ready_at": max(waits, default=None), "ready_left": formats.left(max(waits), now) if waits else "",
               "size": size, "now": now,
               "here": reverse("handover:batch", args=[card.id])}
    partial = request.htmx and (request.htmx.target or "").endswith("batch-state")
    return render(request, "handover/_batch.html" if partial else "handover/batch.html", context)


@require_POST
@seller_view(permissions.LABEL)
def rest(request: WebRequest, label_batch_id: int) -> HttpResponse:
    """Try again what had no label."""
    card = queries.batch(request.seller, label_batch_id, viewer(request))
    try:
        made = services.print_rest(seller=request.seller, batch=card, actor=request.actor, now=clock.now(),
                                   language=request.language)
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
        return redirect("handover:batch", label_batch_id=label_batch_id)
    return _onward(queries.batch(request.seller, made))


@require_http_methods(["GET", "POST"])
@seller_view(permissions.LABEL)
def settings(request: WebRequest) -> HttpResponse:
    """On what the shop prints its labels."""
    how = queries.printing(request.seller)
    form = PrintingForm(request.POST if request.method == "POST" else None, initial={
        "size": how.size, "kind": how.kind, "first_cell": how.first_cell})
    if request.method == "POST" and form.is_valid():
        try:
            services.choose_printing(seller=request.seller, printing=form.printing)
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("Saved. Labels are printed this way from now on."))
            return redirect("handover:papers")
    return render(request, "handover/printing.html", {"form": form}, status=422 if form.errors else 200)
