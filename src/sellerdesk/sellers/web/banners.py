"""What people should know about their shops, above every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.ui.banners import Banner, register


def keys_to_review(request: HttpRequest) -> Banner | None:
    """After a password was set by a link from a mail, the keys of the shops are looked through."""
    user: Any = request.user
    if user.keys_review_since is None or not request.shops:
        return None
    return Banner("keys-review", _("Your password was set by a link from a mail. API keys went on working meanwhile."),
                  tone="warning", links=((_("Look through the API keys"), reverse("sellers:keys_review")),))


register(keys_to_review)
