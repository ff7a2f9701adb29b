"""`/v1/rating/summary`, `/v1/rating/history` and the error index of FBS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Int, Request, Time


class RatingChange(Answer, frozen=True):
    direction: str
    meaning: str


class RatingItem(Answer, frozen=True):
    rating: str
    name: str
    current_value: float
    past_value: float
    value_type: str
    rating_direction: str
    status: str
    change: RatingChange


class RatingGroup(Answer, frozen=True):
    group_name: str
    items: Sequence[RatingItem] = ()


class LocalizationIndex(Answer, frozen=True):
    calculation_date: Time | None = None
    localization_percentage: Int = 0


class RatingSummaryResponse(Answer, frozen=True):
    groups: Sequence[RatingGroup]
    penalty_score_exceeded: bool
    localization_index: Sequence[LocalizationIndex] = ()
    premium: bool = False
    premium_plus: bool = False


class RatingHistoryRequest(Request):
    message: ClassVar[str] = "RatingHistoryV1Request"
    ratings: Annotated[Sequence[str], Meta(min_length=1, max_length=50)]
    date_from: Time
    date_to: Time
    with_premium_scores: bool = False


class HistoryStatus(Answer, frozen=True):
    danger: bool = False
    premium: bool = False
    warning: bool = False


class HistoryValue(Answer, frozen=True):
    date_from: Time
    date_to: Time
    value: float
    status: HistoryStatus


class HistoryRating(Answer, frozen=True):
    rating: str
    danger_threshold: float
    premium_threshold: float
    warning_threshold: float
    values: Sequence[HistoryValue] = ()


class PremiumScore(Answer, frozen=True):
    date: Time | None = None
    rating_value: float = 0.0
    value: Int = 0


class PremiumScores(Answer, frozen=True):
    rating: str = ""
    scores: Sequence[PremiumScore] = ()


class RatingHistoryResponse(Answer, frozen=True):
    ratings: Sequence[HistoryRating]
    premium_scores: Sequence[PremiumScores] = ()


class IndexDefect(Answer, frozen=True):
    date: str
    index_by_date: float
    processing_costs_sum_by_date: float


class IndexInfoResponse(Answer, frozen=True):
    currency_code: str
    index: float
    period_from: str
    period_to: str
    processing_costs_sum: float
    defects: Sequence[IndexDefect] = ()


class IndexPostingsFilter(Request):
    message: ClassVar[str] = "ListFBSRatingIndexPostingsV1Request_Filter"
    date_from: Time
    date_to: Time
    posting_numbers: Annotated[Sequence[str], Meta(max_length=1000)] = ()


class IndexPostingsRequest(Request):
    message: ClassVar[str] = "ListFBSRatingIndexPostingsV1Request"
    filter: IndexPostingsFilter
    limit: Annotated[int, Meta(ge=1, le=1000)]
    cursor: str = ""


class IndexPosting(Answer, frozen=True):
    posting_number: str
    posting_error_type: Literal["UNSPECIFIED", "SELLER_CANCELLATION", "SELLER_DELAY"]
    error_at: Time
    delivery_schema: str
    index: float
    charge_percent: float
    charge_price: float
    charge_price_currency_code: str
    product_price: float
    product_price_currency_code: str
    has_grace_status: bool


class IndexPostingsResponse(Answer, frozen=True):
    cursor: str
    errors: Sequence[IndexPosting]
    has_next: bool
