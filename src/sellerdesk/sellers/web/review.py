"""The API keys of all of a person's shops, to be looked through after the account was in doubt."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sellerdesk.accounts import services as accounts
from sellerdesk.core import clock
from sellerdesk.core.http.access import user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.sellers.queries.circle import keys_to_review


@user_view
def keys_review(request: WebRequest) -> HttpResponse:
    if request.method == "POST":
        accounts.passwords.keys_reviewed(user_id=int(request.actor.id))
        messages.success(request, _("Noted. The keys you left go on working."))
        return redirect("accounts:profile")
    rows = keys_to_review(int(request.actor.id), clock.real_now())
    return render(request, "sellers/keys_review.html", {"rows": rows})
