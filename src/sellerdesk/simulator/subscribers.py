"""Reactions to news from the shops: what happened gives the market's people something to do next."""

from __future__ import annotations

from sellerdesk.core import outbox
from sellerdesk.core.activity import Entry
from sellerdesk.orders import events as orders
from sellerdesk.returns import events as returns
from sellerdesk.simulator.services import planning

HEARD = (orders.POSTING_CREATED, orders.POSTING_SHIPPED, orders.POSTING_HANDED_OVER, orders.POSTING_DELIVERED,
         orders.POSTING_CANCELLED, returns.RETURN_REQUESTED, returns.RETURN_MOVED)


def plan_what_follows(news: list[Entry]) -> None:
    planning.plan_after(news=news)


def subscribe() -> None:
    outbox.subscribe("simulator.market", HEARD, plan_what_follows)
