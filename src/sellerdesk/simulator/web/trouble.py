"""Trouble for programs: order a bad day for the shop's own API calls, see what it hit, end it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_POST

from sellerdesk.core import clock, trouble
from sellerdesk.core.errors import DomainError, NotFound
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.simulator.services import trouble as services
from sellerdesk.simulator.web.opening import guard

KINDS = {
    "rate_limit": (_("Too many requests (429)"), "ban", "warning"),
    "unavailable": (_("Unavailable (503)"), "plug", "danger"),
    "internal": (_("Internal error (500)"), "bug", "danger"),
    "slow": (_("Slow answer"), "hourglass", "info"),
    "push_late": (_("Late push"), "clock", "info"),
    "push_duplicate": (_("Push sent twice"), "copy", "warning"),
}
MOMENTS = (("before", _("Before the method does its work")),
           ("after", _("After it: the work is done, the answer is lost")))


class TroubleForm(forms.Form):
    kind = forms.ChoiceField(label=_("What goes wrong"), choices=[(key, name) for key, (name, *_rest) in KINDS.items()])
    path = forms.CharField(
        label=_("Method or push"), required=False, max_length=120,
        widget=forms.TextInput(attrs={"placeholder": "/v2/products/stocks", "autocomplete": "off",
                                      "spellcheck": "false"}),
        help_text=_("The beginning of its path, or of the push’s type such as TYPE_NEW_POSTING. Empty: all."))
    percent = forms.IntegerField(label=_("Share of calls, %"), min_value=1, max_value=100, initial=100)
    moment = forms.ChoiceField(label=pgettext_lazy("simulator", "When"), choices=MOMENTS, initial="before")
    seconds = forms.IntegerField(
        label=_("Seconds late"), min_value=0, max_value=trouble.MOST_SECONDS, initial=0, required=False,
        help_text=_("For slow answers and late pushes."))
    times = forms.IntegerField(label=_("How many calls at most"), min_value=1, max_value=1_000_000, required=False)
    minutes = forms.IntegerField(label=_("For how many real minutes"), min_value=1, max_value=trouble.MOST_MINUTES,
                                 initial=30)

    def order(self) -> trouble.Order:
        typed = self.cleaned_data
        return trouble.Order(typed["kind"], typed["path"], typed["moment"] == "after", typed["percent"],
                             typed["seconds"] or 0, typed["times"], typed["minutes"])


@dataclass(frozen=True, slots=True)
class TroubleView:
    """One trouble as the list shows it."""

    row: trouble.Row

    @property
    def kind(self) -> Any:
        return KINDS[self.row.kind][0]

    @property
    def pushes(self) -> bool:
        return self.row.kind in trouble.PUSH_KINDS

    @property
    def icon(self) -> str:
        return KINDS[self.row.kind][1]

    @property
    def tone(self) -> str:
        return KINDS[self.row.kind][2]

    @property
    def seen(self) -> str:
        if self.pushes:
            return ngettext("%(hits)s of %(count)s push hit", "%(hits)s of %(count)s pushes hit", self.row.calls) % {
                "hits": self.row.hits, "count": self.row.calls}
        return ngettext("%(hits)s of %(count)s call hit", "%(hits)s of %(count)s calls hit", self.row.calls) % {
            "hits": self.row.hits, "count": self.row.calls}


@user_view
def troubles(request: WebRequest) -> HttpResponse:
    """The form, and what is in force."""
    guard(request)
    if request.seller is None:
        raise NotFound()
    form = TroubleForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.order(seller=request.seller, order=form.order(), actor=request.actor, now=clock.now(),
                               real_now=clock.real_now())
            except DomainError as error:
                ui_forms.add_errors(form, error)
            else:
                messages.success(request, _("The shop’s programs are in trouble now."))
                return redirect("simulator:trouble")
    rows = [TroubleView(row) for row in trouble.in_force(request.seller.id, clock.real_now())]
    return render(request, "simulator/trouble.html", {"form": form, "rows": rows, "limit": trouble.MOST_AT_ONCE},
                  status=status)


@user_view
@require_POST
def end(request: WebRequest) -> HttpResponse:
    """End one, or with no number all."""
    guard(request)
    if request.seller is None:
        raise NotFound()
    number = request.POST.get("id", "")
    try:
        services.end(seller=request.seller, trouble_id=int(number) if number.isdecimal() and len(number) < 19 else None,
                     actor=request.actor, now=clock.now())
    except DomainError as error:
        messages.error(request, refusal_text(error))
    else:
        messages.success(request, _("Over. The API answers as always."))
    return redirect("simulator:trouble")
