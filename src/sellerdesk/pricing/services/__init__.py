"""Writing prices: setting them, changing many by a rule, and deciding about those held in quarantine."""

from sellerdesk.pricing.services.grid import calculate, save_rows, try_rows
from sellerdesk.pricing.services.letters import tell_about_waiting
from sellerdesk.pricing.services.percent import PercentChange, change_percent, preview_percent
from sellerdesk.pricing.services.quarantine import discard, release, run_out
from sellerdesk.pricing.services.runs import agree, drop, start
from sellerdesk.pricing.services.setting import MAX_ROWS, preview_prices, remove_prices, set_prices

__all__ = ["MAX_ROWS", "PercentChange", "agree", "calculate", "change_percent", "discard", "drop", "preview_percent",
           "preview_prices",
           "release", "remove_prices", "run_out", "save_rows", "set_prices", "start", "tell_about_waiting", "try_rows"]
