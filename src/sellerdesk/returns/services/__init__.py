"""Writing of the returns domain: one function per intent, all set-based."""

from sellerdesk.returns.services.claiming import buyer_acts, platform_decides
from sellerdesk.returns.services.deciding import decide_claim, store_photos
from sellerdesk.returns.services.disposing import dispose, set_bounds
from sellerdesk.returns.services.giving_out import code, png, reset_code, sheet, shop_of
from sellerdesk.returns.services.moving import advance, arrive_by_posting, receive, receive_many
from sellerdesk.returns.services.passes import add_passes, change_passes, remove_passes
from sellerdesk.returns.services.requesting import request_returns, start_for_cancelled
from sellerdesk.returns.services.timing import run_due

__all__ = [
    "add_passes", "advance", "arrive_by_posting", "buyer_acts", "change_passes", "code", "decide_claim", "dispose",
    "platform_decides", "png", "receive", "receive_many", "remove_passes", "request_returns", "reset_code", "run_due",
    "set_bounds", "sheet", "shop_of", "start_for_cancelled", "store_photos",
]
