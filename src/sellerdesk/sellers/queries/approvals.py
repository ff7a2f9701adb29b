"""Reading what waits for a second person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sellerdesk.accounts import queries as accounts
from sellerdesk.core.errors import NotFound
from sellerdesk.core.paging import keyset
from sellerdesk.core.types import Page
from sellerdesk.sellers.models import Approval, SecurityPolicy
from sellerdesk.sellers.team_types import ApprovalRow
from sellerdesk.sellers.types import SellerRef

_ROW = ("pk", "kind", "label", "state", "asked_by_id", "asked_at", "expires_at", "decided_by_id", "wish")


def two_people(seller: SellerRef) -> frozenset[str]:
    """Kinds of acts that need a second person in this shop. One query."""
    kinds = SecurityPolicy.objects.filter(pk=seller.id).values_list("two_people", flat=True).first()
    return frozenset(kinds or ())


def approvals(seller: SellerRef, real_now: datetime, *, cursor: str | None = None, limit: int = 100
              ) -> Page[ApprovalRow]:
    """What waits and what was decided, newest first. Two queries."""
    page = keyset(Approval.objects.filter(seller_id=seller.id), "-pk", cursor=cursor, limit=limit, columns=_ROW)
    names = accounts.labels({person for row in page.rows for person in (row[4], row[7]) if person})

    def made(row: tuple[Any, ...]) -> ApprovalRow:
        pk, kind, label, state, asked_by, asked_at, expires_at, decided_by, wish = row
        return ApprovalRow(pk, kind, label, _state(state, expires_at, real_now), asked_by, names.get(asked_by, ""),
                           asked_at, expires_at, names.get(decided_by or 0, ""), wish)

    return page.map(made)


def approval(seller: SellerRef, approval_id: int, real_now: datetime) -> ApprovalRow:
    """Raises NotFound."""
    row = Approval.objects.filter(seller_id=seller.id, pk=approval_id).values_list(*_ROW).first()
    if row is None:
        raise NotFound("approval_not_found")
    pk, kind, label, state, asked_by, asked_at, expires_at, _decided_by, wish = row
    return ApprovalRow(pk, kind, label, _state(state, expires_at, real_now), asked_by, "", asked_at, expires_at, "",
                       wish)


def _state(state: str, expires_at: datetime, real_now: datetime) -> str:
    return "expired" if state in ("waiting", "approved") and expires_at <= real_now else state
