"""A person's own passkeys and security keys: adding, naming, removing."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sellerdesk.accounts import queries
from sellerdesk.accounts.services import passkeys
from sellerdesk.accounts.web.factor_forms import KeyForm, KeyNameForm
from sellerdesk.accounts.web.fresh import CRITICAL_MINUTES, fresh_proof
from sellerdesk.accounts.web.passkeys import SESSION_KEY, site
from sellerdesk.accounts.web.requests import request_info
from sellerdesk.core import clock
from sellerdesk.core.errors import Invalid, NotFound
from sellerdesk.core.http.access import user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms


@user_view
@fresh_proof(CRITICAL_MINUTES, reading=True)
@never_cache
def key_new(request: WebRequest) -> HttpResponse:
    """Add a passkey (`?kind=passkey`) or a plain security key (`?kind=key`)."""
    passkey = request.GET.get("kind") != "key"
    form = KeyForm(request.POST or None, initial={"name": _suggested_name(request) if passkey else ""})
    if request.method == "POST" and form.is_valid():
        try:
            passkeys.add(user_id=int(request.actor.id), name=form.cleaned_data["name"],
                         credential=form.cleaned_data["credential"], state=request.session.pop(SESSION_KEY, None),
                         site=site(request), info=request_info(request), now=clock.real_now())
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        else:
            record_authentication(request, request.user, "mfa", type="webauthn", reauthenticated=True)
            messages.success(request, _("The passkey is ready.") if passkey else _("The security key is ready."))
            return redirect("accounts:factor_added")
    return render(request, "accounts/security/key_new.html", {
        "form": form, "passkey": passkey, "purpose": "passkey" if passkey else "key"},
        status=422 if form.errors else 200)


def _suggested_name(request: WebRequest) -> str:
    return request_info(request).device[:60]


@user_view
@fresh_proof(CRITICAL_MINUTES)
def key_edit(request: WebRequest, key_id: int) -> HttpResponse:
    """Rename a key. Raises NotFound for anybody else's."""
    user_id = int(request.actor.id)
    key = next((one for one in queries.factors(user_id).keys if one.id == key_id), None)
    if key is None:
        raise NotFound()
    form = KeyNameForm(request.POST or None, initial={"name": key.name})
    if request.method == "POST" and form.is_valid():
        try:
            passkeys.rename(user_id=user_id, key_id=key_id, name=form.cleaned_data["name"],
                            info=request_info(request))
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:security")
    return render(request, "accounts/security/key_edit.html", {"form": form, "key": key},
                  status=422 if form.errors else 200)


@user_view
@fresh_proof(CRITICAL_MINUTES)
@require_POST
def key_remove(request: WebRequest, key_id: int) -> HttpResponse:
    """Remove a key. Raises NotFound for anybody else's, and Conflict while a shop demands it."""
    passkeys.remove(user_id=int(request.actor.id), key_id=key_id, label=str(request.user),
                    info=request_info(request), now=clock.real_now())
    messages.success(request, _("The key is removed."))
    return redirect("accounts:security")
