"""A14: acts that change who may do what ask for a fresh proof. A new one without it fails the build."""

import re

from django.urls import get_resolver

from tests.architecture.test_access_marks import walk

RISKY = re.compile(r"(^|_)(key|role|invite|invitation|member|policy|legal|delegat|app|factor|phone_factor|recovery)(s|_|$)"
                   r"|password_change|contact_start|contact_lost|device_forget|session_end|force_password|closing_start")
#: Named like a risky act, and none: each with its reason.
HARMLESS = {
    "member_remove": "can only take away, and must work at once",
    "invitation_revoke": "only takes back what was offered",
    "member": "shows one person",
    "roles": "a list",
    "keys": "a list",
    "key": "shows one key",
    "keys_review": "a list with a tick",
    "key_deactivate": "whoever saw a key in public has no time to lose",
    "recovery": "for people who cannot sign in at all",
    "recovery_asked": "for people who cannot sign in at all",
    "recovery_stop": "works from a mail, without signing in",
    "recovery_complete": "works from a mail, without signing in",
    "factor_added": "shows what comes next",
    "recoveries": "a list",
    "policy_list": "shows the marketplace's own words",
    "policy_page": "shows the marketplace's own words",
}


def test_A14_acts_that_change_who_may_do_what_ask_for_a_fresh_proof():
    open_to_old_proofs = []
    for address, view in walk(get_resolver().url_patterns):
        kind = getattr(view, "access", ("",))[0]
        name = getattr(view, "__name__", "")
        risky = kind in ("seller", "user", "operator") and RISKY.search(name) and name not in HARMLESS
        if risky and not getattr(view, "fresh_minutes", 0):
            open_to_old_proofs.append(f"/{address} ({name})")

    assert open_to_old_proofs == []
