"""The mails that guard an account: what each says, in one table. Two templates, text and HTML, lay them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

_IGNORE = _("If this was not you, ignore this mail. Nothing changes.")
_ALARM = _("If this was not you, set a new password at once and look at your list of sessions.")


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail. Texts may hold named placeholders filled from the mail's context.

    `code` and `link` name the context values that hold a code to show in large type and the address of the button.
    """

    subject: Any
    text: Any
    note: Any = ""
    button: Any = ""
    link: str = ""
    code: str = ""
    security: bool = False

    def context(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"letter": self, "values": dict(values), "code": values.get(self.code, "") if self.code else "",
                "url": values.get(self.link, "") if self.link else "",
                "timestamp": values.get("timestamp"), "ip": values.get("ip", ""),
                "user_agent": values.get("user_agent", "")}


LETTERS: dict[str, Letter] = {
    "email_confirmation_signup": Letter(
        _("%(code)s is your Sellerdesk code"),
        _("Welcome! Enter this code to confirm your e-mail address and finish signing up. It is valid for 10 minutes."),
        _IGNORE, code="code"),
    "email_confirmation": Letter(
        _("%(code)s is your Sellerdesk code"),
        _("Enter this code to confirm your e-mail address. It is valid for 10 minutes."), _IGNORE, code="code"),
    "login_code": Letter(
        _("%(code)s is your Sellerdesk sign-in code"),
        _("Enter this code to sign in. It is valid for a few minutes. Never tell it to anybody."), _ALARM, code="code"),
    "new_device_code": Letter(
        _("%(code)s confirms your new device"),
        _("Somebody, hopefully you, is signing in from a browser that you have not used before, with the right "
          "password. "
          "Enter this code there, or open the link in the same browser. It is valid for 15 minutes."),
        _("If this was not you, somebody knows your password: tell nobody this code, and set a new password at once."),
        button=_("Confirm the device"), link="url", code="code"),
    "password_reset_key": Letter(
        _("Set a new password"),
        _("Somebody, hopefully you, asked to set a new password for this address. The link works once."),
        _IGNORE, button=_("Set a new password"), link="password_reset_url"),
    "unknown_account": Letter(
        _("There is no account with this address"),
        _("Somebody, hopefully you, asked to set a new password, but no account has this address. "
          "Perhaps you signed up with another one."),
        _("If this was not you, ignore this mail."), button=_("Create an account"), link="signup_url"),
    "account_already_exists": Letter(
        _("You already have an account"),
        _("Somebody, hopefully you, tried to sign up with this address. It has an account already, so no new one "
          "was made. If you forgot the password, set a new one."),
        _IGNORE, button=_("Set a new password"), link="password_reset_url"),
    "recovery_received": Letter(
        _("Your request to recover an account"),
        _("We have your request. If there is an account with the address you named, everybody who could be its owner "
          "is told now and can stop the request. After %(hours)s hours two people look at it; if they agree, you get a "
          "link at this address. Nobody can hurry this, and nobody will ask you for a password or a code."),
        _IGNORE),
    "recovery_notice": Letter(
        _("Somebody asks to recover your account"),
        _("Somebody says that mail and second step of your account are lost. From %(until)s on two people may decide. "
          "If both agree, the second step is removed and %(email)s becomes the address of the account."),
        _("If this was you, do nothing. If not, stop it now: the button works without signing in."),
        button=_("Stop the recovery"), link="stop_url", security=True),
    "recovery_circle": Letter(
        _("Recovery of the account of %(person)s was asked for"),
        _("You work for the same shop as %(person)s. Somebody says that mail and second step of this account are lost. "
          "From %(until)s on two people may decide. Ask %(person)s, by telephone or in person, whether this is true."),
        _("If it is not, stop it: the button works without signing in."),
        button=_("Stop the recovery"), link="stop_url", security=True),
    "recovery_link": Letter(
        _("Your account can be recovered"),
        _("Two people approved the recovery of your account. Set a new password with this link; it works once, for "
          "three days. After that, set up a second step again."),
        _("We never ask you to send us this link."), button=_("Set a new password"), link="recovery_url"),
    "recovery_done": Letter(
        _("Your account was recovered"),
        _("A new password was set for your account, the second step was removed, all sessions ended, and the address "
          "of the account is %(email)s now."),
        _("If this was not you, write to the marketplace at once."), security=True),
    "problem_answer": Letter(
        _("Help with signing in, %(code)s"), "",
        _("We never ask for your password or for a code from your telephone.")),
}

#: About an important event of the account; the text is the event's sentence.
SECURITY_NOTICE = Letter("", "", _("If this was not you: open the security history, press “This was not me” there, and "
                                   "set a new password. We never ask for your password or a code by mail or phone."),
                         button=_("Security history"), link="url", security=True)
#: The same with a link that stops or undoes the act; it works without signing in.
STOP_LINK = Letter("", "", _("If this was not you, press the button. It stops this change, ends all sessions and asks "
                             "for a new password. It works without signing in."),
                   button=_("This was not me: stop it"), link="url", security=True)

CONTACT_CODE = Letter(
    _("%(code)s is your Sellerdesk code"),
    _("Enter this code to make %(new)s the address of your account. It is valid for 10 minutes."),
    _IGNORE, code="code")
CONFIRM_OLD = Letter(
    _("Confirm the change of your e-mail address"),
    _("Somebody, hopefully you, asked to change the address of your account to %(new)s. Press the button to confirm "
      "it from this address."),
    button=_("Confirm the change"), link="url", security=True)
ADDRESS_IN_USE = Letter(
    _("You already have an account"),
    _("Somebody tried to use this address for another account. It stays with yours, and nothing has changed."),
    _IGNORE)
