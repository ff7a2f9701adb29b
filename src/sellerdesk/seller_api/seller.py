"""What a key may do, and whose shop it is."""

from __future__ import annotations

from babel import Locale
from django.utils.translation import to_locale

from sellerdesk.orders.queries import ratings
from sellerdesk.seller_api import roles
from sellerdesk.seller_api.endpoint import Call, endpoint, registered
from sellerdesk.seller_api.schemas import seller as wire
from sellerdesk.seller_api.schemas.base import Empty
from sellerdesk.seller_api.seller_rating import rating_name
from sellerdesk.seller_api.wire import percent
from sellerdesk.sellers import queries as sellers


@endpoint("/v1/roles", request=Empty, answer=wire.RolesByTokenResponse, right=roles.ANY)
def roles_by_token(call: Call, request: Empty) -> wire.RolesByTokenResponse:
    """Tells the roles of the key with the methods they open, and when the key expires."""
    return wire.RolesByTokenResponse(
        expires_at=call.caller.expires_at,
        roles=[
            wire.RolesByTokenResponseRole(
                name=name,
                methods=[path for path, method in registered.items() if roles.allows((name,), method.right)],
            )
            for name in roles.ROLES
            if name in call.caller.roles
        ],
    )


@endpoint("/v1/seller/info", request=Empty, answer=wire.SellerInfoResponse, right="seller:read")
def seller_info(call: Call, request: Empty) -> wire.SellerInfoResponse:
    """Tells about the company behind the shop, and how the shop is rated."""
    company = sellers.company(call.seller)
    return wire.SellerInfoResponse(
        company=wire.SellerInfoCompany(
            country=_country_name(company.country, call.language),
            currency=call.seller.currency,
            inn=company.registration_number,
            legal_name=company.legal_name,
            name=call.seller.name,
            ogrn="",
        ),
        ratings=[_rating(one) for one in ratings.standing(call.seller, call.now)],
        subscription=wire.SellerInfoSubscription(),
    )


def _rating(one: ratings.Rating) -> wire.SellerInfoRating:
    def value(bp: int) -> wire.RatingValue:
        status = ratings.status_of(bp, one.thresholds)
        return wire.RatingValue(
            formatted=f"{percent(bp):g}%",
            value=percent(bp),
            status=wire.RatingValueStatus(
                danger=status == "CRITICAL",
                premium=ratings.is_premium(bp, one.thresholds),
                warning=status == "WARNING",
            ),
        )

    return wire.SellerInfoRating(
        current_value=value(one.value),
        past_value=value(one.past),
        name=rating_name(one.code),
        rating=one.code,
        status=one.status,
        value_type="PERCENT",
    )


def _country_name(code: str, language: str) -> str:
    return str(Locale.parse(to_locale(language)).territories.get(code, code))
