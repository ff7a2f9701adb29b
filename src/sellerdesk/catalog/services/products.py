"""Writing products. One engine for the form, the spreadsheet and the API: `apply_drafts`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sellerdesk.catalog import offer_parts, queries
from sellerdesk.catalog.errors import MESSAGES, ProductChanged, ProductUnknown, TooManyItems
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.services.applying import Wish, apply_wishes
from sellerdesk.catalog.types import ItemOutcome, ProductDraft, ProductRef
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked, of_shop
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.sellers.types import SellerRef

MAX_DRAFTS = 1000


def apply_drafts(*, seller: SellerRef, drafts: Sequence[ProductDraft], actor: Actor, now: datetime,
                 source: str = "") -> list[ItemOutcome]:
    """Create or replace up to 1,000 cards by their offer ids; one outcome per draft in the order asked.

    A bad row spoils no other and changes nothing itself. The number of statements does not depend on the number of
    drafts. Raises TooManyItems.
    """
    if len(drafts) > MAX_DRAFTS:
        raise TooManyItems(data={"limit": MAX_DRAFTS})
    return apply_wishes(seller, [Wish(draft) for draft in drafts], actor, now, source=source)


def save(*, seller: SellerRef, draft: ProductDraft, actor: Actor, now: datetime, product_id: int | None = None,
         expected_version: int | None = None) -> ProductRef:
    """Create one product, or with `product_id` replace that one, its offer id included.

    Raises Invalid with an error for each wrong field, ProductUnknown, and ProductChanged when the card is no longer
    at `expected_version`.
    """
    with atomic():
        locked(f"catalog:{seller.id}")
        if product_id is not None:
            found = queries.refs(seller, product_ids=[product_id])
            if not found:
                raise ProductUnknown()
            if expected_version is not None and found[0].version != expected_version:
                raise ProductChanged()
        elif queries.refs(seller, offer_ids=[draft.offer_id.strip()]):
            raise Invalid.many([_offer_taken(draft.offer_id)])
        outcome = apply_wishes(seller, [Wish(draft, product_id)], actor, now)[0]
        if outcome.outcome == "failed":
            raise Invalid.many(outcome.errors)
        return queries.refs(seller, product_ids=[outcome.product_id])[0]


def _offer_taken(offer_id: str) -> FieldError:
    return FieldError("offer_id", "offer_id_taken", MESSAGES["offer_id_taken"], offer_id[:80])


def set_part(*, seller: SellerRef, product_id: int, part: str, values: Mapping[str, Any], actor: Actor,
             now: datetime) -> dict[str, str]:
    """Change a part of one offer (its price, its stock) in place; returns the part as saved.

    Raises ProductUnknown, and Invalid whose field names are the part's own keys.
    """
    keeper = offer_parts.get(part)
    if keeper is None or not queries.refs(seller, product_ids=[product_id]):
        raise ProductUnknown()
    with atomic():
        errors = keeper.check(seller, [dict(values)])[0]
        errors = errors or keeper.apply(seller, {product_id: dict(values)}, actor, now).get(product_id, [])
        if errors:
            raise Invalid.many(errors)
        return keeper.current(seller, [product_id]).get(product_id, {})


def mark_priced(*, seller: SellerRef, product_ids: Sequence[int], now: datetime) -> int:
    """Told by pricing when products got their first price: they may now be sold. Returns how many moved on."""
    rows = Product.objects.filter(of_shop(seller.id), id__in=list(product_ids), status=Product.Status.PROCESSED)
    return rows.update(status=Product.Status.PRICE_SENT, updated_at=now)


def mark_unpriced(*, seller: SellerRef, product_ids: Sequence[int], now: datetime) -> int:
    """Told by pricing when products lost their price: they wait for one again. Returns how many moved back."""
    rows = Product.objects.filter(of_shop(seller.id), id__in=list(product_ids), status=Product.Status.PRICE_SENT)
    return rows.update(status=Product.Status.PROCESSED, updated_at=now)
