"""The announcement that matters most, above the home page, until it is put away."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.announcements import queries
from sellerdesk.announcements.web.reading import reader
from sellerdesk.core import clock
from sellerdesk.core.ui.banners import Banner, register

TONES = {"info": "info", "important": "warning", "critical": "danger"}


def newest(request: HttpRequest) -> Banner | None:
    """On the home page alone: other pages ask nothing for it."""
    if request.seller is None or request.path != "/":
        return None
    now = clock.now()
    rows = queries.waiting(reader(request, now), language=request.language, now=now)
    if not rows:
        return None
    row = rows[0]
    where = reverse("announcements:announcement", args=[row.id])
    if row.must_acknowledge:
        return Banner("announcement", row.title, tone=TONES[row.severity], links=((_("Read and confirm"), where),))
    return Banner("announcement", row.title, tone=TONES[row.severity], links=((_("Read"), where),),
                  dismiss_url=reverse("announcements:acknowledge", args=[row.id]), dismiss_label=_("Put away"))


register(newest)
