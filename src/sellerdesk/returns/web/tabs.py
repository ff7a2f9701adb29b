"""The pages of returns, side by side."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui.components import TabLink
from sellerdesk.returns import queries

_PAGES = (("returns", _("Returns"), "truck-return"), ("claims", _("Claims"), "messages"),
          ("pick_up", pgettext_lazy("returns", "Pick-up"), "barcode"), ("disposal", _("Disposal"), "trash"))


def tabs(request: WebRequest, active: str) -> list[TabLink]:
    """Two queries over indexes: what waits to be taken in, and claims that wait for an answer."""
    own = request.warehouse_ids
    counts = {"returns": queries.arrived_count(request.seller, own),
              "claims": queries.claims_to_answer(request.seller, own)}
    return [TabLink(label, reverse(f"returns:{name}"), counts.get(name) or None, name == active, icon)
            for name, label, icon in _PAGES]
