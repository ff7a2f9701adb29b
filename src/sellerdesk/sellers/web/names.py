"""Asking for another name of the shop."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.sellers import permissions
from sellerdesk.sellers.services import names as services


class NameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("New name of the shop"), max_length=300, help_text=gettext_lazy(
        "2 to 140 characters, without contacts, web addresses, emoji, the marketplace’s name and words such as "
        "“best”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}))


@seller_view(permissions.NAME_ASK)
@require_http_methods(["GET", "POST"])
def name(request: WebRequest) -> HttpResponse:
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_name(seller=request.seller, name=form.cleaned_data["name"], user_id=int(request.actor.id),
                              actor=request.actor, now=clock.now())
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("We look at the name within two working days. The present one stays until "
                                        "then."))
            return redirect("sellers:company")
    return render(request, "sellers/name.html", {"form": form}, status=422 if form.errors else 200)


@seller_view(permissions.NAME_ASK)
@require_POST
def withdraw(request: WebRequest) -> HttpResponse:
    try:
        services.withdraw_name(seller=request.seller, actor=request.actor, now=clock.now())
    except DomainError as refused:
        messages.error(request, refused.text)
    else:
        messages.success(request, _("The name was taken back."))
    return redirect("sellers:company")
