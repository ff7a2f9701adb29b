"""Writing promotions: one function per intent."""

from sellerdesk.promotions.services.joining import MAX_ROWS, join, leave, set_auto_join
from sellerdesk.promotions.services.own import change_own, create_own, move_own
from sellerdesk.promotions.services.planning import plan, unplan
from sellerdesk.promotions.services.platform import cancel, create_platform, name_platform, publish
from sellerdesk.promotions.services.requests import answer, ask, see
from sellerdesk.promotions.services.selling import Share, Sold, buyer_key, give_back, give_back_codes, note_sold, take
from sellerdesk.promotions.services.stairs import set_stairways
from sellerdesk.promotions.services.timing import run_due

__all__ = ["MAX_ROWS", "Share", "Sold", "answer", "ask", "buyer_key", "cancel", "change_own", "create_own",
           "create_platform", "give_back", "give_back_codes", "join", "leave", "move_own", "name_platform",
           "note_sold", "plan", "publish", "run_due",
           "see", "set_auto_join", "set_stairways", "take", "unplan"]
