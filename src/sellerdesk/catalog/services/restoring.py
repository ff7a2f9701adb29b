"""Setting a card back to one of its versions. Price and stock are no part of it: they have histories of their own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sellerdesk.catalog import queries, stored
from sellerdesk.catalog.errors import VersionUnknown
from sellerdesk.catalog.models import Change, Product
from sellerdesk.catalog.services.applying import CONTENT, Wish, apply_wishes
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.core.errors import Invalid
from sellerdesk.sellers.types import SellerRef


def restore(*, seller: SellerRef, product_id: int, change_id: int, actor: Actor, now: datetime) -> ProductRef:
    """Bring the content back to what it was right after a change of the journal. Restoring is itself a change.

    Raises VersionUnknown, ProductUnknown, and Invalid where the old content breaks a rule of today.
    """
    with atomic():
        locked(f"catalog:{seller.id}")
        content = content_after(seller, product_id, change_id)
        outcome = apply_wishes(seller, [Wish(stored.draft_of_content(content), product_id)], actor, now,
                               source="restore")[0]
        if outcome.outcome == "failed":
            raise Invalid.many(outcome.errors)
        return queries.refs(seller, product_ids=[product_id])[0]


def content_after(seller: SellerRef, product_id: int, change_id: int) -> dict[str, Any]:
    """A card's columns as a change left them: the card of today with all later changes taken back. Two queries."""
    row = Product.objects.filter(seller_id=seller.id, id=product_id).values(*CONTENT).first()
    rows = list(Change.objects.filter(seller_id=seller.id, product_id=product_id, id__gte=change_id).order_by(
        "-id").values_list("id", "before"))
    if row is None or not rows or rows[-1][0] != change_id:
        raise VersionUnknown()
    content: dict[str, Any] = dict(row)
    for _id, before in rows[:-1]:
        content |= {key: value for key, value in before.items() if key in CONTENT}
    return content
