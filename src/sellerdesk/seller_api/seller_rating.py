"""How the shop is rated, and the error index of FBS with the postings behind it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sellerdesk.orders.queries import ledger, ratings
from sellerdesk.orders.queries import terms as reading
from sellerdesk.seller_api import errors, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import seller_rating as models
from sellerdesk.seller_api.schemas.base import Empty

_KIND: dict[str, Literal["SELLER_CANCELLATION", "SELLER_DELAY"]] = {
    "cancellation": "SELLER_CANCELLATION", "delay": "SELLER_DELAY",
}
# Many programs ask for all ratings they know; a stretch longer than this is a mistake.
_LONGEST_DAYS = 366


def rating_name(code: str) -> str:
    return {"rating_on_time": _("Handed over in time"),
            "rating_general_indicator_fbs_rfbs": _("Error index of FBS and rFBS")}[code]


@endpoint("/v1/rating/summary", request=Empty, answer=models.RatingSummaryResponse, right="seller:read")
def summary(call: Call, request: Empty) -> models.RatingSummaryResponse:
    """Tells every rating with its value, the one before, and whether it is a warning."""
    found = ratings.standing(call.seller, call.now)
    return models.RatingSummaryResponse(
        groups=[
            models.RatingGroup(
                group_name=pgettext("seller_api", "Shipping"),
                items=[
                    models.RatingItem(
                        rating=one.code,
                        name=rating_name(one.code),
                        current_value=wire.percent(one.value),
                        past_value=wire.percent(one.past),
                        value_type="PERCENT",
                        rating_direction="LOWER_IS_BETTER" if one.thresholds.lower_is_better else "HIGHER_IS_BETTER",
                        status=one.status,
                        change=models.RatingChange(f"DIRECTION_{one.direction}", f"MEANING_{one.meaning}"),
                    )
                    for one in found
                ],
            )
        ],
        penalty_score_exceeded=reading.index_today(call.seller, call.now).blocked,
    )


@endpoint(
    "/v1/rating/history",
    request=models.RatingHistoryRequest,
    answer=models.RatingHistoryResponse,
    right="seller:read",
)
def history(call: Call, request: models.RatingHistoryRequest) -> models.RatingHistoryResponse:
    """Tells ratings by day. Codes that this marketplace does not measure are answered without values."""
    since, until = wire.utc(request.date_from), wire.utc(request.date_to)
    assert since
    assert until
    if since > until or (until - since).days > _LONGEST_DAYS:
        raise errors.validation("invalid RatingHistoryV1Request.DateTo: value must be within a year after DateFrom")
    known = ratings.history(call.seller, request.ratings, since, until, call.now)
    return models.RatingHistoryResponse(
        ratings=[_history(code, known[code], call) for code in dict.fromkeys(request.ratings) if code in known]
    )


def _history(code: str, values: list[tuple[date, int]], call: Call) -> models.HistoryRating:
    bounds = ratings.thresholds(code, call.now)
    return models.HistoryRating(
        rating=code,
        danger_threshold=wire.percent(bounds.danger),
        premium_threshold=wire.percent(bounds.premium),
        warning_threshold=wire.percent(bounds.warning),
        values=[
            models.HistoryValue(
                date_from=low,
                date_to=high,
                value=wire.percent(value),
                status=models.HistoryStatus(
                    danger=ratings.status_of(value, bounds) == "CRITICAL",
                    premium=ratings.is_premium(value, bounds),
                    warning=ratings.status_of(value, bounds) == "WARNING",
                ),
            )
            for day, value in values
            for low, high in [ratings.day_bounds(day, call.now)]
        ],
    )


@endpoint("/v1/rating/index/fbs/info", request=Empty, answer=models.IndexInfoResponse, right="postings:read")
def index_info(call: Call, request: Empty) -> models.IndexInfoResponse:
    """Tells today's error index, the days it looks at, and what their errors cost."""
    first, last = ratings.index_window(call.now)
    days = ratings.days(call.seller, first, last)
    currency = call.seller.currency
    return models.IndexInfoResponse(
        currency_code=currency,
        index=wire.percent(reading.index_today(call.seller, call.now).bp),
        period_from=first.isoformat(),
        period_to=last.isoformat(),
        processing_costs_sum=wire.money_number(sum(day.charged_minor for day in days), currency),
        defects=[
            models.IndexDefect(
                date=day.day.isoformat(),
                index_by_date=wire.percent(day.index_bp),
                processing_costs_sum_by_date=wire.money_number(day.charged_minor, currency),
            )
            for day in days
        ],
    )


@endpoint(
    "/v1/rating/index/fbs/posting/list",
    request=models.IndexPostingsRequest,
    answer=models.IndexPostingsResponse,
    right="postings:read",
)
def index_postings(call: Call, request: models.IndexPostingsRequest) -> models.IndexPostingsResponse:
    """Lists the errors of a stretch of time with the index and the fee of each, oldest first."""
    page = ledger.faults_page(
        call.seller,
        filter=ledger.FaultFilter(
            since=wire.utc(request.filter.date_from),
            to=wire.utc(request.filter.date_to),
            numbers=tuple(request.filter.posting_numbers),
            warehouse_ids=tuple(call.caller.warehouse_ids),
        ),
        cursor=request.cursor or None,
        limit=request.limit,
        newest_first=False,
    )
    return models.IndexPostingsResponse(
        cursor=page.next_cursor,
        has_next=bool(page.next_cursor),
        errors=[
            models.IndexPosting(
                posting_number=row.number,
                posting_error_type=_KIND[row.kind],
                error_at=row.at,
                delivery_schema=row.scheme.upper(),
                index=wire.percent(row.index_bp),
                charge_percent=wire.percent(row.fee_bp if row.amount_minor else 0),
                charge_price=wire.money_number(row.amount_minor, row.currency),
                charge_price_currency_code=row.currency,
                product_price=wire.money_number(row.price_minor, row.currency),
                product_price_currency_code=row.currency,
                has_grace_status=row.grace,
            )
            for row in page.rows
        ],
    )
