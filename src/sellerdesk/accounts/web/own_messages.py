"""The messages we sent to a person, and the phrase they know them by."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sellerdesk.accounts import queries, services
from sellerdesk.accounts.web.forms import PhraseForm
from sellerdesk.accounts.web.requests import request_info
from sellerdesk.core.errors import Invalid
from sellerdesk.core.http.access import user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms

_PAGE = 30


@user_view
def sent(request: WebRequest) -> HttpResponse:
    """Messages we sent you: what is not in this list is not from us."""
    page = queries.messages_to(int(request.actor.id), cursor=request.GET.get("c", ""), limit=_PAGE)
    return render(request, "accounts/sent_messages.html", {"page": page})


@user_view
def phrase(request: WebRequest) -> HttpResponse:
    """Choose the phrase that every mail from us carries."""
    user: Any = request.user
    form = PhraseForm(request.POST or None, initial={"phrase": user.phrase})
    if request.method == "POST" and form.is_valid():
        try:
            services.passwords.set_phrase(user_id=user.pk, phrase=form.cleaned_data["phrase"],
                                          info=request_info(request))
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:phrase")
    return render(request, "accounts/phrase.html", {"form": form}, status=422 if form.errors else 200)
