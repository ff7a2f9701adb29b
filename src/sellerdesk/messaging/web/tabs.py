"""The pages about goods that people talk about, side by side."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui.components import TabLink
from sellerdesk.messaging import queries


def tabs(request: WebRequest, active: str) -> list[TabLink]:
    """Two queries over indexes."""
    pages = (("reviews", _("Reviews"), "star", queries.reviews_waiting(request.seller)),
             ("questions", _("Questions"), "help-circle", queries.questions_waiting(request.seller)))
    return [TabLink(label, reverse(f"messaging:{name}"), count or None, name == active, icon)
            for name, label, icon, count in pages]
