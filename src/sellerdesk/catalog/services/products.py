"""Writing products. One engine for the form, the spreadsheet and the API: `apply_drafts`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog import events, offer_parts, queries
from sellerdesk.catalog.errors import MESSAGES, ProductChanged, ProductUnknown, TooManyItems
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.services.applying import Wish, apply_wishes
from sellerdesk.catalog.types import ItemOutcome, ProductDraft, ProductRef
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.sellers.types import SellerRef

MAX_DRAFTS = 1000
_LABELS_SHOWN = 3


def apply_drafts(*, seller: SellerRef, drafts: Sequence[ProductDraft], actor: Actor,
                 now: datetime) -> list[ItemOutcome]:
    """Create or replace up to 1,000 cards by their offer ids; one outcome per draft in the order asked.

    A bad row spoils no other and changes nothing itself. The number of statements does not depend on the number of
    drafts. Raises TooManyItems.
    """
    if len(drafts) > MAX_DRAFTS:
        raise TooManyItems(data={"limit": MAX_DRAFTS})
    return apply_wishes(seller, [Wish(draft) for draft in drafts], actor, now)


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
    rows = Product.objects.filter(seller_id=seller.id, id__in=list(product_ids), status=Product.Status.PROCESSED)
    return rows.update(status=Product.Status.PRICE_SENT, updated_at=now)


def archive(*, seller: SellerRef, product_ids: Sequence[int], actor: Actor, now: datetime) -> list[ItemOutcome]:
    """Take products off the shelf; they keep their history and may come back. One outcome per id."""
    return _shelve(seller, product_ids, True, actor, now)


def unarchive(*, seller: SellerRef, product_ids: Sequence[int], actor: Actor, now: datetime) -> list[ItemOutcome]:
    """Bring products back from the archive. One outcome per id."""
    return _shelve(seller, product_ids, False, actor, now)


def _shelve(seller: SellerRef, product_ids: Sequence[int], archived: bool, actor: Actor,
            now: datetime) -> list[ItemOutcome]:
    with atomic():
        locked(f"catalog:{seller.id}")
        known = {ref.id: ref for ref in queries.refs(seller, product_ids=product_ids)}
        moving = [ref for ref in known.values() if ref.archived != archived]
        if moving:
            Product.objects.filter(seller_id=seller.id, id__in=[ref.id for ref in moving]).update(
                archived=archived, version=F("version") + 1, updated_at=now)
            labels = ", ".join(ref.offer_id for ref in moving[:_LABELS_SHOWN])
            activity.record(
                (events.PRODUCTS_ARCHIVED if archived else events.PRODUCTS_UNARCHIVED).name, now=now, actor=actor,
                seller_id=seller.id, target_type="product" if len(moving) == 1 else "products",
                target_id=moving[0].id if len(moving) == 1 else "",
                target_label=labels + ("…" if len(moving) > _LABELS_SHOWN else ""),
                before={"archived": not archived}, after={"archived": archived},
                data={"count": len(moving), "product_ids": [ref.id for ref in moving]})
    moved = {ref.id for ref in moving}
    return [ItemOutcome(at, known[key].offer_id, key, "updated" if key in moved else "unchanged")
            if key in known else ItemOutcome(at, "", key, "failed", (
                FieldError("product_id", "product_unknown", _("There is no such product in this shop."), str(key)),))
            for at, key in enumerate(product_ids)]
