"""Customs declarations of parcels sent across a border."""

from __future__ import annotations

from datetime import timedelta

from sellerdesk.handover import queries as handover
from sellerdesk.seller_api import carriages, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.errors import ApiError, Code
from sellerdesk.seller_api.schemas import customs as models

#: The method has no pages, so its period is bounded.
LONGEST_PERIOD = timedelta(days=31)


@endpoint(
    "/v1/posting/global/etgb",
    request=models.GetEtgbRequest,
    answer=models.GetEtgbResponse,
    right="postings:read",
)
def etgb(call: Call, request: models.GetEtgbRequest) -> models.GetEtgbResponse:
    """Lists the customs declarations of parcels that left the shop for abroad in a period of at most 31 days."""
    since, to = wire.utc(request.date.from_), wire.utc(request.date.to)
    if since is None or to is None or to < since:
        raise ApiError(Code.INVALID_ARGUMENT, "PERIOD_IS_WRONG")
    if to - since > LONGEST_PERIOD:
        raise ApiError(Code.INVALID_ARGUMENT, "PERIOD_IS_TOO_LONG")
    return models.GetEtgbResponse(
        result=[
            models.EtgbRow(
                posting_number=one.posting_number,
                etgb=models.EtgbDocument(
                    number=one.number,
                    date=one.day.isoformat(),
                    url=call.base_url + handover.declaration_path(call.seller, one.posting_number),
                ),
            )
            for one in handover.exports(call.seller, since, to, carriages.viewer(call))
        ]
    )
