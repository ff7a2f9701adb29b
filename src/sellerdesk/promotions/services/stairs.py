"""Discounts by quantity: set for many products at once, all of a call or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.pricing import queries as pricing
from sellerdesk.pricing.types import PriceRow
from sellerdesk.promotions import rules
from sellerdesk.promotions.events import STAIRWAYS_SET
from sellerdesk.promotions.models import Stairway
from sellerdesk.promotions.types import StairRemark, StairwayInput, StairwaysOutcome
from sellerdesk.sellers.types import SellerRef


def set_stairways(*, seller: SellerRef, changes: Sequence[StairwayInput], suppress_warnings: bool, actor: Actor,
                  now: datetime) -> StairwaysOutcome:
    """Say from how many units on products cost less. Nothing is kept where one is wrong, nor where there is a warning
    that `suppress_warnings` does not put aside. What is switched off keeps its steps.

    A fixed number of statements for any number of products.
    """
    refs = {ref.sku: ref for ref in catalog.refs(seller, skus=[one.sku for one in changes])} if changes else {}
    prices = pricing.prices(seller, [ref.id for ref in refs.values()])
    often = Counter(one.sku for one in changes)
    errors: dict[int, tuple[StairRemark, ...]] = {}
    warnings: dict[int, tuple[StairRemark, ...]] = {}
    for one in changes:
        if often[one.sku] > 1:
            errors[one.sku] = (StairRemark(0, "sku", "NAMED_TWICE", str(one.sku)),)
        elif found := _wrong(one, refs, prices):
            errors[one.sku] = tuple(found)
        elif one.enabled:
            price = prices[refs[one.sku].id]
            if warned := rules.warn_of_stairs(one.numbered, price.price_minor, price.min_price_minor):
                warnings[one.sku] = tuple(warned)
    accepted = bool(changes) and not errors and (suppress_warnings or not warnings)
    if accepted:
        with atomic():
            Stairway.objects.bulk_create(
                [Stairway(product_id=refs[one.sku].id, seller_id=seller.id, enabled=one.enabled, updated_at=now,
                          steps=[[step.quantity, step.discount] for _number, step in one.numbered])
                 for one in sorted(changes, key=lambda one: refs[one.sku].id)],
                update_conflicts=True, unique_fields=["product"], update_fields=["enabled", "steps", "updated_at"])
            activity.record(STAIRWAYS_SET, now=now, actor=actor, seller_id=seller.id, target_type="promotion",
                            target_id="", target_label="", data={
                                "count": len(changes), "product_ids": [refs[one.sku].id for one in changes][:1000]})
    return StairwaysOutcome(accepted, errors, warnings)


def _wrong(one: StairwayInput, refs: Mapping[int, ProductRef], prices: Mapping[int, PriceRow]) -> list[StairRemark]:
    ref = refs.get(one.sku)
    if ref is None or ref.archived:
        return [StairRemark(0, "sku", "NOT_FOUND", str(one.sku))]
    if ref.id not in prices or not prices[ref.id].price_minor:
        return [StairRemark(0, "sku", "PRICE_MISSING", str(one.sku))]
    return rules.judge_stairs(one.numbered)
