"""No way to change an account without a trace: every route is answered for, every kind named here is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import URLPattern

import sellerdesk
from sellerdesk.accounts.events_security import KINDS
from sellerdesk.accounts.web import urls

READS = "shows something and writes nothing of the account"
#: Each route of people's accounts with the kinds of events it leaves, or why it leaves none.
ROUTES: dict[str, str] = {
    "profile": "profile.changed",
    "contacts": READS,
    "contact_confirm": "email.old_confirmed",
    "contact_stop": "email.change_cancelled email.change_undone phone.change_cancelled phone.change_undone",
    "contact_old_code": "phone.changed phone.code_sent",
    "contact_start": "email.change_requested phone.change_requested",
    "contact_code": "email.new_proven email.changed phone.verified phone.changed",
    "contact_resend": "phone.code_sent",
    "contact_lost": "email.change_waits phone.change_waits",
    "contact_cancel": "email.change_cancelled phone.change_cancelled",
    "email": READS,
    "history": READS,
    "history_export": "export.requested",
    "history_denied": READS,
    "history_deny": "sign_in.denied",
    "password_strength": READS,
    "dismiss_reminder": "password.reminder_dismissed",
    "new_password": "password.changed",
    "password_change": "password.changed",
    "password_reset": "password.reset_requested",
    "password_reset_link": "password.reset",
    "sessions": "session.others_ended",
    "session_end": "session.ended",
    "session_state": READS,
    "session_stay": "only keeps the own session open",
    "device_forget": "device.forgotten",
    "device_confirm": "sign_in.device_confirmed",
    "device_code_again": "sign_in.device_asked",
    "phone_sign_in": "phone.code_sent",
    "phone_sign_in_code": "sign_in.succeeded sign_in.failed",
    "sign_up": "account.created",
    "first_passkey": "factor.key_added password.changed",
    "sign_in": "sign_in.succeeded sign_in.failed sign_in.throttled sign_in.new_device",
    "confirm_email": "email.confirmed",
    "messages": READS,
    "phrase": "phrase.changed",
    "cannot_sign_in": READS,
    "signin_probe": READS,
    "signin_findings": "keeps a diagnosis of nobody's account",
    "signin_support": "sign_in.problem_reported",
    "sent_by_us": READS,
    "recovery": "recovery.requested",
    "recovery_asked": READS,
    "recovery_stop": "recovery.cancelled",
    "recovery_complete": "recovery.completed",
    "security": READS,
    "factor_added": READS,
    "app": "factor.totp_added",
    "app_remove": "factor.totp_removed factor.last_removed",
    "recovery_codes": "recovery.codes_made recovery.codes_confirmed",
    "recovery_file": READS,
    "phone_factor": "factor.phone_added",
    "phone_factor_remove": "factor.phone_removed factor.last_removed",
    "key_new": "factor.key_added",
    "key_edit": "factor.key_renamed",
    "key_remove": "factor.key_removed factor.last_removed",
    "passkey_options": READS,
    "passkey_sign_in": "sign_in.succeeded factor.failed factor.key_counter_back",
    "second_step": "factor.used factor.failed recovery.used recovery.low",
    "proof_by_code": "proof.given factor.failed",
    "proof_by_key": "proof.given factor.failed",
    "second_steps_elsewhere": READS,
}


def _names(patterns: list) -> list[str]:
    found = []
    for one in patterns:
        found += [str(one.name)] if isinstance(one, URLPattern) else _names(one.url_patterns)
    return found


@pytest.fixture(scope="module")
def source() -> str:
    root = Path(sellerdesk.__file__).parent
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(root.glob("**/*.py"))
                     if "tests" not in path.parts and path.name != "events_security.py")


def test_M01_every_route_of_an_account_is_answered_for():
    routes = set(_names(urls.urlpatterns))
    assert routes - set(ROUTES) == set(), "say which events these routes leave"
    assert set(ROUTES) - routes == set(), "these routes are gone"


@pytest.mark.parametrize("route", [name for name, kinds in ROUTES.items() if "." in kinds])
def test_M01_kinds_of_a_route_are_declared_and_written_somewhere(route, source):
    for kind in ROUTES[route].split():
        assert kind in KINDS
        tail = re.escape(kind.partition(".")[2])
        assert f'"{kind}"' in source or re.search(rf'f"\{{(?:change\.)?kind\}}\.{tail}"', source), kind
