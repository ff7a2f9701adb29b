"""Every address, in one table. Only config imports the domains' web packages."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic.base import RedirectView

from sellerdesk.config import pages
from sellerdesk.core.http import health, media

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("favicon.ico", RedirectView.as_view(url="/static/core/favicon.svg")),
    re_path(r"^media/(?P<key>[\w./-]+)$", media.media, name="media"),
    path("", include("sellerdesk.core.ui.urls")),
    path("", include("sellerdesk.accounts.web.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("sellerdesk.help.web.urls")),
    path("", include("sellerdesk.analytics.web.urls")),
    path("", include("sellerdesk.notifications.web.urls")),
    path("", include("sellerdesk.sellers.web.urls")),
    path("", include("sellerdesk.catalog.web.urls")),
    path("", include("sellerdesk.economics.web.urls")),
    path("", include("sellerdesk.pricing.web.urls")),
    path("", include("sellerdesk.promotions.web.urls")),
    path("", include("sellerdesk.inventory.web.urls")),
    path("", include("sellerdesk.orders.web.urls")),
    path("", include("sellerdesk.handover.web.urls")),
    path("", include("sellerdesk.supply.web.urls")),
    path("", include("sellerdesk.returns.web.urls")),
    path("", include("sellerdesk.messaging.web.urls")),
    path("", include("sellerdesk.support.web.urls")),
    path("", include("sellerdesk.announcements.web.urls")),
    path("", include("sellerdesk.logistics.web.urls")),
    path("", include("sellerdesk.finance.web.urls")),
    path("console/", include("sellerdesk.console.web.urls")),
    path("shop/test/", include("sellerdesk.simulator.web.twin_urls")),
    path("market/", include("sellerdesk.simulator.web.urls")),
    path("", include("sellerdesk.seller_api.urls")),
]

if settings.DEBUG or settings.DEMO:
    urlpatterns += [path("", include("sellerdesk.core.ui.urls_demo"))]

handler400 = pages.bad_request
handler403 = pages.forbidden
handler404 = pages.not_found
handler500 = pages.server_error
