"""Reading promotions. Each function needs a fixed number of queries."""

from sellerdesk.promotions.queries.actions import (
    action,
    auto_join,
    auto_join_shops,
    candidates,
    codes,
    counts,
    entries,
    highest,
    instalments,
    joined_page,
    planned,
    platform,
    platform_action,
    shop_actions,
    status_of,
)
from sellerdesk.promotions.queries.overlaps import overlaps
from sellerdesk.promotions.queries.quoting import Quoter, buyer_prices, quoter
from sellerdesk.promotions.queries.requests import (
    approved,
    request_counts,
    requests_after,
    requests_due,
    requests_page,
    requests_page_of,
    requests_waiting,
)
from sellerdesk.promotions.queries.stairs import stair_price, stairways

__all__ = ["Quoter", "action", "approved", "auto_join", "auto_join_shops", "buyer_prices", "candidates", "codes",
           "counts", "entries", "highest", "instalments", "joined_page", "overlaps", "planned", "platform",
           "platform_action", "quoter", "request_counts", "requests_after", "requests_due", "requests_page",
           "requests_page_of", "requests_waiting", "shop_actions", "stair_price", "stairways", "status_of"]
