"""Reading the names shops asked for."""

from __future__ import annotations

from sellerdesk.core.paging import keyset
from sellerdesk.core.types import Page
from sellerdesk.sellers.models import NameChange
from sellerdesk.sellers.types import NameChangeRow, SellerRef

_ROW = ("id", "seller_id", "before", "wanted", "given", "state", "remark", "created_at", "due_at", "closed_at",
        "seller__company__legal_name")


def name_changes(seller: SellerRef, limit: int = 20) -> list[NameChangeRow]:
    """The names a shop asked for, latest first. One query."""
    rows = NameChange.objects.filter(seller_id=seller.id).order_by("-pk").values_list(*_ROW)[:limit]
    return [NameChangeRow(*row) for row in rows]


def name_queue(*, cursor: str | None = None, limit: int = 50) -> Page[NameChangeRow]:
    """Names that wait for an operator, those due first. One query."""
    return keyset(NameChange.objects.filter(state="in_review"), "due_at", "pk", cursor=cursor, limit=limit,
                  columns=_ROW).map(lambda row: NameChangeRow(*row))


def names_waiting() -> int:
    """How many. One query."""
    return NameChange.objects.filter(state="in_review").count()
