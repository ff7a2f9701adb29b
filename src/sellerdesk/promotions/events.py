"""What can have happened to promotions, strategies and buyers' requests."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import events
from sellerdesk.core.activity import Entry

ACTION_PUBLISHED = "promotions.action.published"
ACTION_NAMED = "promotions.action.named"
ACTION_CANCELLED = "promotions.action.cancelled"
OWN_CREATED = "promotions.own.created"
OWN_CHANGED = "promotions.own.changed"
OWN_MOVED = "promotions.own.moved"
PRODUCTS_JOINED = "promotions.products.joined"
PRODUCTS_PLANNED = "promotions.products.planned"
PRODUCTS_LEFT = "promotions.products.left"
STRATEGY_CHANGED = "promotions.strategy.changed"
STRATEGY_STOPPED = "promotions.strategy.stopped"
REQUESTED = "promotions.request.created"
REQUESTS_ANSWERED = "promotions.requests.answered"
AUTO_JOIN_SET = "promotions.auto_join.set"
# data: count, product_ids
STAIRWAYS_SET = "promotions.stairways.set"


def _action(entry: Entry) -> str:
    return reverse("promotions:action", args=[entry.target_id]) if entry.target_id else reverse("promotions:actions")


def _strategy(entry: Entry) -> str:
    return reverse("promotions:strategies")


def _requests(entry: Entry) -> str:
    return reverse("promotions:requests")


def _none(entry: Entry) -> str:
    return ""


events.register(
    # Of the marketplace: no shop's.
    events.EventType(ACTION_PUBLISHED, _("Promotion announced: %(target)s"), _none),
    events.EventType(ACTION_NAMED, _("Promotion named: %(target)s"), _none),
    events.EventType(ACTION_CANCELLED, _("Promotion cancelled: %(target)s"), _none),
    events.EventType(OWN_CREATED, _("Own promotion made: %(target)s"), _action),
    events.EventType(OWN_CHANGED, _("Own promotion changed: %(target)s"), _action),
    # data: state
    events.EventType(OWN_MOVED, _("Own promotion started, paused or archived: %(target)s"), _action),
    # data: count, product_ids
    events.EventType(PRODUCTS_JOINED, _("Products in the promotion “%(target)s”: %(count)s added or changed"), _action),
    events.EventType(PRODUCTS_PLANNED, _("Products that join “%(target)s” automatically: %(count)s changed"), _action),
    events.EventType(PRODUCTS_LEFT, _("Products taken out of the promotion “%(target)s”: %(count)s"), _action),
    events.EventType(STRATEGY_CHANGED, _("Pricing strategy changed: %(target)s"), _strategy),
    # data: count, product_ids
    events.EventType(STRATEGY_STOPPED, _("The strategy “%(target)s” stopped for %(count)s products at a loss limit"),
                     _strategy),
    events.EventType(REQUESTED, _("A buyer asks for a discount: %(target)s"), _requests),
    # data: count, state
    events.EventType(REQUESTS_ANSWERED, _("Requests for a discount answered: %(count)s"), _requests),
    events.EventType(STAIRWAYS_SET, _("Discounts by quantity set: %(count)s"), _action),
    events.EventType(AUTO_JOIN_SET, _("Joining promotions automatically: %(target)s"), _action),
)
