"""The starter checklists and the first offer, written where there are none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sellerdesk.core.db import atomic
from sellerdesk.sellers import starter
from sellerdesk.sellers.models import ChecklistItem, OfferVersion, Seller

_ALWAYS = datetime(2020, 1, 1, tzinfo=UTC)


def write_starter(*, now: datetime) -> int:
    """Called by `migrate`. Writes only what is missing; returns how many rows.

    Where shops exist already the first offer comes into force now, so that they have its grace period.
    """
    written = 0
    with atomic():
        if not ChecklistItem.objects.exists():
            items = starter.checklists()
            rows = [ChecklistItem(audience=item["audience"], kind=item["kind"], key=item["key"], name_en=item["en"],
                                  name_ru=item["ru"], name_zh=item["zh"], required=item.get("required", True),
                                  amount=item.get("amount", 1), position=_position(item, items)) for item in items]
            written += len(ChecklistItem.objects.bulk_create(rows))
        if not OfferVersion.objects.exists():
            OfferVersion.objects.create(
                version=starter.OFFER_VERSION, valid_from=now if Seller.objects.exists() else _ALWAYS,
                **{f"text_{code}": text for code, text in starter.offer_texts().items()})
            written += 1
    return written


def _position(item: dict[str, Any], items: list[dict[str, Any]]) -> int:
    """An item of a country stands where the general one of the same name does; new ones after the papers."""
    audience = "domestic" if item["audience"] == "domestic" else "cross_border"
    order = [one["key"] for one in items if one["audience"] == audience]
    return order.index(item["key"]) * 10 if item["key"] in order else order.index("bank_letter") * 10 + 5
