"""The papers of one posting: what was printed of it, and the carriage it leaves with."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext

from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import tables as t
from sellerdesk.handover import queries as handover
from sellerdesk.orders import permissions
from sellerdesk.orders.types import PostingCard


def panel(request: WebRequest, card: PostingCard) -> dict[str, Any]:
    """Nothing for what is not packed, and for whoever may neither print nor hand over."""
    may_print, may_hand_over = request.can(permissions.LABEL), request.can(permissions.HAND_OVER)
    if card.packed_at is None or not (may_print or may_hand_over):
        return {}
    viewer = handover.Viewer(tuple(request.warehouse_ids), f"{request.actor.kind}:{request.actor.id}")
    row = handover.carriage_of(request.seller, card.number) if may_hand_over else None
    return {
        "papers": [(one, handover.kind_text(one.kind)) for one in handover.papers_of(
            request.seller, card.number, viewer)] if may_print else [],
        "carriage": row, "carriage_badge": t.Badge(*handover.carriage_text(row.state)) if row else None,
        "papers_title": pgettext("posting", "Papers")}
