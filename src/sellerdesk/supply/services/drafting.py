"""Drafts: what a shop would like to supply, checked before it chooses warehouse and time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.inventory import queries as inventory
from sellerdesk.sellers.types import SellerRef
from sellerdesk.supply import events, queries, rules
from sellerdesk.supply.errors import ClusterUnknown, DropOffUnknown, EmptyDraft, TooManyDrafts
from sellerdesk.supply.models import Draft
from sellerdesk.supply.types import DraftItem, ItemInput, Kind, Rejected

READY, FAILED, USED = "ready", "failed", "used"


def create_draft(*, seller: SellerRef, kind: Kind, cluster_id: int, items: Sequence[ItemInput], partial: bool,
                 drop_off_id: int | None = None, actor: Actor, now: datetime, real_now: datetime) -> int:
    """Check a list of products for a part of the country; returns the draft's id.

    With `partial` what cannot be supplied is left out, else one such line fails the draft. How often a shop may ask
    says the dated rule supply.draft, by real time: it protects the marketplace, not the virtual calendar. Raises
    EmptyDraft, ClusterUnknown, DropOffUnknown, TooManyDrafts.
    """
    value = dated.get("supply.draft", "", now).value
    if not items:
        raise EmptyDraft(field="items")
    if cluster_id not in {row.id for row in inventory.clusters(now)}:
        raise ClusterUnknown(data={"value": cluster_id})
    points = {row.id for row in inventory.platform_warehouses("receiving")} if kind == "crossdock" else set()
    if kind == "crossdock" and drop_off_id not in points:
        raise DropOffUnknown(field="drop_off", data={"value": drop_off_id or ""})
    with atomic():
        locked(f"supply:{seller.id}")
        _wait_for_turn(seller, value, real_now)
        known = queries.goods(seller, skus={item.sku for item in items if item.sku},
                              offer_ids={item.offer_id for item in items if not item.sku})
        good, bad = rules.judge_items(items, {one.sku: one for one in known}, {one.offer_id: one for one in known},
                                      value["most_units"], dated.get("supply.bulky", "", now).value)
        error = _error(good, bad, partial, value)
        row = Draft.objects.create(
            seller_id=seller.id, kind=kind, cluster_id=cluster_id,
            drop_off_id=drop_off_id if kind == "crossdock" else None, state=FAILED if error else READY, error=error,
            items=[[one.product_id, one.sku, one.quantity, one.volume_ml, one.bulky] for one in good],
            rejected=[[one.sku, one.offer_id, one.quantity, list(one.reasons)] for one in bad], created_at=now,
            expires_at=now + timedelta(minutes=value["minutes"]), asked_at=real_now)
        activity.record(events.DRAFT_CREATED, now=now, actor=actor, seller_id=seller.id, target_type="supply_draft",
                        target_id=row.pk, target_label=str(row.pk),
                        data={"kind": kind, "units": sum(one.quantity for one in good), "rejected": len(bad)})
        return row.pk


def _error(good: Sequence[DraftItem], bad: Sequence[Rejected], partial: bool, value: dict[str, int]) -> str:
    """The Seller API's word for why nothing can be made of the list, or nothing."""
    if len(good) + len(bad) > value["most_skus"]:
        return "ITEMS_COUNT_MORE_THAN_MAX"
    if bad and (not partial or not good):
        return "ITEMS_VALIDATION"
    litres = sum(one.quantity * one.volume_ml for one in good) / 1000
    return "TOTAL_VOLUME_IN_LITRES_INVALID" if litres > value["most_litres"] else ""


def _wait_for_turn(seller: SellerRef, value: dict[str, int], real_now: datetime) -> None:
    spans = ((value["per_minute"], 60), (value["per_hour"], 3600), (value["per_day"], 86_400))
    moments = list(Draft.objects.filter(
        seller_id=seller.id, asked_at__gt=real_now - timedelta(days=1)).order_by("-asked_at").values_list(
            "asked_at", flat=True)[:value["per_day"]])
    waits = [moments[most - 1] + timedelta(seconds=seconds) - real_now for most, seconds in spans
             if len(moments) >= most]
    wait = max((one.total_seconds() for one in waits), default=0)
    if wait > 0:
        raise TooManyDrafts(retry_after_seconds=int(wait) + 1)
