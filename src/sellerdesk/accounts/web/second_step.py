"""The library's pages for the second step at sign-in and for proving oneself again, with our checks behind them."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.templatekit import get_entrance_context_data
from allauth.account.views import BaseReauthenticateView
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.webauthn.internal import flows
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from sellerdesk.accounts import queries
from sellerdesk.accounts.services import devices, phone_factor
from sellerdesk.accounts.web.requests import request_info
from sellerdesk.core.http.access import public_view, user_view
from sellerdesk.core.http.request import WebRequest


class SecondStep(AuthenticateView):
    """Key, app, phone or recovery code, whichever the person has; the best one first."""

    def post(self, request: WebRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "send" in request.POST:
            user = self.stage.login.user
            phone_factor.send(user_id=user.pk, info=request_info(request), language=request.language)
            messages.success(request, _("The code is on its way to your phone."))
            return redirect("mfa_authenticate")
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The library would start a key's ceremony with every page; ours starts when the button is pressed.
        return {**kwargs, "view": self, **get_entrance_context_data(self.request), "form": self.auth_form,
                "key_form": self.webauthn_form, "have": queries.factors(self.stage.login.user.pk),
                "may_remember": devices.may_trust(user_id=self.stage.login.user.pk)}


class ProofByKey(ReauthenticateWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return BaseReauthenticateView.get_context_data(self, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def form_valid(self, form: Any) -> HttpResponse:
        flows.reauthenticate(self.request, form.cleaned_data["credential"])
        return BaseReauthenticateView.form_valid(self, form)


second_step = public_view(never_cache(SecondStep.as_view()))
proof_by_code = user_view(never_cache(ReauthenticateView.as_view()))
proof_by_key = user_view(never_cache(ProofByKey.as_view()))


@user_view
def elsewhere(request: WebRequest) -> HttpResponse:
    """Stands where the library would manage second steps without our checks."""
    return redirect("accounts:security")
