"""What can have happened to the market itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

MARKET_OPENED = "simulator.market.opened"
MARKET_STARTED = "simulator.market.started"
MARKET_STOPPED = "simulator.market.stopped"
PACE_CHANGED = "simulator.pace.changed"
CLOCK_SPEED_CHANGED = "simulator.clock.speed_changed"
CLOCK_PAUSED = "simulator.clock.paused"
CLOCK_RESUMED = "simulator.clock.resumed"
CLOCK_ADVANCED = "simulator.clock.advanced"
ORDER_PLACED = "simulator.order.placed"
RUN_STARTED = "simulator.run.started"
RUN_ENDED = "simulator.run.ended"
RUN_STOPPED = "simulator.run.stopped"
TROUBLE_ORDERED = "simulator.trouble.ordered"
TROUBLE_ENDED = "simulator.trouble.ended"
TWIN_MADE = "simulator.twin.made"
TWIN_RESET = "simulator.twin.reset"
TWIN_DELETED = "simulator.twin.deleted"

register(
    EventType(MARKET_OPENED, _("The simulated market opened")),
    EventType(MARKET_STARTED, _("%(actor)s let buyers and couriers work")),
    EventType(MARKET_STOPPED, _("%(actor)s sent buyers and couriers home")),
    EventType(PACE_CHANGED, _("%(actor)s changed how much buyers order")),
    EventType(CLOCK_SPEED_CHANGED, _("%(actor)s set the speed of the clock to ×%(speed)s")),
    EventType(CLOCK_PAUSED, _("%(actor)s stopped the clock")),
    EventType(CLOCK_RESUMED, _("%(actor)s started the clock")),
    EventType(CLOCK_ADVANCED, _("%(actor)s moved the clock forward by %(hours)s h")),
    EventType(ORDER_PLACED, _("%(actor)s had %(target)s ordered")),
    EventType(RUN_STARTED, _("%(actor)s started the scenario “%(target)s”")),
    EventType(RUN_ENDED, _("The scenario “%(target)s” came to its end")),
    EventType(RUN_STOPPED, _("%(actor)s stopped the scenario “%(target)s”")),
    EventType(TROUBLE_ORDERED, _("%(actor)s ordered trouble for programs")),
    EventType(TROUBLE_ENDED, _("%(actor)s ended the trouble for programs")),
    EventType(TWIN_MADE, _("%(actor)s made the test shop")),
    EventType(TWIN_RESET, _("%(actor)s emptied the test shop to copy the live shop anew")),
    EventType(TWIN_DELETED, _("%(actor)s deleted the test shop")),
)
