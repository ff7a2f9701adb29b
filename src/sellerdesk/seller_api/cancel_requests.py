"""Buyers' requests to cancel what a shop delivers itself: the list, and the answers."""

from __future__ import annotations

from sellerdesk.core.i18n import localized
from sellerdesk.orders import queries as orders
from sellerdesk.orders import services as acts
from sellerdesk.orders.types import REQUEST_STATES, RequestFilter
from sellerdesk.seller_api import scope
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.postings_rendering import INTEGRATIONS
from sellerdesk.seller_api.schemas import cancel_requests as models
from sellerdesk.seller_api.schemas.returns import Nothing

_NAMES = {
    "ON_APPROVAL": {"en": "Waits for an answer", "ru": "На согласовании", "zh-hans": "待卖家答复"},
    "APPROVED": {"en": "Approved", "ru": "Подтверждена", "zh-hans": "已同意"},
    "REJECTED": {"en": "Rejected", "ru": "Отклонена", "zh-hans": "已拒绝"},
}
# No posting has this number: requests of others than buyers do not exist here.
_NOTHING = ("-",)


@endpoint(
    "/v2/conditional-cancellation/list",
    request=models.GetConditionalCancellationListV2Request,
    answer=models.GetConditionalCancellationListV2Response,
    right="postings:read",
)
def request_list(
    call: Call, request: models.GetConditionalCancellationListV2Request
) -> models.GetConditionalCancellationListV2Response:
    """Lists buyers' requests to cancel, oldest first."""
    asked = request.filters
    foreign = bool(asked.cancellation_initiator) and "CLIENT" not in asked.cancellation_initiator
    where = RequestFilter(
        states=() if asked.state == "ALL" else (asked.state,),
        numbers=_NOTHING if foreign else tuple(asked.posting_number),
        warehouse_ids=scope.warehouses(call),
    )
    rows = orders.cancel_requests_after(
        call.seller, filter=where, last_id=max(request.last_id, 0), limit=request.limit
    )
    reasons = {one.id: one.names for one in orders.cancel_reasons(call.now)}
    return models.GetConditionalCancellationListV2Response(
        result=[
            models.Cancellation(
                approve_comment=row.comment,
                approve_date=row.decided_at,
                auto_approve_date=row.due_at,
                cancellation_id=row.id,
                cancellation_initiator="CLIENT",
                cancellation_reason=models.CancellationReason(
                    id=row.reason_id, name=localized(reasons.get(row.reason_id, {}), call.language)
                ),
                cancellation_reason_message=row.message,
                cancelled_at=row.created_at,
                order_date=row.ordered_at,
                posting_number=row.number,
                source_id=row.id,
                state=models.State(
                    id=REQUEST_STATES.index(row.state) + 1,
                    name=localized(_NAMES[row.state], call.language),
                    state=row.state,
                ),
                tpl_integration_type=INTEGRATIONS.get(row.integration, row.integration),
            )
            for row in rows
        ],
        last_id=rows[-1].id if rows else 0,
        counter=orders.cancel_requests_count(call.seller, where) if request.with_.counter else 0,
    )


@endpoint(
    "/v2/conditional-cancellation/approve",
    request=models.ConditionalCancellationMoveV2Request,
    answer=Nothing,
    right="postings:write",
)
def request_approve(call: Call, request: models.ConditionalCancellationMoveV2Request) -> Nothing:
    """Lets the buyer cancel: the posting ends and the buyer is refunded."""
    acts.approve_request(
        seller=call.seller,
        request_id=request.cancellation_id,
        comment=request.comment,
        actor=call.actor,
        now=call.now,
        only_in=scope.warehouses(call),
    )
    return Nothing()


@endpoint(
    "/v2/conditional-cancellation/reject",
    request=models.ConditionalCancellationMoveV2Request,
    answer=Nothing,
    right="postings:write",
)
def request_reject(call: Call, request: models.ConditionalCancellationMoveV2Request) -> Nothing:
    """Refuses: the posting goes its way. A comment is needed."""
    acts.reject_request(
        seller=call.seller,
        request_id=request.cancellation_id,
        comment=request.comment,
        actor=call.actor,
        now=call.now,
        only_in=scope.warehouses(call),
    )
    return Nothing()
