"""Asking to work in a shop whose company is registered already, and refusing that."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import seller_view, user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.sellers import permissions
from sellerdesk.sellers.services import joining as services


class JoinForm(forms.Form):
    """The number is what was typed before; whoever asks proves again that they know it."""

    country = forms.CharField(max_length=2, widget=forms.HiddenInput)
    registration_number = forms.CharField(max_length=40, widget=forms.HiddenInput)
    text = forms.CharField(label=gettext_lazy("Message to the owner"), max_length=300, required=False,
                           widget=forms.Textarea(attrs={"rows": 2}))


@user_view
@require_POST
def ask(request: WebRequest) -> HttpResponse:
    form = JoinForm(request.POST)
    if form.is_valid():
        try:
            services.ask(user_id=int(request.actor.id), actor=request.actor, real_now=clock.real_now(),
                         **form.cleaned_data)
        except DomainError as refused:
            messages.error(request, refusal_text(refused))
        else:
            messages.success(request, _("The owners have been written to. You get a mail when they answer."))
    return redirect("sellers:register")


@seller_view(permissions.TEAM_INVITE)
@require_POST
def refuse(request: WebRequest, join_id: int) -> HttpResponse:
    email = services.refuse(seller=request.seller, join_id=join_id, actor=request.actor,
                            real_now=clock.real_now())
    messages.success(request, _("%(email)s was told no.") % {"email": email})
    return redirect("sellers:team")
