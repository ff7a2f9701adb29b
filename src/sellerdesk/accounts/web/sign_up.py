"""Signing up: with a password, or without one and with a passkey made right after the mailbox is proven."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginStage, LoginStageController
from allauth.account.views import SignupView
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from sellerdesk.accounts import services
from sellerdesk.accounts.passwords import min_length
from sellerdesk.accounts.queries.factors import passkeys as passkeys_of
from sellerdesk.accounts.services import passkeys
from sellerdesk.accounts.web.factor_forms import CredentialForm
from sellerdesk.accounts.web.forms import NewPasswordForm
from sellerdesk.accounts.web.passkeys import SESSION_KEY, site
from sellerdesk.accounts.web.requests import request_info
from sellerdesk.core import clock
from sellerdesk.core.errors import Invalid
from sellerdesk.core.http.access import public_view
from sellerdesk.core.http.request import WebRequest


class SignUp(SignupView):
    """The library's. `with=passkey`, in the address or by the button, asks for the e-mail alone."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by_passkey": self._by_passkey()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, by_passkey=self._by_passkey())

    def _by_passkey(self) -> bool:
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        return sent.get("with") == "passkey"


class FirstPasskeyStage(LoginStage):
    """Whoever has neither a password nor a passkey could never come back: they make one before they are let in."""

    key = "first_passkey"
    urlname = "accounts:first_passkey"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        if user is None or user.has_usable_password() or passkeys_of(user.pk):
            return None, True
        return redirect(self.urlname), True


@public_view
@never_cache
@sensitive_post_parameters()
def first_passkey(request: WebRequest) -> HttpResponse:
    """The passkey of a new account. Where the device refuses, a password does instead."""
    stage = LoginStageController.enter(request, FirstPasskeyStage.key)
    if stage is None:
        return redirect("account_login")
    user, info = stage.login.user, request_info(request)
    refusal = ""
    key = CredentialForm(request.POST if "credential" in request.POST else None)
    form = NewPasswordForm(request.POST if "password1" in request.POST else None, user=user)
    if key.is_valid():
        try:
            passkeys.add(user_id=user.pk, name=info.device[:60] or "Passkey", credential=key.cleaned_data["credential"],
                         state=request.session.pop(SESSION_KEY, None), site=site(request), info=info,
                         now=clock.real_now())
        except Invalid as refused:
            refusal = refused.text
        else:
            record_authentication(request, user, "mfa", type="webauthn", passwordless=True)
            # A lost device must not lock its owner out, so the codes come before the shop.
            after = urlencode({"next": stage.login.redirect_url or reverse("sellers:register")})
            stage.login.redirect_url = f"{reverse('accounts:recovery_codes')}?{after}"
            return stage.exit()
    elif form.is_valid():
        services.passwords.change(user=user, password=form.cleaned_data["password1"], info=info, keep_key="")
        record_authentication(request, user, "password")
        return stage.exit()
    return render(request, "account/first_passkey.html", {
        "form": form, "refusal": refusal, "least": min_length(user), "email": user.email},
        status=422 if refusal or key.errors or form.errors else 200)


sign_up = public_view(SignUp.as_view())
