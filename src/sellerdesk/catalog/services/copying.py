"""Selling by somebody else's SKU: a card is taken over as it stands, unless its owner forbids that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sellerdesk.catalog import events, queries
from sellerdesk.catalog.errors import TooManyItems
from sellerdesk.catalog.models import Picture, ShopSetting
from sellerdesk.catalog.services import importing
from sellerdesk.catalog.types import CopyAsked, CopyItem
from sellerdesk.core import activity, scope
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.sellers.types import SellerRef

MAX_ITEMS = 1000


@scope.across_shops()  # the other shop's pictures are shared, and its history gets a line
def copy_by_sku(*, seller: SellerRef, items: Sequence[CopyItem], actor: Actor, now: datetime,
                source: str = "api") -> CopyAsked:
    """Queue cards made like those with the SKUs given, each under an offer id and price of the seller's own.

    `unmatched` names SKUs that cannot be taken over: unknown, the seller's own, not on sale, or of a shop that forbids
    it; which of these is not told, for it is not the seller's business. Both shops get a line in their histories.
    Raises TooManyItems.
    """
    if len(items) > MAX_ITEMS:
        raise TooManyItems(data={"limit": MAX_ITEMS})
    found = queries.copyable(seller, [item.sku for item in items])
    taken = [(item, found[item.sku]) for item in items if item.sku in found]
    drafts = [replace(origin.draft, offer_id=item.offer_id or f"SKU-{item.sku}", name=item.name or origin.draft.name,
                      vat=item.vat or origin.draft.vat, parts={"price": dict(item.price)} if item.price else {})
              for item, origin in taken]
    unmatched = tuple(item.sku for item in items if item.sku not in found)
    with atomic():
        _share_pictures(seller, {image.key for _item, origin in taken for image in origin.draft.images if image.key},
                        now)
        task_id = importing.submit_items(seller=seller, items=drafts, source=source, actor=actor, now=now,
                                         limit=MAX_ITEMS)
        entries = []
        for item, origin in taken:
            entries.append(Entry(events.CARD_TAKEN.name, now, actor, seller.id, "import", str(task_id),
                                 item.offer_id or f"SKU-{item.sku}", data={"sku": item.sku}))
            if seller.twin_of is not None:
                # What a test shop does leaves no trace in a live one.
                continue
            entries.append(Entry(events.CARD_LENT.name, now, Actor.system("catalog"), origin.seller_id, "product",
                                 str(origin.product_id), origin.draft.offer_id, data={"shop": seller.name}))
        activity.record_many(entries)
    return CopyAsked(task_id, unmatched)


def _share_pictures(seller: SellerRef, keys: set[str], now: datetime) -> None:
    """The new cards show the same stored files. Two statements."""
    rows = Picture.objects.filter(key__in=keys).values_list("sha256", "key", "thumb_key", "width", "height")
    Picture.objects.bulk_create(
        [Picture(seller_id=seller.id, sha256=row[0], key=row[1], thumb_key=row[2], width=row[3], height=row[4],
                 created_at=now) for row in {row[0]: row for row in rows}.values()], ignore_conflicts=True)


def forbid(*, seller: SellerRef, forbidden: bool, actor: Actor, now: datetime) -> None:
    """Switch whether others may take over this shop's cards. What was taken over before stays."""
    with atomic():
        known = ShopSetting.objects.filter(seller_id=seller.id).values_list("copying_forbidden", flat=True).first()
        if bool(known) == forbidden:
            return
        ShopSetting.objects.update_or_create(seller_id=seller.id, defaults={"copying_forbidden": forbidden})
        event = events.COPYING_FORBIDDEN if forbidden else events.COPYING_ALLOWED
        activity.record(event.name, now=now, actor=actor, seller_id=seller.id, target_type="shop",
                        target_id=seller.id, target_label=seller.name, before={"copying_forbidden": not forbidden},
                        after={"copying_forbidden": forbidden})
