"""What people have typed into the editor and not saved yet."""

from __future__ import annotations

from sellerdesk.catalog.models import EditorDraft
from sellerdesk.catalog.types import KeptDraft
from sellerdesk.core.i18n import name_column
from sellerdesk.sellers.types import SellerRef


def kept_draft(seller: SellerRef, user_id: int, product_id: int, type_id: int) -> KeptDraft | None:
    """A person's draft of one card; of a new card of the type when `product_id` is 0. One query."""
    row = EditorDraft.objects.filter(seller_id=seller.id, user_id=user_id, product_id=product_id,
                                     type_id=type_id).values_list("product_id", "type_id", "type__name_en", "fields",
                                                                  "saved_at").first()
    return KeptDraft(*row) if row else None


def new_drafts(seller: SellerRef, user_id: int, language: str) -> list[KeptDraft]:
    """A person's drafts of cards that were never saved, the latest first. One query."""
    rows = EditorDraft.objects.filter(seller_id=seller.id, user_id=user_id, product_id=0).order_by("-saved_at")
    return [KeptDraft(*row) for row in rows.values_list("product_id", "type_id", f"type__{name_column(language)}",
                                                        "fields", "saved_at")[:20]]
