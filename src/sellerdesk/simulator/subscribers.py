"""Reactions to news from the shops: what happened gives the market's people something to do next."""

from __future__ import annotations

from sellerdesk.core import outbox
from sellerdesk.core.activity import Entry
from sellerdesk.messaging import events as messaging
from sellerdesk.orders import events as orders
from sellerdesk.returns import events as returns
from sellerdesk.sellers import events as sellers
from sellerdesk.simulator.services import planning, twins
from sellerdesk.supply import events as supply

HEARD = (orders.POSTING_CREATED, orders.POSTING_SHIPPED, orders.POSTING_HANDED_OVER, orders.POSTING_FULFILLED,
         orders.POSTING_DELIVERED, orders.POSTING_CANCELLED, orders.POSTING_SET_OUT, orders.CANCEL_ASKED,
         returns.RETURN_REQUESTED, returns.RETURN_MOVED, returns.CLAIM_OPENED, returns.CLAIM_DECIDED,
         messaging.MESSAGE_SENT, messaging.REVIEW_WRITTEN, messaging.QUESTION_ASKED,
         supply.SUPPLY_MOVED, supply.SUPPLY_RESCHEDULED, supply.REPORT_DISPUTED)


def plan_what_follows(news: list[Entry]) -> None:
    planning.plan_after(news=news)


def delete_test_shops(news: list[Entry]) -> None:
    twins.delete_with(closed=[entry.seller_id for entry in news if entry.seller_id])


def subscribe() -> None:
    outbox.subscribe("simulator.twins", [sellers.SHOP_CLOSED], delete_test_shops)
    outbox.subscribe("simulator.market", HEARD, plan_what_follows)
