"""What can happen to an account: every kind, its sentence, whether the person is written to, and what to do then.

Sentences may hold placeholders filled from the event's detail. Nothing secret ever goes into a detail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Kind:
    """`important` kinds are mailed to the person. `deniable` ones carry the button "this was not me"."""

    sentence: Any
    group: str
    important: bool = False
    deniable: bool = False
    tone: str = "neutral"


#: Groups of the filter, in the order shown.
GROUPS: dict[str, Any] = {
    "sign_in": _("Signing in"), "password": _("Password"), "contact": _("E-mail and phone"),
    "factor": _("Two-step sign-in"), "session": _("Sessions and devices"), "recovery": _("Recovery"),
    "key": _("API keys"), "team": _("Team and rights"), "account": _("Account and data"),
}

KINDS: dict[str, Kind] = {
    "account.created": Kind(_("The account was created"), "account"),
    "profile.changed": Kind(_("The profile was changed"), "account"),
    "export.requested": Kind(_("A copy of data was requested: %(what)s"), "account", tone="warning"),
    "history.erased": Kind(_("Personal detail of older events was erased"), "account"),
    "document.opened": Kind(_("The document “%(name)s” was opened"), "account"),
    "document.uploaded": Kind(_("The document “%(name)s” was uploaded"), "account"),
    "offer.accepted": Kind(_("The offer %(version)s was accepted"), "account"),
    "legal.requested": Kind(_("A change of legal data was requested"), "account", important=True, tone="warning"),
    "legal.approved": Kind(_("A change of legal data was approved"), "account", important=True),
    "legal.rejected": Kind(_("A change of legal data was rejected"), "account"),
    "shop.registered": Kind(_("The shop “%(shop)s” was registered"), "account"),

    "sign_in.succeeded": Kind(_("Signed in (%(method)s)"), "sign_in", deniable=True, tone="success"),
    "sign_in.failed": Kind(_("Somebody tried to sign in and failed (%(method)s)"), "sign_in", tone="warning"),
    "sign_in.throttled": Kind(_("Too many failed sign-ins; further ones were refused for a while"), "sign_in",
                              important=True, tone="danger"),
    "sign_in.new_device": Kind(_("Signed in from a new device"), "sign_in", important=True, deniable=True,
                               tone="warning"),
    "sign_in.device_asked": Kind(_("Signing in from a new device waits for confirmation by mail"), "sign_in",
                                 tone="warning"),
    "sign_in.device_confirmed": Kind(_("A new device was confirmed by mail"), "sign_in", deniable=True),
    "sign_in.denied": Kind(_("Reported as “this was not me”: %(event)s"), "sign_in", important=True, tone="danger"),
    "sign_in.ended": Kind(_("Signed out"), "sign_in"),
    "sign_in.problem_reported": Kind(_("Help with signing in was asked for, code %(code)s"), "sign_in"),
    "proof.given": Kind(_("Confirmed it is you (%(method)s)"), "sign_in"),
    "proof.failed": Kind(_("Confirming it is you failed (%(method)s)"), "sign_in", tone="warning"),

    "password.changed": Kind(_("The password was changed"), "password", important=True, deniable=True,
                             tone="warning"),
    "password.set": Kind(_("A password was set"), "password", important=True, deniable=True, tone="warning"),
    "password.reset_requested": Kind(_("A link to set a new password was requested"), "password"),
    "password.reset": Kind(_("A new password was set by a link from a mail"), "password", important=True,
                           deniable=True, tone="warning"),
    "password.change_forced": Kind(_("A new password has to be set at the next sign-in: %(reason)s"), "password",
                                   important=True, tone="danger"),
    "password.reminder_dismissed": Kind(_("The reminder about the password's age was put aside"), "password"),
    "phrase.changed": Kind(_("The personal phrase was changed"), "password", important=True, deniable=True,
                           tone="warning"),

    # Of changes of contacts, both the old and the new side are told by the service that makes them, with a link that
    # stops or undoes the change.
    "email.change_requested": Kind(_("A change of the e-mail address to %(new)s was asked for"), "contact",
                                   deniable=True, tone="warning"),
    "email.new_proven": Kind(_("The new e-mail address %(new)s was confirmed by a code"), "contact"),
    "email.old_confirmed": Kind(_("The change of the e-mail address was confirmed from the old one"), "contact"),
    "email.change_waits": Kind(_("The change to %(new)s goes ahead on %(day)s unless it is stopped"), "contact",
                               deniable=True, tone="danger"),
    "email.changed": Kind(_("The e-mail address was changed from %(old)s to %(new)s"), "contact",
                          deniable=True, tone="warning"),
    "email.change_cancelled": Kind(_("The change of the e-mail address was cancelled"), "contact"),
    "email.change_undone": Kind(_("The change of the e-mail address was undone; it is %(old)s again"), "contact",
                                tone="danger"),
    "email.confirmed": Kind(_("The e-mail address %(email)s was confirmed"), "contact"),
    "email.added": Kind(_("The e-mail address %(email)s was added"), "contact", important=True, deniable=True,
                        tone="warning"),
    "phone.code_sent": Kind(_("A code was sent to the phone %(phone)s"), "contact"),
    "phone.verified": Kind(_("The phone %(phone)s was confirmed"), "contact", deniable=True,
                           tone="warning"),
    "phone.change_requested": Kind(_("A change of the phone to %(new)s was asked for"), "contact",
                                   deniable=True, tone="warning"),
    "phone.changed": Kind(_("The phone was changed from %(old)s to %(new)s"), "contact",
                          deniable=True, tone="warning"),
    "phone.change_waits": Kind(_("The change of the phone to %(new)s goes ahead on %(day)s unless it is stopped"),
                               "contact", deniable=True, tone="danger"),
    "phone.change_cancelled": Kind(_("The change of the phone was cancelled"), "contact"),
    "phone.change_undone": Kind(_("The change of the phone was undone; it is %(old)s again"), "contact",
                                tone="danger"),

    "factor.totp_added": Kind(_("An authenticator app was added"), "factor", important=True, deniable=True,
                              tone="warning"),
    "factor.totp_removed": Kind(_("The authenticator app was removed"), "factor", important=True, deniable=True,
                                tone="danger"),
    "factor.key_added": Kind(_("The passkey or security key “%(name)s” was added"), "factor", important=True,
                             deniable=True, tone="warning"),
    "factor.key_renamed": Kind(_("A passkey or security key was renamed to “%(name)s”"), "factor"),
    "factor.key_removed": Kind(_("The passkey or security key “%(name)s” was removed"), "factor", important=True,
                               deniable=True, tone="danger"),
    "factor.key_counter_back": Kind(_("The security key “%(name)s” counted backwards; it may have been copied"),
                                    "factor", important=True, tone="danger"),
    "factor.phone_added": Kind(_("Codes by phone were switched on"), "factor", important=True, deniable=True,
                               tone="warning"),
    "factor.phone_removed": Kind(_("Codes by phone were switched off"), "factor", important=True, deniable=True,
                                 tone="danger"),
    "factor.last_removed": Kind(_("The last second step was removed; the password alone opens the account"),
                                "factor", important=True, deniable=True, tone="danger"),
    "factor.used": Kind(_("The second step was passed (%(method)s)"), "factor"),
    "factor.failed": Kind(_("The second step failed (%(method)s)"), "factor", tone="warning"),
    "recovery.codes_made": Kind(_("New recovery codes were made; the old ones no longer work"), "factor",
                                important=True, deniable=True, tone="warning"),
    "recovery.codes_confirmed": Kind(_("The recovery codes were confirmed as written down"), "factor"),
    "recovery.used": Kind(_("A recovery code was used; %(left)s are left"), "factor", important=True, deniable=True,
                          tone="warning"),
    "recovery.low": Kind(_("Only %(left)s recovery codes are left"), "factor", important=True, tone="warning"),

    "recovery.requested": Kind(_("Recovery of the account was asked for"), "recovery", important=True, deniable=True,
                               tone="danger"),
    "recovery.seen": Kind(_("A first person approved the recovery of the account"), "recovery", tone="warning"),
    "recovery.approved": Kind(_("Recovery of the account was approved"), "recovery", important=True, tone="danger"),
    "recovery.rejected": Kind(_("Recovery of the account was rejected"), "recovery", important=True),
    "recovery.cancelled": Kind(_("Recovery of the account was cancelled"), "recovery", important=True),
    "recovery.completed": Kind(_("The account was recovered: new e-mail address, second step removed"), "recovery",
                               important=True, tone="danger"),

    "session.ended": Kind(_("A session was ended (%(device)s)"), "session"),
    "session.others_ended": Kind(_("All other sessions were ended"), "session"),
    "session.address_changed": Kind(_("A session went on from another address"), "session"),
    "device.trusted": Kind(_("A device is remembered for the second step"), "session", deniable=True),
    "device.forgotten": Kind(_("A device is no longer remembered"), "session"),

    "key.created": Kind(_("The API key “%(name)s” was created in “%(shop)s”"), "key", important=True, deniable=True,
                        tone="warning"),
    "key.changed": Kind(_("The API key “%(name)s” was changed"), "key"),
    "key.rotated": Kind(_("The API key “%(name)s” was replaced by a new one"), "key", important=True, deniable=True,
                        tone="warning"),
    "key.deactivated": Kind(_("The API key “%(name)s” was deactivated in “%(shop)s”"), "key", important=True),
    "key.leaked": Kind(_("The API key “%(name)s” was found in public and deactivated"), "key", important=True,
                       tone="danger"),
    "key.expiring": Kind(_("The API key “%(name)s” expires on %(day)s"), "key", tone="warning"),

    "role.granted": Kind(_("Got the role “%(role)s” in “%(shop)s”"), "team", important=True),
    "role.changed": Kind(_("The role in “%(shop)s” was changed to “%(role)s”"), "team", important=True),
    "role.removed": Kind(_("No longer a member of “%(shop)s”"), "team", important=True),
    "role.expired": Kind(_("The time in “%(shop)s” is over"), "team", important=True),
    "role.given": Kind(_("Gave %(person)s the role “%(role)s” in “%(shop)s”"), "team"),
    "role.custom_created": Kind(_("The role “%(role)s” was created in “%(shop)s”"), "team"),
    "role.custom_changed": Kind(_("The rights of the role “%(role)s” were changed in “%(shop)s”"), "team"),
    "role.custom_removed": Kind(_("The role “%(role)s” was deleted in “%(shop)s”"), "team"),
    "role.policy_changed": Kind(_("The security rules of “%(shop)s” were changed"), "team", important=True),
    "role.last_factor_of": Kind(_("%(person)s removed the last second step; a member of “%(shop)s”"), "team",
                                important=True, tone="warning"),
    "invite.sent": Kind(_("%(email)s was invited to “%(shop)s”"), "team"),
    "invite.received": Kind(_("Was invited to “%(shop)s”"), "team"),
    "invite.accepted": Kind(_("The invitation to “%(shop)s” was accepted"), "team"),
    "invite.declined": Kind(_("The invitation to “%(shop)s” was declined"), "team"),
    "invite.revoked": Kind(_("The invitation of %(email)s to “%(shop)s” was withdrawn"), "team"),
    "invite.expired": Kind(_("The invitation of %(email)s to “%(shop)s” has expired"), "team"),
}

#: How somebody signed in or proved themself; `detail["method"]` holds the key, several joined by “+”.
METHODS: dict[str, Any] = {
    "password": pgettext_lazy("method", "password"), "passkey": pgettext_lazy("method", "passkey"),
    "totp": pgettext_lazy("method", "authenticator app"), "webauthn": pgettext_lazy("method", "security key"),
    "password_reset": pgettext_lazy("method", "link from a mail"),
    "recovery_codes": pgettext_lazy("method", "recovery code"),
    "phone": pgettext_lazy("method", "code by phone"), "code": pgettext_lazy("method", "code by mail"),
    "device": pgettext_lazy("method", "confirmed device"), "session": pgettext_lazy("method", "open session"),
    "unknown": pgettext_lazy("method", "unknown"),
}

#: What a copy was made of; `detail["what"]` holds the key.
EXPORTS: dict[str, Any] = {"history": _("security history")}

#: Why a new password is asked for; `detail["reason"]` holds the key, as User.must_change_password does.
REASONS: dict[str, Any] = {
    "breached": _("it is known from data leaks"), "leaked_key": _("a key of the account was found in public"),
    "denied_sign_in": _("a sign-in was reported as not yours"), "operator": _("the marketplace asked for it"),
    "undone": _("a change of contacts was undone"),
    "too_short": _("it is too short without a second step"),
}
