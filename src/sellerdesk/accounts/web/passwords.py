"""Pages about passwords: change, forgotten, forced, and how strong one is while it is typed."""

from __future__ import annotations

from typing import Any

from allauth.account.stages import LoginStageController
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from sellerdesk.accounts import services
from sellerdesk.accounts.errors import LinkDead
from sellerdesk.accounts.events_security import REASONS
from sellerdesk.accounts.passwords import estimate, min_length, personal_words, words_in
from sellerdesk.accounts.web.forms import ChangePasswordForm, NewPasswordForm, ResetPasswordForm
from sellerdesk.accounts.web.fresh import CRITICAL_MINUTES, fresh_proof
from sellerdesk.accounts.web.password_stage import NewPasswordStage
from sellerdesk.accounts.web.requests import request_info
from sellerdesk.core import clock, limits
from sellerdesk.core.http.access import public_view, user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui.tables import next_url

_STRENGTH = (
    gettext_lazy("Very weak: guessed at once."), gettext_lazy("Weak: guessed within minutes."),
    gettext_lazy("Not enough: guessed within days."), gettext_lazy("Strong."), gettext_lazy("Very strong."),
)


@user_view
@fresh_proof(CRITICAL_MINUTES, reading=True)
@sensitive_post_parameters()
def change(request: WebRequest) -> HttpResponse:
    """A new password, with the old one where there is one. This session goes on under a new key, all others end."""
    user: Any = request.user
    if request.method == "POST":
        limits.require("password_current", str(user.pk), limit=10, seconds=300)
    first = not user.has_usable_password()
    form = (NewPasswordForm if first else ChangePasswordForm)(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        services.passwords.change(user=user, password=form.cleaned_data["password1"], info=request_info(request),
                                  keep_key=request.session.session_key or "")
        update_session_auth_hash(request, user)
        messages.success(request, _("The password is set. All other sessions have ended.") if first else
                         _("The password is changed. All other sessions have ended."))
        return redirect("accounts:profile")
    return render(request, "account/password_change.html", {"form": form, "least": min_length(user), "first": first},
                  status=422 if form.errors else 200)


@public_view
@never_cache
def forgotten(request: WebRequest) -> HttpResponse:
    """Asks for the address. The answer is the same whether it is known or not."""
    form = ResetPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.passwords.ask_reset(email=form.cleaned_data["email"], language=request.language,
                                     info=request_info(request))
        return redirect("account_reset_password_done")
    return render(request, "account/password_reset.html", {"form": form}, status=422 if form.errors else 200)


@public_view
@never_cache
@sensitive_post_parameters()
def by_link(request: WebRequest, uidb36: str, key: str) -> HttpResponse:
    """The link from the mail. Looking at it, as mail scanners do, uses nothing up; only saving does."""
    try:
        user = services.passwords.user_of_link(uidb36, key)
        form = NewPasswordForm(request.POST or None, user=user)
        if request.method == "POST" and form.is_valid():
            services.passwords.reset_by_link(uid=uidb36, token=key, password=form.cleaned_data["password1"],
                                             info=request_info(request), now=clock.real_now())
            return redirect("account_reset_password_from_key_done")
        context = {"form": form, "least": min_length(user)}
        response = render(request, "account/password_reset_from_key.html", context, status=422 if form.errors else 200)
    except LinkDead:
        response = render(request, "account/password_reset_from_key.html", {"token_fail": True}, status=410)
    # The address opens the account once and goes to nobody else. Not "no-referrer": with it browsers send forms with
    # "Origin: null", which our own check of forms refuses.
    response["Referrer-Policy"] = "strict-origin"
    return response


@public_view
@never_cache
@sensitive_post_parameters()
def forced(request: WebRequest) -> HttpResponse:
    """The new password that a sign-in waits for. Without such a sign-in there is nothing here."""
    stage = LoginStageController.enter(request, NewPasswordStage.key)
    if stage is None:
        return redirect("account_login")
    user = stage.login.user
    form = NewPasswordForm(request.POST or None, user=user, unlike_current=True)
    if request.method == "POST" and form.is_valid():
        services.passwords.replace_forced(user=user, password=form.cleaned_data["password1"],
                                          info=request_info(request))
        messages.success(request, _("The new password is set."))
        return stage.exit()
    return render(request, "account/password_forced.html",
                  {"form": form, "least": min_length(user), "reason": REASONS.get(user.must_change_password, "")},
                  status=422 if form.errors else 200)


@user_view
@require_POST
def dismiss_reminder(request: WebRequest) -> HttpResponse:
    services.passwords.dismiss_reminder(user_id=int(request.actor.id), info=request_info(request))
    return redirect(next_url(request, "/account/"))


@public_view
@never_cache
@sensitive_post_parameters()
@require_POST
def strength(request: WebRequest) -> HttpResponse:
    """How hard the password is that somebody is typing, and why. Nothing is kept or logged."""
    password = request.POST.get("password1", "")[:4096]
    if not password:
        return HttpResponse("")
    address = request_info(request).address
    if address:
        limits.require("password_strength", address, limit=600, seconds=300)
    user: Any = request.user if request.user.is_authenticated else None
    words = personal_words(user)
    found = estimate(password, [*words, *words_in(request.POST.get("email", "")[:254])])
    least = min_length(user)
    if request.POST.get("least") == "8":
        # The page knows whose password it is where nobody is signed in yet; the rule itself is checked on saving.
        least = 8
    if found.length < least:
        text: Any = _("Too short: %(length)s of %(limit)s characters.") % {"length": found.length, "limit": least}
    else:
        text = _STRENGTH[found.score]
    shown = min(found.score, 1) if found.length < least else found.score
    return render(request, "accounts/partials/strength.html", {
        "score": shown, "text": text, "reasons": found.reasons if found.score < 3 else (), "common": found.common})
