"""Putting an announcement away; where it must be confirmed, that is kept in the shop's history."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.announcements import events
from sellerdesk.announcements.models import Reading
from sellerdesk.announcements.types import AnnouncementRow
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.sellers.types import SellerRef


def acknowledge(*, seller: SellerRef, row: AnnouncementRow, user_id: int, actor: Actor, now: datetime) -> None:
    """This person has read it. Twice changes nothing. `row` was asked for as the person may see it."""
    with atomic():
        _made, fresh = Reading.objects.get_or_create(announcement_id=row.id, user_id=user_id, defaults={"at": now})
        if fresh and row.must_acknowledge:
            activity.record(events.ACKNOWLEDGED, now=now, actor=actor, seller_id=seller.id,
                            target_type="announcement", target_id=row.id, target_label=row.title)
