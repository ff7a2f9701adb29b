"""Forms of the second step: typed codes, keys, and the set-up of each method."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context as allauth_context
from allauth.mfa.base import forms as library
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as library_keys
from django import forms
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import queries
from sellerdesk.accounts.services import factors
from sellerdesk.accounts.types import Proof
from sellerdesk.accounts.web import passkeys
from sellerdesk.accounts.web.requests import request_info
from sellerdesk.core import clock
from sellerdesk.core.errors import Invalid


def _code_input(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-input",
                                  "spellcheck": "false", "autocapitalize": "none", **attrs})


class _TypedCode:
    """Checks a code with our service, which counts tries and spends what it accepts. LimitReached goes through to the
    page for limits."""

    user: Any
    cleaned_data: dict[str, Any]
    proof: Proof
    again = False

    def clean_code(self) -> str:
        request = allauth_context.request
        try:
            self.proof = factors.check_code(user_id=self.user.pk, code=self.cleaned_data["code"],
                                            info=request_info(request), now=clock.real_now())
        except Invalid as refused:
            raise forms.ValidationError(refused.text, code=refused.code) from None
        return ""

    def save(self) -> None:
        """Note in the session how the person proved themself."""
        request = allauth_context.request
        if self.proof.factor_id is not None:
            app = Authenticator.objects.select_related("user").get(pk=self.proof.factor_id)
            post_authentication(request, app, reauthenticated=self.again)
        else:
            more = {"reauthenticated": True} if self.again else {}
            record_authentication(request, self.user, "mfa", type=self.proof.method, **more)


class SecondStepForm(_TypedCode, library.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who has a key presses its button; typing comes second.
        first = {} if queries.factors(self.user.pk).keys else {"autofocus": True}
        self.fields["code"] = forms.CharField(label=_("Code"), max_length=40, widget=_code_input(**first))


class SecondStepAgainForm(_TypedCode, library.ReauthenticateForm):
    again = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("Code"), max_length=40, help_text=_("Six digits from your app, or one of your recovery codes."),
            widget=_code_input(autofocus=True))


class KeyStepForm(library_keys.AuthenticateWebAuthnForm):
    """A key at the second step."""

    purpose = "second"

    def clean_credential(self) -> Authenticator:
        try:
            return passkeys.finish(allauth_context.request, purpose=self.purpose, user_id=self.user.pk,
                                   credential=self.cleaned_data["credential"])
        except Invalid as refused:
            raise forms.ValidationError(refused.text, code=refused.code) from None


class KeyAgainForm(KeyStepForm):
    """A key that proves once more who is there."""

    purpose = "proof"
    reauthenticated = True


class AppForm(forms.Form):
    first = forms.CharField(label=_("Code that the app shows now"), max_length=20, widget=_code_input())
    second = forms.CharField(label=_("The code after it"), max_length=20, widget=_code_input(autocomplete="off"),
                             help_text=_("It appears within 30 seconds. Two in a row prove that the clock of your "
                                         "telephone is right, so that you are never locked out."))


class RecoveryForm(forms.Form):
    code = forms.CharField(label=_("Type any one of these codes"), max_length=40,
                           help_text=_("From your paper or file, to be sure that you have them. It is not used up."),
                           widget=_code_input(inputmode="text", autocomplete="off"))


class CredentialForm(forms.Form):
    """What the browser answered; a script fills it in."""

    credential = forms.JSONField(widget=forms.HiddenInput)


class KeyForm(CredentialForm):
    name = forms.CharField(label=_("Name"), max_length=60, help_text=_(
        "So that you recognise it in the list: the device, or where you keep it."))


class KeyNameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)


class PhoneCodeForm(forms.Form):
    code = forms.CharField(label=_("Code from the message"), max_length=20, widget=_code_input(autofocus=True))
