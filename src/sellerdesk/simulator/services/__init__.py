"""Writing: the market's clock and pace, its people at work, its history and the demo."""

from sellerdesk.simulator.services.controls import (
    advance_clock,
    change_pace,
    open_market,
    pause_clock,
    resume_clock,
    set_running,
    set_speed,
)
from sellerdesk.simulator.services.history import simulate_history
from sellerdesk.simulator.services.market import run, tick
from sellerdesk.simulator.services.ordering import place_order

__all__ = [
    "advance_clock",
    "change_pace",
    "open_market",
    "pause_clock",
    "place_order",
    "resume_clock",
    "run",
    "set_running",
    "set_speed",
    "simulate_history",
    "tick",
]
