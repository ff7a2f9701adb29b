"""What people want to hear, and what a shop offers those who have not chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, time

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.notifications import errors, events
from sellerdesk.notifications.kinds import BY_KEY, CHANNELS
from sellerdesk.notifications.models import Choice
from sellerdesk.sellers.types import SellerRef

DIGESTS = ("hourly", "daily")


def choose(*, seller: SellerRef, user_id: int | None, channels: Mapping[str, Collection[str]], quiet_from: time | None,
           quiet_to: time | None, digest: str, digest_hour: int, actor: Actor, now: datetime) -> None:
    """Keep a person's choice, or with no person the shop's usual one; locked kinds stay as they are.

    Raises Invalid with every wrong field.
    """
    wrong = []
    if digest not in DIGESTS or not 0 <= digest_hour <= 23:
        wrong.append(FieldError("digest", "out_of_range", errors.CHOICE_WRONG, f"{digest} {digest_hour}"))
    if (quiet_from is None) != (quiet_to is None):
        wrong.append(FieldError("quiet_to", "required", errors.QUIET_HALF))
    if wrong:
        raise Invalid.many(wrong)
    kept = {key: [name for name in CHANNELS if name in chosen] for key, chosen in channels.items()
            if key in BY_KEY and not BY_KEY[key].locked}
    with atomic():
        Choice.objects.update_or_create(seller_id=seller.id, user_id=user_id, defaults={
            "channels": kept, "quiet_from": quiet_from, "quiet_to": quiet_to, "digest": digest,
            "digest_hour": digest_hour})
        if user_id is None:
            activity.record(events.USUAL_CHANGED, now=now, actor=actor, seller_id=seller.id, target_type="shop",
                            target_id=seller.id, target_label=seller.name, after={"channels": kept})
