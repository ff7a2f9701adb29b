"""Shops that owe the marketplace, and what they paid in."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, NotFound
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui.forms import add_errors
from sellerdesk.finance.queries import debts as queries
from sellerdesk.finance.services import debts as services
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers


class PaymentForm(forms.Form):
    shop = forms.IntegerField(label=gettext_lazy("Number of the shop"), min_value=1, help_text=gettext_lazy(
        "It stands in the purpose of the payment."))
    amount = forms.CharField(label=gettext_lazy("Amount"), max_length=20, widget=forms.TextInput(
        attrs={"inputmode": "decimal", "autocomplete": "off"}), help_text=gettext_lazy("In the currency of the shop."))
    reference = forms.CharField(label=pgettext_lazy("payment", "Reference"), max_length=60, help_text=gettext_lazy(
        "The bank’s number of the payment; the same one is never recorded twice."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}))


@operator_view(permissions.CONSOLE_PAYOUT_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: WebRequest) -> HttpResponse:
    """Who owes how much, and a form for a payment that came in."""
    form = PaymentForm(request.POST or None, initial={"shop": request.GET.get("shop", "")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            paid = services.receive(seller_id=given["shop"], amount=given["amount"], reference=given["reference"],
                                    actor=request.actor, now=clock.now())
        except NotFound as unknown:
            form.add_error("shop", unknown.text)
        except DomainError as refused:
            add_errors(form, refused)
        else:
            messages.success(request, _("Recorded: %(amount)s. The shop’s balance has risen by it.") % {"amount": paid})
            return redirect("console:debts")
    found = queries.owing(cursor=request.GET.get("c"))
    names = sellers.names(row.seller_id for row in found.rows)
    return render(request, "console/debts.html", {
        "area": "console", "nav_key": "debts", "form": form, "page": found, "rows": [
            {"id": row.seller_id, "name": names.get(row.seller_id, ""), "amount": Money(row.amount_minor, row.currency)}
            for row in found.rows]}, status=422 if form.errors else 200)
