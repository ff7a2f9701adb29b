"""What acts on prices without being asked each time: actions that take a product by themselves, and its strategy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sellerdesk.catalog.services.changes import Gathered
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import execute, json_param, json_rows
from sellerdesk.pricing.events import SWITCHES_TURNED
from sellerdesk.pricing.judging import Judged
from sellerdesk.sellers.types import SellerRef


def turn(seller: SellerRef, judged: Sequence[Judged], actor: Actor, now: datetime, gathered: Gathered) -> None:
    """Turn the switches of rows that want it, in the caller's transaction, under the shop's lock for prices.

    A price that waits in quarantine does not keep its switches waiting: nothing joins without a lowest price, whatever
    the switch says. One statement and an act for any number of rows, none where nothing is turned.
    """
    turned = [row for row in judged if row.switched and row.product]
    if not turned:
        return
    # Where a product was named twice the last row counts.
    final = sorted({row.product.id: row.switches[1] for row in turned if row.product}.items())
    execute("UPDATE pricing_price SET auto_action = v.auto_action, strategy = v.strategy FROM"
            f" {json_rows('v', id='int', auto_action='bool', strategy='bool')}"
            " WHERE pricing_price.product_id = v.id AND pricing_price.seller_id = %s",
            [json_param([[id_, after.auto_action, after.strategy] for id_, after in final]), seller.id])
    for row in turned:
        if row.product:
            was, after = asdict(row.switches[0]), asdict(row.switches[1])
            moved = [key for key in after if was[key] != after[key]]
            gathered.note(row.product.id, row.product.offer_id, {f"price.{key}": was[key] for key in moved},
                          {f"price.{key}": after[key] for key in moved})
    offers = list(dict.fromkeys(row.product.offer_id for row in turned if row.product))
    one = turned[0] if len(final) == 1 else None
    activity.record(
        SWITCHES_TURNED, now=now, actor=actor, seller_id=seller.id, target_type="product" if one else "prices",
        target_id=final[0][0] if one else "", target_label=", ".join(offers[:3]) + "…" * (len(offers) > 3),
        before=asdict(one.switches[0]) if one else None, after=asdict(one.switches[1]) if one else None,
        data={"count": len(final), "product_ids": [id_ for id_, _ in final]})
