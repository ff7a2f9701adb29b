"""Where announcements stand in the sidebar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.ui import nav

nav.register(nav.NavItem("announcements", _("Announcements"), "speakerphone", "announcements:index", group="help",
                         order=30, also=("announcements:announcement", "announcements:policies",
                                         "announcements:policy", "announcements:calendar", "announcements:fees")))
