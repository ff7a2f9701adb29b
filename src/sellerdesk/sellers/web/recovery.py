"""Owners help people of their shops whose mail and second step are lost: one starts, another one agrees."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sellerdesk.accounts import queries as accounts
from sellerdesk.accounts import services
from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.access import user_view
from sellerdesk.core.http.fresh import CRITICAL_MINUTES, fresh_proof
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.core.ui.forms import offer
from sellerdesk.sellers.queries.circle import people_of_owner


class StartForm(forms.Form):
    person = forms.ChoiceField(label=gettext_lazy("Whose account"))
    new_email = forms.EmailField(label=gettext_lazy("Where the person can be reached now"), max_length=254)
    story = forms.CharField(label=gettext_lazy("What happened, and how you know it"), max_length=5000,
                            widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, people: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", [(str(pk), label) for pk, label in people.items()])


@user_view
@fresh_proof(CRITICAL_MINUTES)
def recovery(request: WebRequest) -> HttpResponse:
    """Open requests of one's own people, and the form to start one. Nothing for those who own no shop."""
    user: Any = request.user
    people = accounts.labels(people_of_owner(user.pk))
    form = StartForm(request.POST or None, people=people)
    now = clock.real_now()
    if request.method == "POST" and form.is_valid():
        try:
            services.recovery.start_for(user_id=int(form.cleaned_data["person"]), by=user,
                                        new_email=form.cleaned_data["new_email"], story=form.cleaned_data["story"],
                                        info=request.origin(), now=now)
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("The request is open. Everybody concerned gets a mail."))
            return redirect("sellers:recovery")
    return render(request, "sellers/recovery.html", {
        "form": form, "people": people, "rows": accounts.recovery_requests(open_only=True, user_ids=people), "now": now,
        "hours": dated.get("accounts.recovery_wait_hours", "owners", now).value}, status=422 if form.errors else 200)


@user_view
@require_POST
@fresh_proof(CRITICAL_MINUTES)
def recovery_decide(request: WebRequest, request_id: int) -> HttpResponse:
    """Agree or refuse. Raises NotFound for people of other shops."""
    user: Any = request.user
    if request.POST.get("decision") == "approve":
        done = services.recovery.approve(request_id=request_id, by=user, info=request.origin(),
                                         now=clock.real_now())
        messages.success(request, _("Both agreed. The person gets a link by mail.") if done
                         else _("Noted. A second person has to agree."))
    else:
        services.recovery.reject(request_id=request_id, by=user, reason=request.POST.get("reason", ""),
                                 info=request.origin(), now=clock.real_now())
        messages.success(request, _("The request is refused."))
    return redirect("sellers:recovery")
