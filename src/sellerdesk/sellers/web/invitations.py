"""What the link in an invitation opens. Looking at it changes nothing, because mail scanners look at links too."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.accounts.queries.presence import owns_address
from sellerdesk.core import clock
from sellerdesk.core.http.access import public_view, user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.sellers import rights
from sellerdesk.sellers.queries import team as reading
from sellerdesk.sellers.services import invitations as services


@require_GET
@public_view
def invitation(request: WebRequest, token: str) -> HttpResponse:
    """Who invites where and as what; the way in for those who have an account and for those who have none."""
    letter = reading.letter(token)
    user = request.user
    fits = user.is_authenticated and owns_address(user.pk, letter.email)
    response = render(request, "sellers/invitation.html", {
        "letter": letter, "token": token, "fits": fits, "here": request.path,
        "role": rights.role_name(letter.terms.role, letter.own_role_name)})
    # The address opens something, so it is told to nobody else.
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@user_view
def accept(request: WebRequest, token: str) -> HttpResponse:
    seller = services.accept(token=token, user_id=int(request.actor.id), label=str(request.user), actor=request.actor,
                             real_now=clock.real_now(), info=request.origin())
    messages.success(request, _("Welcome to “%(shop)s”!") % {"shop": seller.name})
    return redirect("/")


@require_POST
@user_view
def decline(request: WebRequest, token: str) -> HttpResponse:
    shop = services.decline(token=token, user_id=int(request.actor.id), label=str(request.user), actor=request.actor,
                            real_now=clock.real_now(), info=request.origin())
    messages.success(request, _("You declined the invitation to “%(shop)s”.") % {"shop": shop})
    return redirect("/")
