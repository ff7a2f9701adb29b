"""Replacing all pictures of a product at once, as programs do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sellerdesk.catalog import queries
from sellerdesk.catalog.errors import ProductUnknown, TooManyItems
from sellerdesk.catalog.services import importing
from sellerdesk.catalog.services.applying import Wish, apply_wishes
from sellerdesk.catalog.types import ImageInfo, ImageInput, ProductDraft
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.core.errors import Invalid
from sellerdesk.sellers.types import SellerRef


def replace_set(*, seller: SellerRef, product_id: int, images: Sequence[ImageInput], actor: Actor,
                now: datetime) -> tuple[ImageInfo, ...]:
    """Give a product these pictures instead of those it has; what is not named goes. Returns them with their states.

    Raises ProductUnknown, and Invalid with each reason.
    """
    with atomic():
        locked(f"catalog:{seller.id}")
        found = list(queries.drafts(seller, product_ids=[product_id]).values())
        if not found:
            raise ProductUnknown()
        outcome = apply_wishes(seller, [Wish(replace(found[0][1], images=tuple(images)), product_id)], actor, now)[0]
        if outcome.outcome == "failed":
            raise Invalid.many(outcome.errors)
        return queries.product(seller, product_id).images


def submit_sets(*, seller: SellerRef, sets: Sequence[tuple[str, Sequence[ImageInput]]], actor: Actor,
                now: datetime) -> int:
    """Queue new sets of pictures by offer id; returns the task id under which their outcome can be asked.

    An offer id nobody has is told by the task. Raises TooManyItems.
    """
    if len(sets) > importing.MAX_ITEMS:
        raise TooManyItems(data={"limit": importing.MAX_ITEMS})
    found = queries.drafts(seller, offer_ids=[offer_id for offer_id, _images in sets])
    drafts = [replace(found[offer_id][1] if offer_id in found else ProductDraft(offer_id, "", 0),
                      images=tuple(images)) for offer_id, images in sets]
    return importing.submit_items(seller=seller, items=drafts, actor=actor, now=now)
