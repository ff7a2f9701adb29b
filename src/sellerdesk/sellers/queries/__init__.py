"""Reading about shops, their people and their keys."""

from sellerdesk.sellers.queries.keys import authenticate_key, calls_page, has_keys, key, keys
from sellerdesk.sellers.queries.shops import (
    active_sellers,
    company,
    names,
    seller_ref,
    sellers_page,
    shop_names,
    shops_of_user,
    state_counts,
)
from sellerdesk.sellers.queries.team import members, owners

__all__ = ["active_sellers", "authenticate_key", "calls_page", "company", "has_keys", "key", "keys", "members",
           "names", "owners", "seller_ref", "sellers_page", "shop_names", "shops_of_user", "state_counts"]
