"""Reading about shops, their people and their keys."""

from sellerdesk.sellers.queries.closing import add_open_end, certificate, closed_shops, closing, open_ends
from sellerdesk.sellers.queries.holidays import holiday
from sellerdesk.sellers.queries.inactivity import add_sign_of_life, pause_announced
from sellerdesk.sellers.queries.keys import authenticate_key, calls_page, has_keys, key, keys, last_call
from sellerdesk.sellers.queries.names import name_changes, name_queue
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
    offer_texts,
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
    shop_language,
    shop_names,
    shops_of_user,
    state_counts,
    twin,
)
from sellerdesk.sellers.queries.team import bounds_of, holders, members, owners, rights_of_role

__all__ = [
    "active_sellers", "add_count", "add_open_end", "add_sign_of_life", "authenticate_key", "blocked_countries",
    "bounds_of", "calls_page", "certificate", "checklist_items", "closed_shops", "closing", "company",
    "country_codes", "currencies", "current_offer", "documents", "has_keys", "holders", "holiday", "key", "keys",
    "known_country", "last_call", "latin_needed", "legal_changes", "legal_queue", "members", "name_changes",
    "name_queue", "names", "offer_signed", "offer_texts", "offer_to_sign", "offer_versions", "open_ends",
    "own_companies", "owners",
    "pause_announced", "phone_policy", "profile", "progress", "queue", "rights_of_role", "seller_ref",
    "sellers_page", "shop_language", "shop_names", "shops_of_user", "state_counts", "timeline", "twin",
]
