"""The starter checklists and the first offer, written where there are none."""

from __future__ import annotations

from datetime import UTC, datetime

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
            rows = [ChecklistItem(audience=item.audience, kind=item.kind, key=item.key, name_en=item.en,
                                  name_ru=item.ru, name_zh=item.zh, required=item.required, amount=item.amount,
                                  position=_position(item)) for item in starter.ITEMS]
            written += len(ChecklistItem.objects.bulk_create(rows))
        if not OfferVersion.objects.exists():
            OfferVersion.objects.create(
                version=starter.OFFER_VERSION, valid_from=now if Seller.objects.exists() else _ALWAYS,
                **{f"text_{code}": text for code, text in starter.OFFER_TEXTS.items()})
            written += 1
    return written


def _position(item: starter.StarterItem) -> int:
    """An item of a country stands where the general one of the same name does; new ones after the papers."""
    order = [one.key for one in starter.ITEMS if one.audience == "cross_border"]
    if item.audience == "domestic":
        order = [one.key for one in starter.ITEMS if one.audience == "domestic"]
    place = order.index(item.key) if item.key in order else order.index("bank_letter")
    return place * 10 + (0 if item.key in order else 5)
