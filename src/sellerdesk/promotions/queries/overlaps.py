"""Where several actions meet on one product."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.pricing import queries as pricing
from sellerdesk.promotions import rules
from sellerdesk.promotions.queries.actions import entries, shop_actions
from sellerdesk.promotions.queries.stairs import stairways
from sellerdesk.promotions.types import PRICE_KINDS, ActionRow, BasketAction, BasketLine, Overlap, PriceAction
from sellerdesk.sellers.types import SellerRef


def overlaps(seller: SellerRef, now: datetime) -> tuple[list[Overlap], dict[int, ActionRow]]:
    """Products with two or more actions at once, running or to come, the largest discount first, and their actions.

    A discount by quantity, on its highest step, is action 0: it has no row among the actions. Five queries.
    """
    found = {row.id: row for own in (True, False) for row in shop_actions(seller, own=own, now=now)}
    inside: dict[int, set[int]] = {}
    for entry in (rows := entries(seller, action_ids=list(found))):
        inside.setdefault(entry.product_id, set()).add(entry.action_id)
    stairs = {row.product_id: row.steps for row in stairways(seller, product_ids=list(inside)) if row.enabled}
    meeting = [id_ for id_, ids in inside.items() if len(ids) + (id_ in stairs) > 1]
    prices = pricing.prices(seller, meeting)
    baskets = [BasketAction(row.id, row.terms.kind, row.terms.discount_type, row.terms.levels,
                            frozenset(entry.product_id for entry in rows if entry.action_id == row.id) or
                            frozenset({-1})) for row in found.values() if row.terms.kind not in PRICE_KINDS]
    made = []
    for id_ in meeting:
        if id_ not in prices:
            continue
        offers = [PriceAction(entry.action_id, entry.price_minor) for entry in rows
                  if entry.product_id == id_ and found[entry.action_id].terms.kind in PRICE_KINDS]
        # Only actions that share a moment meet.
        met = _together([found[action_id] for action_id in inside[id_]])
        one = rules.overlap(
            BasketLine(id_, 1, prices[id_].price_minor, prices[id_].min_price_minor),
            [offer for offer in offers if offer.action_id in met]
            + rules.on_stairs(prices[id_].price_minor, stairs.get(id_, ())[-1:], rules.MOST_QUANTITY),
            [basket for basket in baskets if basket.action_id in met])
        if one:
            made.append(one)
    return sorted(made, key=lambda one: (-one.together_bp, one.product_id)), found


def _together(rows: list[ActionRow]) -> set[int]:
    """The largest group of actions that run at one moment; some action's start is such a moment."""
    groups = [{row.id for row in rows if row.terms.starts_at <= start < row.terms.ends_at}
              for start in (row.terms.starts_at for row in rows)]
    return max(groups, key=len, default=set())
