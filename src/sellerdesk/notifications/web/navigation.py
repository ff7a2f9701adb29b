"""Where pushes stand in the sidebar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.ui import bell, nav
from sellerdesk.notifications import permissions
from sellerdesk.notifications.web.notes import unread

nav.register(nav.NavItem("inbox", _("Inbox"), "inbox", "notifications:inbox", permissions.INBOX, group="home", order=5))
nav.register(nav.NavItem("pushes", _("Pushes"), "webhook", "notifications:endpoints", permissions.VIEW, group="shop",
                         order=52, also=("notifications:endpoint", "notifications:endpoint_new",
                                         "notifications:delivery")))
nav.register(nav.NavItem("notes", _("Notifications"), "bell", "notifications:settings", permissions.INBOX,
                         area="account", group="account", order=25))
bell.register("notifications:notes", "notifications:bell", unread)
