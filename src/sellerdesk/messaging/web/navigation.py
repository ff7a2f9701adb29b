"""Where messaging stands in the sidebar."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.tally import Tally
from sellerdesk.core.ui import nav
from sellerdesk.messaging import permissions, queries


def _chats(request: WebRequest) -> Tally | None:
    seller = getattr(request, "seller", None)
    return queries.chats_awaiting(seller, request.warehouse_ids) if seller else None


def _reviews(request: WebRequest) -> Tally | None:
    seller = getattr(request, "seller", None)
    return queries.inbox_waiting(seller) if seller else None


nav.register(nav.NavItem("chats", pgettext_lazy("menu", "Chats"), "messages", "messaging:chats", permissions.VIEW,
                         group="buyers", order=10, badge=_chats, also=("messaging:chat", "messaging:templates")))
nav.register(nav.NavItem("reviews", pgettext_lazy("menu", "Reviews, Q&A"), "star", "messaging:reviews",
                         permissions.REVIEWS, group="buyers", order=20, badge=_reviews,
                         also=("messaging:review", "messaging:questions", "messaging:question")))
