"""Where support stands in the sidebar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.tally import Tally
from sellerdesk.core.ui import nav
from sellerdesk.support import permissions, queries


def seen_by(request: WebRequest) -> int | None:
    """Whose tickets this person sees: everybody's of the shop (None) or their own."""
    return None if request.can(permissions.VIEW) else int(request.user.pk or 0)


def _waiting(request: WebRequest) -> Tally | None:
    seller = getattr(request, "seller", None)
    return queries.sellers_turn(seller, user_id=seen_by(request)) if seller else None


nav.register(nav.NavItem("support", _("Support"), "headset", "support:tickets", permissions.WRITE, group="help",
                         order=20, badge=_waiting, also=("support:ticket", "support:ask", "support:topic")))
