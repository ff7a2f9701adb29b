"""What people should know about their own account, above every page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts.queries.passwords import reminder_due
from sellerdesk.core import clock
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui.banners import Banner, register


def old_password(request: WebRequest) -> Banner | None:
    """After half a year something newer is proposed, a passkey first. It blocks nothing and goes away for good."""
    if not reminder_due(request.user, clock.real_now()):
        return None
    return Banner(
        "password-reminder", _("Your password is more than half a year old. You need not change it. A passkey is "
                               "safer and quicker:"),
        links=((_("Set up a passkey"), reverse("mfa_index")),
               (_("Change the password"), reverse("account_change_password"))),
        dismiss_url=reverse("accounts:dismiss_reminder"), dismiss_label=_("Do not remind me again"))


register(old_password)
