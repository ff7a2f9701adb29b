"""Reading about shops, their people and their keys."""

from sellerdesk.sellers.queries.keys import authenticate_key, calls_page, has_keys, key, keys
from sellerdesk.sellers.queries.onboarding import (
    add_count,
    blocked_countries,
    checklist_items,
    country_codes,
    currencies,
    current_offer,
    documents,
    known_country,
    latin_needed,
    legal_changes,
    legal_queue,
    offer_signed,
    offer_to_sign,
    offer_versions,
    own_companies,
    phone_policy,
    profile,
    progress,
    queue,
    timeline,
)
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
from sellerdesk.sellers.queries.team import bounds_of, members, owners, rights_of_role

__all__ = [
    "active_sellers", "add_count", "authenticate_key", "blocked_countries", "bounds_of", "calls_page",
    "checklist_items", "company", "country_codes", "currencies", "current_offer", "documents", "has_keys", "key",
    "keys", "known_country", "latin_needed", "legal_changes", "legal_queue", "members", "names", "offer_signed",
    "offer_to_sign", "offer_versions", "own_companies", "owners", "phone_policy", "profile", "progress", "queue",
    "rights_of_role", "seller_ref", "sellers_page", "shop_names", "shops_of_user", "state_counts", "timeline",
]
