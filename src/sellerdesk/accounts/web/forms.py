"""Forms about people: the sign-in library's, in our words and with our widgets, and the profile."""

from __future__ import annotations

import zoneinfo
from datetime import datetime
from functools import lru_cache
from typing import Any

from allauth.account import forms as library
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as authenticator_app
from babel.core import get_global
from babel.dates import get_timezone_gmt, get_timezone_location
from django import forms
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import rules
from sellerdesk.core.ui import formats
from sellerdesk.core.ui.context import LANGUAGE_NAMES


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
        # The pair that password managers look for.
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        _password(self, "password", _("Password"), "current-password")


class SignupForm(library.SignupForm):
    """E-mail and password; the field nobody sees keeps robots out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _email(self)
        self.fields["email"].widget.attrs["autocomplete"] = "username"
        _password(self, "password1", _("Password"), "new-password")
        # The library hides it with a style of its own, which our policy forbids; the page hides it with a class.
        self.fields["website"].widget = forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})


class AddEmailForm(library.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _email(self, label=_("New e-mail address"))


class ChangeEmailForm(library.ChangeEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _email(self, label=_("Another e-mail address"))


class ChangePasswordForm(library.ChangePasswordForm):
    """The new password is typed once: it can be shown, and repeating it blindly helps nobody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self, "oldpassword", _("Current password"), "current-password")
        _password(self, "password1", _("New password"), "new-password")
        del self.fields["password2"]


class ResetPasswordForm(library.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _email(self)


class ResetPasswordKeyForm(library.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self, "password1", _("New password"), "new-password")
        del self.fields["password2"]


class EmailCodeForm(library.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Code from the mail"))


class ReauthenticateForm(library.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self, "password", _("Password"), "current-password")
        self.fields["password"].widget.attrs["autofocus"] = True


class SecondStepForm(second_step.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Code"), _("Six digits from your app, or one of your recovery codes."))


class SecondStepAgainForm(second_step.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Code"), _("Six digits from your app, or one of your recovery codes."))


class ActivateAppForm(authenticator_app.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Code from the app"))


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
        self.fields["time_zone"].choices = [*extra, *known]


@lru_cache(maxsize=6)
def zone_choices(language: str, at: datetime) -> list[tuple[str, str]]:
    """Time zones by place name in a language, west to east, with the difference to UTC at the moment."""
    del language  # Part of the cache key; babel takes the locale below.
    locale = formats.locale()
    aliases = get_global("zone_aliases")
    choices = []
    for name in zoneinfo.available_timezones():
        if "/" in name and name not in aliases and not name.startswith(rules.TECHNICAL_ZONES):
            here = at.astimezone(zoneinfo.ZoneInfo(name))
            place = get_timezone_location(name, locale, return_city=True)
            shift = get_timezone_gmt(here, "long", locale="en").replace("GMT", "UTC")
            choices.append((here.utcoffset(), place, name, f"{place} ({shift})"))
    return [(name, label) for _offset, _place, name, label in sorted(choices)]
