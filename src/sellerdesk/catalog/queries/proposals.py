"""Proposed values: a shop's own, and the operators' queue."""

from __future__ import annotations

from sellerdesk.catalog.models import ValueProposal
from sellerdesk.catalog.types import ProposalInfo
from sellerdesk.core import clock, tally
from sellerdesk.core.i18n import name_column
from sellerdesk.core.paging import keyset
from sellerdesk.core.tally import Tally
from sellerdesk.core.types import Page
from sellerdesk.sellers.types import SellerRef


def _rows(language: str) -> tuple[str, ...]:
    name = name_column(language)
    return ("id", "seller_id", "seller__name", "type_id", f"type__{name}", "attribute_id", f"attribute__{name}", "text",
            "state", "reason", "by", "created_at", "decided_by", "decided_at")


def proposals(seller: SellerRef, language: str = "en", *, cursor: str | None = None, limit: int = 50
              ) -> Page[ProposalInfo]:
    """What the shop has proposed, the latest first. One query."""
    return keyset(ValueProposal.objects.filter(seller_id=seller.id), "-id", cursor=cursor, limit=limit,
                  columns=_rows(language)).map(lambda row: ProposalInfo(*row))


def waiting_proposals(language: str = "en", *, cursor: str | None = None, limit: int = 50) -> Page[ProposalInfo]:
    """What waits for an operator, the oldest first. One query."""
    rows = ValueProposal.objects.filter(clock.shops(), state=ValueProposal.State.WAITING)
    return keyset(rows, "id", cursor=cursor, limit=limit, columns=_rows(language)).map(lambda row: ProposalInfo(*row))


def waiting_proposals_total() -> Tally:
    """How many wait, for the menu."""
    return tally.rows(ValueProposal.objects.filter(clock.shops(), state=ValueProposal.State.WAITING))
