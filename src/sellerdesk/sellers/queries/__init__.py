"""Reading about shops, their people and their keys."""

from sellerdesk.sellers.queries.keys import authenticate_key, has_keys, keys
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
from sellerdesk.sellers.queries.team import members

__all__ = ["active_sellers", "authenticate_key", "company", "has_keys", "keys", "members", "names", "seller_ref",
           "sellers_page", "shop_names", "shops_of_user", "state_counts"]
