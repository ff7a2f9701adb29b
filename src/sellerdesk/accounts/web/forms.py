"""Forms about people: the sign-in library's, in our words and with our widgets, and the profile."""

from __future__ import annotations

import zoneinfo
from datetime import datetime
from functools import lru_cache
from typing import Any

from allauth.account import forms as library
from babel.core import get_global
from babel.dates import get_timezone_gmt, get_timezone_location
from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import rules, services
from sellerdesk.accounts.web.requests import request_info
from sellerdesk.core import zones
from sellerdesk.core.ui import formats
from sellerdesk.core.ui.context import LANGUAGE_NAMES
from sellerdesk.core.ui.forms import offer


def _email(form: forms.BaseForm, name: str = "email", label: Any = None) -> None:
    field = form.fields[name]
    field.label = label or _("E-mail")
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})


def _password(form: forms.BaseForm, name: str, label: Any, autocomplete: str) -> None:
    field = form.fields[name]
    field.label, field.help_text = label, ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["autocomplete"] = autocomplete


def _code(form: forms.BaseForm, label: Any, help_text: Any = "") -> None:
    field = form.fields["code"]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update({"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True,
                               "class": "code-input", "maxlength": "20", "spellcheck": "false"})


class LoginForm(library.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _email(self, "login")
        # "username" and "current-password" are the pair that password managers look for.
        # With "webauthn" the browser offers passkeys in the same list as the addresses it has kept.
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"
        _password(self, "password", _("Password"), "current-password")

    def _clean_with_password(self, credentials: dict[str, Any]) -> Any:
        """Only here is the password known in clear and known to be right: the moment to look it up on the list."""
        data = super()._clean_with_password(credentials)
        user = getattr(self, "user", None)
        if user is not None and user.is_active:
            services.passwords.judge_at_sign_in(user=user, password=credentials["password"],
                                                info=request_info(self.request))
        return data


class SignupForm(library.SignupForm):
    """E-mail and password, or the e-mail alone where a passkey follows; the field nobody sees keeps robots out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _email(self)
        self.fields["email"].widget.attrs["autocomplete"] = "username"
        if not self.by_passkey:
            _password(self, "password1", _("Password"), "new-password")
        # The library hides it with a style of its own, which our policy forbids; the page hides it with a class.
        self.fields["website"].widget = forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})

    def try_save(self, request: Any) -> Any:
        """A known address makes no account, but costs the same work, or the time of the answer would tell it."""
        if self.account_already_exists and not self.by_passkey:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class AddEmailForm(library.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _email(self, label=_("New e-mail address"))


class ChangeEmailForm(library.ChangeEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _email(self, label=_("Another e-mail address"))


class NewPasswordForm(forms.Form):
    """A new password, typed once: it can be shown, and repeating it blindly helps nobody."""

    password1 = forms.CharField(label=_("New password"), strip=False, max_length=4096,
                                widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args: Any, user: Any, unlike_current: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.unlike_current = user, unlike_current

    def clean_password1(self) -> str:
        password = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.user)
        if self.unlike_current and self.user.check_password(password):
            raise forms.ValidationError(_("This is the same as before. Choose something new."))
        return password


class ChangePasswordForm(NewPasswordForm):
    oldpassword = forms.CharField(label=_("Current password"), strip=False, max_length=4096,
                                  widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    field_order = ("oldpassword", "password1")

    def clean_oldpassword(self) -> str:
        if not self.user.check_password(self.cleaned_data["oldpassword"]):
            raise forms.ValidationError(_("This is not your current password."))
        return self.cleaned_data["oldpassword"]


class ResetPasswordForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={
        "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}))


class EmailCodeForm(library.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Code from the mail"))


class DeviceCodeForm(forms.Form):
    """Six digits from the mail about a new device."""

    code = forms.CharField(max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Code from the mail"))


class PhoneForm(forms.Form):
    phone = forms.CharField(label=_("Telephone with the code of the country"), max_length=30,
                            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
                            help_text=_("The number you have confirmed, for example +7 916 123 45 67."))


class PhoneCodeForm(forms.Form):
    code = forms.CharField(max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Code from the message"))


class ReauthenticateForm(library.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self, "password", _("Password"), "current-password")
        self.fields["password"].widget.attrs["autofocus"] = True


class PhraseForm(forms.Form):
    phrase = forms.CharField(label=_("Your phrase"), required=False, max_length=200, help_text=_(
        "3 to 60 characters that only you and we know, for example a line from a song. Not your password."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}))


class MessageCodeForm(forms.Form):
    code = forms.CharField(label=_("Code of the message"), max_length=40, help_text=_(
        "It stands at the end of every message from us and looks like SD-7K3M-92QX."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}))


class SupportForm(forms.Form):
    email = forms.EmailField(label=_("Your e-mail"), max_length=254, help_text=_(
        "The answer goes there. Best the address of your account."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}))
    text = forms.CharField(label=_("What happens?"), max_length=5000, help_text=_(
        "What did you do, and what did the page answer? Never write a password or a code here."),
        widget=forms.Textarea(attrs={"rows": 4}))
    code = forms.CharField(label=_("Code of the diagnosis"), required=False, max_length=12, help_text=_(
        "Filled in by the check above."), widget=forms.TextInput(attrs={"autocomplete": "off"}))


class RecoveryForm(forms.Form):
    email = forms.EmailField(label=_("Address of the account"), max_length=254, widget=forms.EmailInput(attrs={
        "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}))
    new_email = forms.EmailField(label=_("Address where we reach you"), max_length=254, help_text=_(
        "The link goes there, and it becomes the address of the account."), widget=forms.EmailInput(attrs={
            "autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}))
    story = forms.CharField(label=_("What happened?"), max_length=5000, help_text=_(
        "How mail and second step were lost, and how we can tell that the account is yours: shops, papers, last acts."),
        widget=forms.Textarea(attrs={"rows": 5}))


class ProfileForm(forms.Form):
    """How a person is called and what their pages look like. The service judges; this only asks."""

    name = forms.CharField(label=_("Your name"), max_length=120, required=False,
                           help_text=_("How colleagues see you in lists and histories."),
                           widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=[(code, name) for code, name, _tag in LANGUAGE_NAMES],
                                 help_text=_("Pages and mails come in this language."))
    theme = forms.ChoiceField(label=_("Light or dark"), choices=[
        ("auto", _("As on the device")), ("light", _("Light")), ("dark", _("Dark"))])
    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Dates and times are shown in it."),
                                  widget=forms.Select(attrs={"data-select": ""}))

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = zone_choices(formats.locale().language, now.replace(minute=0, second=0, microsecond=0))
        current = self.initial.get("time_zone", "")
        extra = [] if current in dict(known) else [(current, current)]
        offer(self, "time_zone", [*extra, *known])


@lru_cache(maxsize=6)
def zone_choices(language: str, at: datetime) -> list[tuple[str, str]]:
    """Time zones by place name in a language, west to east, with the difference to UTC at the moment."""
    del language  # Part of the cache key; babel takes the locale below.
    locale = formats.locale()
    aliases = get_global("zone_aliases")
    choices = []
    for name in zones.known():
        if "/" in name and name not in aliases and not name.startswith(rules.TECHNICAL_ZONES):
            here = at.astimezone(zoneinfo.ZoneInfo(name))
            place = get_timezone_location(name, locale, return_city=True)
            shift = get_timezone_gmt(here, "long", locale="en").replace("GMT", "UTC")
            choices.append((here.utcoffset(), place, name, f"{place} ({shift})"))
    return [(name, label) for _offset, _place, name, label in sorted(choices)]
