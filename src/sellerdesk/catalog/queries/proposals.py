"""Proposed values: a shop's own, and the operators' queue."""

from __future__ import annotations

from sellerdesk.catalog.models import ValueProposal
from sellerdesk.catalog.types import ProposalInfo
from sellerdesk.core import clock, tally
from sellerdesk.core.i18n import name_column
from sellerdesk.core.tally import Tally
from sellerdesk.sellers.types import SellerRef

_SHOWN = 100


def _rows(language: str) -> tuple[str, ...]:
    name = name_column(language)
    return ("id", "seller_id", "seller__name", "type_id", f"type__{name}", "attribute_id", f"attribute__{name}", "text",
            "state", "reason", "by", "created_at", "decided_by", "decided_at")


def proposals(seller: SellerRef, language: str = "en") -> list[ProposalInfo]:
    """What the shop has proposed, the latest first. One query."""
    rows = ValueProposal.objects.filter(seller_id=seller.id).order_by("-id")
    return [ProposalInfo(*row) for row in rows.values_list(*_rows(language))[:_SHOWN]]


def waiting_proposals(language: str = "en") -> list[ProposalInfo]:
    """What waits for an operator, the oldest first. One query."""
    rows = ValueProposal.objects.filter(clock.shops(), state=ValueProposal.State.WAITING).order_by("id")
    return [ProposalInfo(*row) for row in rows.values_list(*_rows(language))[:_SHOWN]]


def waiting_proposals_total() -> Tally:
    """How many wait, for the menu."""
    return tally.rows(ValueProposal.objects.filter(clock.shops(), state=ValueProposal.State.WAITING))
