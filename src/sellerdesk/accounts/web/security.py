"""The "Security" page, and putting up and taking down an app, codes by phone and recovery codes."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.accounts import one_time, queries, seeds, standing
from sellerdesk.accounts.queries.factors import phone_of
from sellerdesk.accounts.services import factors, phone_factor, recovery_codes
from sellerdesk.accounts.web.factor_forms import AppForm, PhoneCodeForm, RecoveryForm
from sellerdesk.accounts.web.fresh import CRITICAL_MINUTES, fresh_proof
from sellerdesk.accounts.web.requests import request_info
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, NotFound
from sellerdesk.core.http.access import user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms

#: Half-made set-ups wait so long, encrypted, in the session.
WAIT_SECONDS = 1800
_SEED, _CODES, _PHONE = "app_seed", "recovery_codes_shown", "phone_factor_sent"


@user_view
@require_GET
def security(request: WebRequest) -> HttpResponse:
    user: Any = request.user
    now = clock.real_now()
    have = queries.factors(user.pk)
    return render(request, "accounts/security/overview.html", {
        "have": have, "verdict": _verdict(have), "low": have and have.recovery_left <= recovery_codes.LOW,
        "password_since": (user.password_changed_at or user.created_at) if user.has_usable_password() else None,
        "phone_offered": phone_factor.offered(now), "phone_number": phone_of(user.pk),
        "demands": [(demand.shop, demand.from_at, demand.from_at <= now) for demand in standing.of(user.pk).demands
                    ] if not have else []})


def _verdict(have: Any) -> str:
    """How safe the account is, in three levels of words."""
    if not have:
        return "open"
    return "gaps" if not have.recovery_left or not have.strong else "safe"


@user_view
def factor_added(request: WebRequest) -> HttpResponse:
    """After the first second step come recovery codes; after any other the overview."""
    if queries.factors(int(request.actor.id)).recovery_left:
        return redirect("accounts:security")
    return redirect("accounts:recovery_codes")


def _proved(request: WebRequest, method: str) -> None:
    """Setting a method up proves it: its codes are not asked for again a second later."""
    record_authentication(request, request.user, "mfa", type=method, reauthenticated=True)


# -- the app -----------------------------------------------------------------------------------------------------------


@user_view
@fresh_proof(CRITICAL_MINUTES, reading=True)
@never_cache
def app(request: WebRequest) -> HttpResponse:
    """Set an authenticator app up. The seed stays the same while the page is open, however often it is sent off."""
    user: Any = request.user
    user_id = user.pk
    if queries.factors(user_id).totp:
        return redirect("accounts:security")
    kept = request.session.get(_SEED, "")
    seed = seeds.open_lately(kept, life_seconds=WAIT_SECONDS) if kept else None
    if seed is None:
        seed = one_time.new_seed()
        request.session[_SEED] = seeds.sealed(seed)
    form = AppForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            factors.add_app(user_id=user_id, seed=seed, info=request_info(request), now=clock.real_now(),
                            **form.cleaned_data)
        except DomainError as refused:
            if refused.kind == "limit":
                raise
            ui_forms.add_errors(form, refused)
        else:
            request.session.pop(_SEED, None)
            _proved(request, "totp")
            messages.success(request, _("The authenticator app is ready."))
            return redirect("accounts:factor_added")
    address = get_adapter().build_totp_url(user, seed)
    picture = base64.b64encode(get_adapter().build_totp_svg(address).encode()).decode()
    return render(request, "accounts/security/app.html", {
        "form": form, "picture": f"data:image/svg+xml;base64,{picture}", "address": address, "seed": seed,
        "groups": " ".join(seed[start:start + 4] for start in range(0, len(seed), 4)), "person": user.email,
    }, status=422 if form.errors else 200)


@user_view
@fresh_proof(CRITICAL_MINUTES)
@require_POST
def app_remove(request: WebRequest) -> HttpResponse:
    factors.remove_app(user_id=int(request.actor.id), label=str(request.user), info=request_info(request),
                       now=clock.real_now())
    messages.success(request, _("The authenticator app is removed."))
    return redirect("accounts:security")


# -- recovery codes ----------------------------------------------------------------------------------------------------


def _shown(request: WebRequest) -> list[str]:
    """Codes made in this session and not yet confirmed."""
    kept = request.session.get(_CODES, "")
    text = seeds.open_lately(kept, life_seconds=WAIT_SECONDS) if kept else None
    return text.split() if text else []


@user_view
@fresh_proof(CRITICAL_MINUTES, reading=True)
@never_cache
def recovery(request: WebRequest) -> HttpResponse:
    """Make ten codes, show them, take one back. Then they are in force and never shown again.

    `?next=` names the page of ours to go on to.
    """
    user_id = int(request.actor.id)
    after = get_next_redirect_url(request)
    here = reverse("accounts:recovery_codes") + (f"?{urlencode({'next': after})}" if after else "")
    after = after or reverse("accounts:security")
    if request.method == "POST" and "make" in request.POST:
        request.session[_CODES] = seeds.sealed(" ".join(recovery_codes.prepare(user_id=user_id)))
        return redirect(here)
    codes = _shown(request)
    form = RecoveryForm(request.POST or None)
    if request.method == "POST" and codes and form.is_valid():
        try:
            recovery_codes.confirm(user_id=user_id, codes=codes, typed=form.cleaned_data["code"],
                                   info=request_info(request), now=clock.real_now())
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            request.session.pop(_CODES, None)
            messages.success(request, _("Your recovery codes are in force."))
            return redirect(after)
    return render(request, "accounts/security/recovery.html", {
        "form": form, "codes": codes, "here": here, "after": after, "have": queries.factors(user_id)},
        status=422 if codes and form.errors else 200)


@user_view
@fresh_proof(CRITICAL_MINUTES, reading=True)
@never_cache
@require_GET
def recovery_file(request: WebRequest) -> HttpResponse:
    """The codes as a text file, while they are shown. Raises NotFound afterwards."""
    user: Any = request.user
    codes = _shown(request)
    if not codes:
        raise NotFound()
    lines = [_("Recovery codes of Sellerdesk for %(email)s") % {"email": user.email},
             _("Each works once. Keep them where your telephone is not."), "", *codes, ""]
    response = HttpResponse("\r\n".join(lines), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sellerdesk-recovery-codes.txt"'
    return response


# -- codes by phone ----------------------------------------------------------------------------------------------------


@user_view
@fresh_proof(CRITICAL_MINUTES, reading=True)
@never_cache
def phone(request: WebRequest) -> HttpResponse:
    """Switch codes by phone on: send one, take it back."""
    user_id, info, now = int(request.actor.id), request_info(request), clock.real_now()
    if request.method == "POST" and "send" in request.POST:
        phone_factor.send_set_up(user_id=user_id, info=info, language=request.language, now=now)
        request.session[_PHONE] = True
        return redirect("accounts:phone_factor")
    sent = bool(request.session.get(_PHONE))
    form = PhoneCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            phone_factor.add(user_id=user_id, code=form.cleaned_data["code"], info=info, now=now)
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            request.session.pop(_PHONE, None)
            _proved(request, "phone")
            messages.success(request, _("Codes by phone are switched on."))
            return redirect("accounts:factor_added")
    return render(request, "accounts/security/phone.html", {"form": form, "sent": sent, "number": phone_of(user_id)},
                  status=422 if form.errors else 200)


@user_view
@fresh_proof(CRITICAL_MINUTES)
@require_POST
def phone_remove(request: WebRequest) -> HttpResponse:
    phone_factor.remove(user_id=int(request.actor.id), label=str(request.user), info=request_info(request),
                        now=clock.real_now())
    messages.success(request, _("Codes by phone are switched off."))
    return redirect("accounts:security")
