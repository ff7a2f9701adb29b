"""The announcement that matters most, above the pages, until it is put away."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.announcements import queries
from sellerdesk.announcements.web.reading import of_person, reader
from sellerdesk.core import clock
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui.banners import Banner, register

TONES = {"info": "info", "important": "warning", "critical": "danger"}


def newest(request: WebRequest) -> Banner | None:
    """What matters most of what this person has not put away: on the home page anything, on other pages of the shop
    what is important or must be confirmed. Those ask the database only while there is such an announcement."""
    seller, match = request.seller, request.resolver_match
    if seller is None or match is None or getattr(match.func, "access", ("",))[0] != "seller":
        return None
    now = clock.now()
    if request.path == "/":
        rows = queries.waiting(reader(request, now), language=request.language, now=now)
    else:
        pressing = queries.pressing(now)
        if not pressing:
            return None
        asks = any(row.audience.schemes for row in pressing), any(row.audience.categories for row in pressing)
        who = of_person(seller, int(request.user.pk or 0), request.role, asks)
        rows = queries.unread_of(who, pressing, language=request.language)
    if not rows:
        return None
    row = rows[0]
    if match.view_name == "announcements:announcement" and match.kwargs.get("announcement_id") == row.id:
        return None  # the page says it itself
    where = reverse("announcements:announcement", args=[row.id])
    if row.must_acknowledge:
        return Banner("announcement", row.title, tone=TONES[row.severity], links=((_("Read and confirm"), where),))
    return Banner("announcement", row.title, tone=TONES[row.severity], links=((_("Read"), where),),
                  dismiss_url=reverse("announcements:acknowledge", args=[row.id]), dismiss_label=_("Put away"))


register(newest)
