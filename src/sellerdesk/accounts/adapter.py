"""How the sign-in library meets this house: mails through the kit, codes of six digits, encrypted second factors."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import queries, rules, seeds, services
from sellerdesk.accounts.letters import LETTERS
from sellerdesk.accounts.queries.factors import has_phone_factor
from sellerdesk.accounts.web import fresh
from sellerdesk.accounts.web.requests import device_cookie, request_info
from sellerdesk.core import clock, mail
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import LimitReached, fill
from sellerdesk.core.http.request import WebRequest


class AccountAdapter(DefaultAccountAdapter):
    # Unknown address and wrong password share one answer; so do unknown and used-up codes and links.
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is wrong. Check both, or set a new password."),
        "incorrect_code": _("This code is wrong. Look at the newest mail and type its six digits."),
        "incorrect_password": _("This password is wrong."),
        "enter_current_password": _("This is not your current password."),
        "too_many_login_attempts": _("Too many failed attempts. Wait five minutes and try again, or set a new "
                                     "password now."),
        "rate_limited": _("That was too many requests in a short time. Wait a minute and try again."),
        "email_taken": _("This e-mail address is already in use."),
        "same_as_current": _("This is the same as before. Choose something new."),
        "unverified_primary_email": _("Confirm your main e-mail address first."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every mail of the library becomes one of our letters, in the language of the person who gets it."""
        letter = LETTERS[template_prefix.rpartition("/")[2]]
        user = context.get("user")
        language = getattr(user, "language", "") or queries.language_of(email)
        if not language:
            language = getattr(allauth_context.request, "language", None) or translation.get_language() or "en"
        with translation.override(language):
            texts = {"subject": fill(letter.subject, context), "text": fill(letter.text, context)}
        mail.send(email, "accounts/mail/letter", {**letter.context(context), **texts}, language)

    def new_user(self, request: WebRequest) -> Any:
        """A new person starts with the language of the page they sign up on, and the zone people there live in."""
        user = super().new_user(request)
        user.language = getattr(request, "language", "en")
        user.time_zone = rules.usual_time_zone(user.language)
        theme = request.COOKIES.get("theme", "")
        user.theme = theme if theme in rules.THEMES else "auto"
        return user

    def save_user(self, request: WebRequest, user: Any, form: Any, commit: bool = True) -> Any:
        saved = super().save_user(request, user, form, commit)
        if commit:
            services.record_registration(user=saved, now=clock.real_now())
        return saved

    def clean_email(self, email: str) -> str:
        """Refuses domains that the marketplace does not write to: throw-away mailboxes and those of its own list."""
        cleaned = super().clean_email(email)
        rule = dated.all_of("accounts.mail_domains_denied", clock.real_now()).get("")
        if rule is not None and rules.mail_domain_denied(cleaned, rule.value):
            raise ValidationError(_("Addresses at this domain cannot be used here. Take another mailbox, best that of "
                                    "your company."), code="mail_domain_denied")
        return cleaned

    def generate_email_verification_code(self) -> str:
        return f"{secrets.randbelow(1_000_000):06d}"

    def generate_login_code(self) -> str:
        return f"{secrets.randbelow(1_000_000):06d}"

    def get_login_redirect_url(self, request: WebRequest) -> str:
        """Operators work in the console; everybody else has a shop or registers one."""
        return reverse("console:home") if getattr(request.user, "is_operator", False) else "/"

    def get_login_stages(self) -> list[str]:
        """Who signed up without a password makes their passkey as soon as the mailbox is proven. A password that
        somebody else may know is replaced last: after the second step and the device's check."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "sellerdesk.accounts.web.devices.SecondStepStage"}
        return [*(ours.get(path, path) for path in super().get_login_stages()),
                "sellerdesk.accounts.web.sign_up.FirstPasskeyStage",
                "sellerdesk.accounts.web.devices.NewDeviceStage",
                "sellerdesk.accounts.web.password_stage.NewPasswordStage"]

    def authenticate(self, request: WebRequest, **credentials: Any) -> Any:
        """Look at a password, of somebody signing in or confirming who they are. Raises SignInLocked, HashingBusy.

        Unknown address, wrong password and closed account get the same answer after the same work.
        """
        info = request_info(request)
        now = clock.real_now()
        email = str(credentials.get("email", ""))
        if request.user.is_authenticated:
            one = services.signing.count_proof(user_id=request.user.pk)
        else:
            one = services.signing.count_try(name=email, cookie=device_cookie(request), info=info, now=now)
        try:
            user = authenticate(request, **credentials)
        except LimitReached:
            # Too busy to hash: nothing was tried, so nothing is counted.
            one.give_back()
            raise
        AuthenticationBackend.unstash_authenticated_user()
        if user is not None:
            one.give_back()
        elif request.user.is_authenticated:
            services.record(user_id=request.user.pk, kind="proof.failed", info=info, detail={"method": "password"})
        else:
            services.failures.sign_in_failed(email=email, method="password", info=info, now=now)
        return user

    def is_reauthentication_required(self, *, app: str) -> bool:
        """The library's own pages about factors and addresses decide who owns the account."""
        return fresh.is_stale(self.request, fresh.CRITICAL_MINUTES)

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """Who has a second step proves themself with it: a password alone may be known to somebody else."""
        ways = super().get_reauthentication_methods(user)
        second = [way for way in ways if way["id"] != "reauthenticate"]
        return second or ways

    def set_password(self, user: Any, password: str) -> None:
        services.passwords.keep(user, password)

    def get_signup_redirect_url(self, request: WebRequest) -> str:
        return reverse("sellers:register")

    def get_logout_redirect_url(self, request: WebRequest) -> str:
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: WebRequest) -> str:
        return reverse("accounts:profile")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seeds of authenticator apps lie encrypted, so that a stolen database alone opens no account."""

    error_messages = {**DefaultMFAAdapter.error_messages,
                      "incorrect_code": _("This code is wrong. Type the newest one from your app, or a recovery code.")}

    def get_totp_issuer(self) -> str:
        return "Sellerdesk"

    def encrypt(self, text: str) -> str:
        return seeds.sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return seeds.open_seed(encrypted_text)

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Codes by phone are typed like those of an app, so to the library they are one and the same method."""
        if user.is_anonymous:
            return False
        if super().is_mfa_enabled(user, types):
            return True
        return (types is None or Authenticator.Type.TOTP in types) and has_phone_factor(user.pk)
