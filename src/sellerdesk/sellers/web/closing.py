"""Closing a shop: what is open, the wish, stopping it, and the certificate of a closed one."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.access import seller_view, user_view
from sellerdesk.core.http.fresh import CRITICAL_MINUTES, fresh_proof
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.sellers import permissions, queries, rules, states
from sellerdesk.sellers.errors import ApprovalRequired
from sellerdesk.sellers.services import certificate as papers
from sellerdesk.sellers.services import closing as services
from sellerdesk.sellers.web.approvals import waits


class ClosingForm(forms.Form):
    typed_name = forms.CharField(label=gettext_lazy("Name of the shop"), max_length=200,
                                 widget=forms.TextInput(attrs={"autocomplete": "off"}))
    reason = forms.CharField(label=gettext_lazy("Why do you close it?"), max_length=500, required=False,
                             widget=forms.Textarea(attrs={"rows": 3}))


@seller_view(permissions.SHOP_CLOSE)
@require_safe
def closing(request: WebRequest) -> HttpResponse:
    """What is still open, what closing means, and the way to begin or stop it."""
    return _page(request, ClosingForm())


def _page(request: WebRequest, form: ClosingForm) -> HttpResponse:
    seller, now = request.seller, clock.now()
    days = dated.get("sellers.closing_days", "", now).value
    kept = rules.years_later(now, dated.get("sellers.closed_kept_years", "", now).value)
    ends = [(end, f"{reverse(end.url_name)}{'?' if end.query else ''}{end.query}") for end in queries.open_ends(seller)]
    return render(request, "sellers/closing.html", {
        "form": form, "seller": seller, "row": queries.closing(seller), "now": now, "days": days,
        "kept": formats.day(kept), "blocking": [one for one in ends if one[0].blocks],
        "notes": [one for one in ends if not one[0].blocks],
        "possible": seller.state in states.MOVES["start_closing"].sources,
        "at_once": seller.state in states.MOVES["give_up"].sources,
    }, status=422 if form.errors else 200)


@seller_view(permissions.SHOP_CLOSE)
@fresh_proof(CRITICAL_MINUTES)
@require_POST
def closing_start(request: WebRequest) -> HttpResponse:
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        if request.seller.state in states.MOVES["give_up"].sources:
            services.give_up(seller=request.seller, typed_name=form.cleaned_data["typed_name"], actor=request.actor,
                             now=clock.now(), real_now=clock.real_now())
            messages.success(request, _("The shop is closed. Its papers are erased."))
            return redirect("sellers:shops")
        due = services.start_closing(seller=request.seller, user_id=int(request.actor.id), actor=request.actor,
                                     now=clock.now(), **form.cleaned_data)
    except ApprovalRequired as needed:
        return waits(request, needed)
    except DomainError as refused:
        ui_forms.add_errors(form, refused)
        return _page(request, form)
    messages.success(request, _("The shop is closing. Until %(day)s you can stop this.") % {"day": formats.when(due)})
    return redirect("sellers:closing")


@seller_view(permissions.SHOP_CLOSE)
@require_POST
def closing_stop(request: WebRequest) -> HttpResponse:
    services.stop_closing(seller=request.seller, actor=request.actor, now=clock.now())
    messages.success(request, _("The shop stays. Nothing was erased."))
    return redirect("sellers:closing")


@user_view
@require_safe
def certificate(request: WebRequest, seller_id: int) -> HttpResponse:
    """The certificate of a closed shop, in the language asked for or the reader's, for those who owned it."""
    paper = queries.certificate(int(request.actor.id), seller_id)
    language = request.GET.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = request.language
    answer = HttpResponse(papers.certificate_pdf(paper, language), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{paper.number}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer
