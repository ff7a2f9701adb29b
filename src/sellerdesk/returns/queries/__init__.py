"""Reading returns and claims. Each function needs a fixed number of queries."""

from sellerdesk.returns.queries.claims import (
    claim,
    claim_counts,
    claims_after,
    claims_of_posting,
    claims_page,
    claims_tally,
    claims_to_answer,
    disputed_claims,
    disputed_total,
    open_claim_count,
    open_claims,
    photos_of,
)
from sellerdesk.returns.queries.inbox import arrived_by_place, claims_due
from sellerdesk.returns.queries.points import (
    disposal,
    disposal_history,
    giveout,
    giveout_code,
    giveouts,
    least_bound,
    places,
    point_cities,
    waiting_ids,
)
from sellerdesk.returns.queries.returns import (
    arrived_count,
    arrived_tally,
    by_posting,
    counts,
    open_end,
    open_returns,
    returns_after,
    returns_page,
    storage,
    units_since,
)
from sellerdesk.returns.queries.words import (
    action_of,
    api_actions,
    barcode_of,
    claim_number,
    compensation_text,
    disposal_changes,
    group_of,
    id_of_barcode,
    method_text,
    reason_text,
    rejection_text,
    rejections,
    states_of_visual,
    visual_of,
    visual_text,
)

__all__ = [
    "action_of", "api_actions", "arrived_by_place", "arrived_count", "arrived_tally", "barcode_of", "by_posting",
    "claim", "claim_counts", "claim_number", "claims_after", "claims_due", "claims_of_posting", "claims_page",
    "claims_tally", "claims_to_answer", "compensation_text", "counts", "disposal", "disposal_changes",
    "disposal_history", "disputed_claims", "disputed_total", "giveout", "giveout_code", "giveouts", "group_of",
    "id_of_barcode", "least_bound", "method_text", "open_claim_count", "open_claims", "open_end", "open_returns",
    "photos_of", "places", "point_cities", "reason_text", "rejection_text", "rejections", "returns_after",
    "returns_page", "states_of_visual", "storage", "units_since", "visual_of", "visual_text", "waiting_ids",
]
