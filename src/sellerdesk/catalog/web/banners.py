"""What a shop should know about its papers, above the home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sellerdesk.catalog.permissions import PRODUCT_VIEW
from sellerdesk.catalog.queries import certificates
from sellerdesk.core import clock
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui.banners import Banner, register

_SOON_DAYS = 30


def papers(request: WebRequest) -> Banner | None:
    """Papers that end soon or hide products already. One query, on the home page only."""
    if request.seller is None or request.path != "/" or not request.can(PRODUCT_VIEW):
        return None
    ending, hidden = certificates.ending(request.seller, clock.now().date(), _SOON_DAYS)
    links = ((_("To the certificates"), reverse("catalog:certificates")),)
    if hidden:
        return Banner("papers", ngettext(
            "A certificate has expired: %(count)s product is hidden from buyers.",
            "A certificate has expired: %(count)s products are hidden from buyers.", hidden) % {"count": hidden},
            tone="danger", links=links)
    if ending:
        return Banner("papers", ngettext("%(count)s certificate ends within 30 days.",
                                         "%(count)s certificates end within 30 days.", ending) % {"count": ending},
                      tone="warning", links=links)
    return None


register(papers)
