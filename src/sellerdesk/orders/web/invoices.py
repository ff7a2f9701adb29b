"""The customs invoice of a posting: what it says, its file, and the form that attaches, replaces or removes it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import clock
from sellerdesk.core import scope as shops
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import public_view, seller_view
from sellerdesk.core.http.media import download
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.orders import permissions, services
from sellerdesk.orders.errors_invoices import InvoiceFileRefused, InvoiceNotNeeded
from sellerdesk.orders.queries import customs_invoices as reading
from sellerdesk.orders.services.customs_invoices import LARGEST_BYTES
from sellerdesk.orders.types import LineRow, PostingCard
from sellerdesk.orders.types.invoices import CURRENCIES, LONGEST_NUMBER, InvoiceInput, InvoiceRow
from sellerdesk.orders.web import scope
from sellerdesk.sellers import queries as sellers

_MEBI = 1024 * 1024


class InvoiceForm(forms.Form):
    """What stands on the invoice, with a code for each product of the posting."""

    number = forms.CharField(label=gettext_lazy("Number of the invoice"), required=False, max_length=LONGEST_NUMBER)
    date = forms.DateField(label=gettext_lazy("Date of the invoice"), widget=forms.DateInput(attrs={"type": "date"},
                                                                                  format="%Y-%m-%d"))
    price = forms.CharField(label=gettext_lazy("Sum of the invoice"), required=False, max_length=30,
                            widget=forms.TextInput(attrs={"class": "num", "inputmode": "decimal"}))
    price_currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=[(one, one) for one in CURRENCIES])
    file = forms.FileField(required=False)

    def __init__(self, *args: Any, card: PostingCard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.card = card
        for line in card.lines:
            self.fields[f"hs-{line.sku}"] = forms.CharField(label=line.name, required=False, max_length=30)

    def codes(self) -> list[tuple[LineRow, Any]]:
        """Lines with the field of their code."""
        return [(line, self[f"hs-{line.sku}"]) for line in self.card.lines]


def panel(request: WebRequest, card: PostingCard) -> dict[str, Any]:
    """Nothing for what crosses no customs border."""
    taken = reading.takes_invoice(request.seller, card)
    row = reading.find_invoice(request.seller, card.number) if taken else None
    if not taken:
        return {}
    return {"takes_invoice": True, "invoice": row, "may_invoice": request.can(permissions.SHIP),
            "invoice_codes": [(line.name, row.hs_codes[line.sku]) for line in card.lines if line.sku in row.hs_codes]
            if row else []}


@require_http_methods(["GET", "POST"])
@seller_view(permissions.SHIP)
def invoice(request: WebRequest, number: str) -> HttpResponse:
    """Attach an invoice to a posting, or put another one in its place."""
    card = scope.posting(request, number)
    if not reading.takes_invoice(request.seller, card):
        raise InvoiceNotNeeded(number)
    row = reading.find_invoice(request.seller, number)
    form = InvoiceForm(request.POST or None, request.FILES or None, card=card, initial=_initial(request, card, row))
    if request.method == "POST" and form.is_valid() and not form.cleaned_data["file"] and not (row and row.file_id):
        form.add_error("file", _("Add the file of the invoice."))
    elif request.method == "POST" and form.is_valid():
        try:
            _put(request, number, form)
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        except DomainError as refused:
            messages.error(request, refusal_text(refused))
            return redirect("orders:posting", number=number)
        else:
            messages.success(request, _("The customs invoice is attached."))
            return redirect("orders:posting", number=number)
    return render(request, "orders/invoice.html", {
        "posting": card, "form": form, "codes": form.codes(), "row": row, "most_mb": LARGEST_BYTES // _MEBI},
        status=422 if form.errors else 200)


def _initial(request: WebRequest, card: PostingCard, row: InvoiceRow | None) -> dict[str, Any]:
    if row is None:
        cards = catalog.customs_cards(request.seller, {line.product_id for line in card.lines})
        return {"price_currency": card.currency if card.currency in CURRENCIES else CURRENCIES[0],
                **{f"hs-{line.sku}": cards[line.product_id].hs_code for line in card.lines
                   if line.product_id in cards}}
    return {"number": row.number, "date": row.issued_at.astimezone(ZoneInfo(request.seller.time_zone)).date(),
            "price": row.price.decimal_text() if row.price else "", "price_currency": row.currency,
            **{f"hs-{sku}": code for sku, code in row.hs_codes.items()}}


def _put(request: WebRequest, number: str, form: InvoiceForm) -> None:
    told, now = form.cleaned_data, clock.now()
    file_id = None
    if sent := told["file"]:
        # Refused before it is read.
        if (sent.size or 0) > LARGEST_BYTES:
            raise InvoiceFileRefused(LARGEST_BYTES // _MEBI)
        file_id = services.keep_invoice_file(seller=request.seller, number=number, data=sent.read(), now=now)
    services.put_invoice(
        seller=request.seller, number=number, file_id=file_id, actor=request.actor, now=now,
        said=InvoiceInput(
            datetime.combine(told["date"], time(), ZoneInfo(request.seller.time_zone)), told["number"], told["price"],
            told["price_currency"], tuple((line.sku, told[f"hs-{line.sku}"]) for line in form.card.lines)))


@require_POST
@seller_view(permissions.SHIP)
def remove(request: WebRequest, number: str) -> HttpResponse:
    """Take the invoice off the posting, with its file."""
    scope.require(request, number)
    services.remove_invoice(seller=request.seller, number=number, actor=request.actor, now=clock.now())
    messages.success(request, _("The customs invoice is removed."))
    return redirect("orders:posting", number=number)


@require_GET
@seller_view(permissions.VIEW)
def file(request: WebRequest, number: str) -> HttpResponse:
    """The file of the invoice, as a download."""
    scope.require(request, number)
    found = reading.invoice_file(request.seller, reading.invoice(request.seller, number).file_id)
    return download(found.id, found.kind, found.storage_key)


@require_GET
@public_view
def file_of_link(request: WebRequest, token: str) -> HttpResponse:
    """The same by the link that the API gave a program, good for a day."""
    seller_id, file_id = reading.of_invoice_token(token)
    with shops.one_shop(seller_id):
        found = reading.invoice_file(sellers.seller_ref(seller_id), file_id)
        return download(found.id, found.kind, found.storage_key)
