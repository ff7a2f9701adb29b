"""`/v1/roles` and `/v1/seller/info`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sellerdesk.seller_api.schemas.base import Answer, Time


class RolesByTokenResponseRole(Answer, frozen=True):
    name: str
    methods: Sequence[str]


class RolesByTokenResponse(Answer, frozen=True):
    expires_at: Time | None
    roles: Sequence[RolesByTokenResponseRole]


class SellerInfoCompany(Answer, frozen=True):
    country: str
    currency: str
    inn: str
    legal_name: str
    name: str
    ogrn: str
    ownership_form: str = ""
    tax_system: Literal["UNKNOWN", "UNSPECIFIED", "OSNO", "USN", "NPD", "AUSN", "PSN"] = "UNSPECIFIED"


class RatingValueStatus(Answer, frozen=True):
    danger: bool = False
    premium: bool = False
    warning: bool = False


class RatingValue(Answer, frozen=True):
    formatted: str
    value: float
    status: RatingValueStatus
    date_from: Time | None = None
    date_to: Time | None = None


class SellerInfoRating(Answer, frozen=True):
    current_value: RatingValue
    name: str
    rating: str
    status: Literal["UNKNOWN", "OK", "WARNING", "CRITICAL"]
    value_type: Literal["UNKNOWN", "INDEX", "PERCENT", "TIME", "RATIO", "REVIEW_SCORE", "COUNT"]
    past_value: RatingValue | None = None


class SellerInfoSubscription(Answer, frozen=True):
    is_premium: bool = False
    type: Literal[
        "UNKNOWN",
        "UNSPECIFIED",
        "PREMIUM",
        "PREMIUM_LITE",
        "PREMIUM_PLUS",
        "PREMIUM_PRO",
    ] = "UNSPECIFIED"


class SellerInfoResponse(Answer, frozen=True):
    company: SellerInfoCompany
    ratings: Sequence[SellerInfoRating]
    subscription: SellerInfoSubscription
