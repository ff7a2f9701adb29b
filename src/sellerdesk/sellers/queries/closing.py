"""Reading about shops that close: what is still open, until when it can be stopped, and what is left afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sellerdesk.accounts import queries as accounts
from sellerdesk.core import scope
from sellerdesk.core.errors import NotFound
from sellerdesk.sellers.models import Closing, Membership
from sellerdesk.sellers.types import Certificate, ClosingRow, OpenEnd, SellerRef

Source = Callable[[SellerRef], OpenEnd | None]
_sources: list[Source] = []


def add_open_end(source: Source) -> None:
    """Let a higher domain tell what is unfinished in a shop: orders, returns, the balance."""
    if source not in _sources:
        _sources.append(source)


def open_ends(seller: SellerRef) -> list[OpenEnd]:
    """Everything unfinished in a shop, what blocks its closing first. One short query for each domain that tells."""
    found = [end for source in _sources if (end := source(seller)) is not None]
    return sorted(found, key=lambda end: not end.blocks)


def closing(seller: SellerRef) -> ClosingRow | None:
    """The closing under way; None where nobody wishes to close the shop."""
    row = Closing.objects.filter(seller_id=seller.id, state="pending").first()
    if row is None:
        return None
    by = accounts.labels([row.started_by_id]).get(row.started_by_id, "") if row.started_by_id else ""
    return ClosingRow(row.pk, row.state, row.reason, row.started_at, row.due_at, by)


@scope.across_shops()  # every shop of one person
def closed_shops(user_id: int) -> list[Certificate]:
    """Certificates of the shops that somebody owned until they closed, latest first."""
    own = Membership.objects.filter(user_id=user_id, role="owner").values("seller_id")
    rows = Closing.objects.filter(seller_id__in=own, state="done").order_by("-ended_at", "-pk")
    return [_certificate(row) for row in rows.values_list("certificate", flat=True)]


def certificate(user_id: int, seller_id: int) -> Certificate:
    """The certificate of one closed shop, for those who owned it. Raises NotFound."""
    found = next((one for one in closed_shops(user_id) if one.shop_id == seller_id), None)
    if found is None:
        raise NotFound("seller_not_found")
    return found


def _certificate(kept: dict[str, Any]) -> Certificate:
    values: dict[str, Any] = {name: datetime.fromisoformat(value) if name.endswith(("_at", "_until")) else value
                              for name, value in kept.items()}
    return Certificate(**values)
