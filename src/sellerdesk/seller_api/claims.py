"""Claims on goods that the shop delivered itself (rFBS): lists, one claim, decisions."""

from __future__ import annotations

from decimal import Decimal

from sellerdesk.core.money import Money, minor_digits
from sellerdesk.core.storage import url
from sellerdesk.returns import queries, services
from sellerdesk.returns.types import REASON_FACTS, REJECTION_OF, ClaimFilter, ClaimRow, Decision
from sellerdesk.seller_api import scope, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.errors import ApiError, Code
from sellerdesk.seller_api.schemas import claims as models
from sellerdesk.seller_api.schemas.returns import Nothing

_MONEY_STATES = {"Approved": "returned", "Rejected": "not_returned"}


@endpoint(
    "/v2/returns/rfbs/list",
    request=models.ReturnsRfbsListRequest,
    answer=models.ReturnsRfbsListResponse,
    right="returns:read",
)
def claim_list(call: Call, request: models.ReturnsRfbsListRequest) -> models.ReturnsRfbsListResponse:
    """Lists buyers' claims, oldest first."""
    asked = request.filter
    created = asked.created_at
    groups = tuple(asked.group_state)
    rows = queries.claims_after(
        call.seller,
        filter=ClaimFilter(
            groups=() if "All" in groups else groups,
            posting_number=asked.posting_number,
            offer_id=asked.offer_id,
            warehouse_ids=scope.warehouses(call),
            since=wire.utc(created.from_) if created else None,
            to=wire.utc(created.to) if created else None,
        ),
        last_id=max(request.last_id, 0),
        limit=request.limit,
    )
    return models.ReturnsRfbsListResponse(
        returns=[
            models.ListedClaim(
                created_at=row.created_at,
                order_number=row.order_number,
                posting_number=row.posting_number,
                product=_product(row),
                return_id=row.id,
                return_number=queries.claim_number(row.id),
                state=models.ListState(
                    group_state=queries.group_of(row.state),
                    money_return_state_name=_MONEY_STATES.get(queries.group_of(row.state), "waiting"),
                    state=row.state,
                    state_name=str(queries.visual_text(row.state)),
                ),
            )
            for row in rows
        ]
    )


def _product(row: ClaimRow) -> models.Product:
    """The contract spells the price of a claim in whole units."""
    return models.Product(
        name=row.name,
        offer_id=row.offer_id,
        currency_code=row.currency,
        price=row.amount_minor // row.quantity // 10 ** minor_digits(row.currency),
        sku=row.sku,
    )


@endpoint(
    "/v2/returns/rfbs/get",
    request=models.ReturnsRfbsGetRequest,
    answer=models.ReturnsRfbsGetResponse,
    right="returns:read",
)
def claim_get(call: Call, request: models.ReturnsRfbsGetRequest) -> models.ReturnsRfbsGetResponse:
    """Tells everything about one claim, and what may be done with it."""
    card = queries.claim(call.seller, request.return_id, scope.warehouses(call))
    row = card.row
    return models.ReturnsRfbsGetResponse(
        returns=models.Claim(
            available_actions=[
                models.Action(id=number, name=str(text)) for number, text in queries.api_actions(card)
            ],
            client_photo=[call.base_url + url(photo.key) for photo in card.photos if photo.by == "buyer"],
            client_return_method_type=models.Method(id=row.method, name=str(queries.method_text(row.method))),
            comment=row.comment,
            created_at=row.created_at,
            order_number=row.order_number,
            posting_number=row.posting_number,
            product=_product(row),
            rejection_comment=row.rejection_comment,
            rejection_reason=[
                models.RejectionReason(hint=str(hint), id=number, is_comment_required=required, name=str(name))
                for number, required, name, hint in queries.rejections(card)
            ],
            return_number=queries.claim_number(row.id),
            return_reason=models.ReturnReason(
                id=REASON_FACTS[row.reason].number,
                is_defect=REASON_FACTS[row.reason].faulty,
                name=str(queries.reason_text(row.reason)),
            ),
            ru_post_tracking_number=row.tracking_number,
            state=models.State(state=row.state, state_name=str(queries.visual_text(row.state))),
            warehouse_id=row.warehouse_id,
        )
    )


@endpoint(
    "/v1/returns/rfbs/action/set",
    request=models.ReturnsRfbsActionSetRequest,
    answer=Nothing,
    right="returns:write",
)
def action_set(call: Call, request: models.ReturnsRfbsActionSetRequest) -> Nothing:
    """Decides a claim by an id of its available actions."""
    card = queries.claim(call.seller, request.return_id, scope.warehouses(call))
    action = queries.action_of(request.id)
    if action is None:
        raise ApiError(Code.FAILED_PRECONDITION, "RETURN_ACTION_NOT_AVAILABLE")
    services.decide_claim(
        seller=call.seller,
        claim_id=request.return_id,
        decision=Decision(
            action,
            request.comment,
            REJECTION_OF.get(request.rejection_reason_id, ""),
            _minor(request.compensation_amount, card.row.currency),
            _minor(request.return_for_back_way, card.row.currency),
        ),
        actor=call.actor,
        now=call.now,
        only_in=scope.warehouses(call),
    )
    return Nothing()


def _minor(amount: float, currency: str) -> int:
    """A JSON number as whole minor units. Raises ApiError for parts of a kopeck."""
    value = Decimal(str(amount))
    if value != round(value, minor_digits(currency)):
        raise ApiError(Code.INVALID_ARGUMENT, "COMPENSATION_AMOUNT_INVALID")
    return Money.parse(f"{value:f}", currency).amount_minor
