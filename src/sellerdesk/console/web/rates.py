"""The operator's exchange rates: those in force, and bringing in others with their day and source."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sellerdesk.console.web.sources import SourcedForm
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui.forms import add_errors
from sellerdesk.finance.queries import rates as queries
from sellerdesk.finance.services import rates as services
from sellerdesk.sellers import permissions


class RatesForm(SourcedForm):
    text = forms.CharField(label=_("Rates as CSV"), max_length=200_000, strip=False, widget=forms.Textarea(
        attrs={"rows": 6, "spellcheck": "false", "placeholder": "CNY;2026-11-28;11.2"}),
        help_text=_("A line each: currency; day it is in force from; roubles for one unit."))


@operator_view(permissions.CONSOLE_RULE_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def rates(request: WebRequest) -> HttpResponse:
    """Rates in force; what was computed before keeps the version it used."""
    now, form = clock.now(), RatesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = services.import_rates(
                text=form.cleaned_data["text"], source=form.cleaned_data["source"],
                source_names=form.source_names(), actor=request.actor, now=now)
        except DomainError as refused:
            add_errors(form, refused)
        else:
            messages.success(request, ngettext("%(count)s rate brought in.", "%(count)s rates brought in.", count)
                             % {"count": count})
            return redirect("console:rates")
    return render(request, "console/rates.html", {
        "area": "console", "nav_key": "rates", "form": form, "rows": queries.rates_in_force(now)},
        status=422 if form.errors else 200)
