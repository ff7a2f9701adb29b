"""Drafts of the editor: kept for each person and card until saved or thrown away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sellerdesk.catalog.errors import DraftTooLarge
from sellerdesk.catalog.models import EditorDraft
from sellerdesk.sellers.types import SellerRef

_MOST_FIELDS, _MOST_SIGNS = 500, 100_000


def keep(*, seller: SellerRef, user_id: int, product_id: int, type_id: int, fields: Mapping[str, Sequence[str]],
         now: datetime) -> None:
    """Keep what a person has typed, over what was kept before. One statement. Raises DraftTooLarge."""
    kept = {name: list(values) for name, values in fields.items()}
    if len(kept) > _MOST_FIELDS or sum(len(text) for values in kept.values() for text in values) > _MOST_SIGNS:
        raise DraftTooLarge()
    EditorDraft.objects.bulk_create(
        [EditorDraft(seller_id=seller.id, user_id=user_id, product_id=product_id, type_id=type_id, fields=kept,
                     saved_at=now)],
        update_conflicts=True, unique_fields=["seller", "user", "product_id", "type"],
        update_fields=["fields", "saved_at"])


def discard(*, seller: SellerRef, user_id: int, product_id: int, type_id: int) -> bool:
    """Throw a draft away. Whether there was one."""
    gone, _by_table = EditorDraft.objects.filter(seller_id=seller.id, user_id=user_id, product_id=product_id,
                                                 type_id=type_id).delete()
    return gone > 0
