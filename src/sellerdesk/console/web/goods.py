"""One product of a shop as operators see it: where it stands, what happened to it; stopped and shown again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.queries import moderation
from sellerdesk.catalog.queries import wording as words
from sellerdesk.catalog.services import stopping
from sellerdesk.catalog.types import ProductCard
from sellerdesk.console.web import tables
from sellerdesk.core import activity, clock, html
from sellerdesk.core.activity import Entry
from sellerdesk.core.errors import Conflict, Invalid
from sellerdesk.core.http.access import operator_view, require
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui.components import TimelineItem
from sellerdesk.core.ui.forms import add_errors, offer
from sellerdesk.inventory import queries as inventory
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

_HISTORY = 50


class StopForm(forms.Form):
    code = forms.ChoiceField(label=gettext_lazy("Reason"), error_messages={
        "required": gettext_lazy("Choose a reason: the seller must know what to correct.")})
    note = forms.CharField(label=gettext_lazy("Note to the seller"), required=False, max_length=stopping.MAX_NOTE,
                           widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "code", [
            ("", "—"), *((code, template.title) for code, template in words.templates())])


@operator_view(permissions.CONSOLE_PRODUCT_VIEW)
@require_safe
def product(request: WebRequest, seller_id: int, product_id: int) -> HttpResponse:
    seller = sellers.seller_ref(seller_id)
    return _page(request, seller, catalog.product(seller, product_id, request.language), StopForm())


def _page(request: WebRequest, seller: SellerRef, card: ProductCard, form: StopForm) -> HttpResponse:
    free = inventory.free(seller, [card.id]).get(card.id, 0)
    state = catalog.state_of(card.status, archived=card.archived, free=free, hidden_because=card.hidden_because,
                             in_review=card.in_review)
    case = moderation.last_case(seller, card.id)
    stopped = card.hidden_because == "stopped"
    history = activity.history(seller.id, "product", card.id, limit=_HISTORY)
    return render(request, "console/product.html", {
        "area": "console", "nav_key": "products", "card": card, "title": card.title(request.language),
        "shop": seller, "badge": tables.PRODUCT_STATES.get(card.status), "sentence": state.sentence, "form": form,
        "stop": _reason(moderation.stop_of(seller, card.id)) if stopped else None, "stopped": stopped,
        "may_stop": request.can(permissions.CONSOLE_PRODUCT_STOP),
        "stoppable": card.status in ("processed", "price_sent") and not card.archived,
        "case": case if case and request.can(permissions.CONSOLE_MODERATION_VIEW) else None,
        "pictures": [image for image in card.images if image.key], "about": html.clean(card.description),
        "attributes": [(each.name, ", ".join(value.value for value in each.values)) for each in card.attributes],
        "timeline": [TimelineItem(entry.sentence, entry.at, _said(entry), by=entry.actor.label) for entry in history],
    }, status=422 if form.errors else 200)


def _reason(stop: Any) -> Any:
    return stop and {"at": stop.at, "title": words.template(stop.remark.code).title, "note": stop.remark.note}


def _said(entry: Entry) -> str:
    """The reason of a stop, in words."""
    if entry.event != moderation.STOPPED or not entry.data:
        return ""
    return " – ".join(filter(None, (str(words.template(entry.data["code"]).title), entry.data["note"])))


@operator_view(permissions.CONSOLE_PRODUCT_VIEW)
@require_POST
def stop(request: WebRequest, seller_id: int, product_id: int) -> HttpResponse:
    """Off the shelf, with a reason. A refusal shows the page with what was typed."""
    require(request, permissions.CONSOLE_PRODUCT_STOP)
    seller = sellers.seller_ref(seller_id)
    card = catalog.product(seller, product_id, request.language)
    form = StopForm(request.POST)
    if form.is_valid():
        given = words.remark(form.cleaned_data["code"], form.cleaned_data["note"])
        try:
            stopping.stop(seller=seller, product_id=product_id, given=given, actor=request.actor, now=clock.now())
        except Invalid as refused:
            add_errors(form, refused)
        except Conflict as refused:
            messages.error(request, refused.text)
        else:
            messages.success(request, _("Stopped. Buyers do not see it any more; the seller is told why."))
    if form.errors:
        return _page(request, seller, card, form)
    return redirect("console:product", seller_id, product_id)


@operator_view(permissions.CONSOLE_PRODUCT_VIEW)
@require_POST
def show(request: WebRequest, seller_id: int, product_id: int) -> HttpResponse:
    """Back on the shelf."""
    require(request, permissions.CONSOLE_PRODUCT_STOP)
    try:
        shown = stopping.show(seller=sellers.seller_ref(seller_id), product_id=product_id, actor=request.actor,
                              now=clock.now())
    except Conflict as refused:
        messages.error(request, refused.text)
    else:
        if shown:
            messages.success(request, _("The product is shown again."))
        else:
            messages.warning(request, _(
                "It is not stopped any more, but lacks a paper and stays hidden until it is there."))
    return redirect("console:product", seller_id, product_id)
