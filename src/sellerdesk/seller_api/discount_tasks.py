"""Buyers' requests for a discount: the lists, and the answers."""

from __future__ import annotations

from collections.abc import Sequence

from sellerdesk.catalog import queries as catalog
from sellerdesk.core.errors import Invalid
from sellerdesk.core.money import Money
from sellerdesk.pricing import queries as pricing
from sellerdesk.promotions import queries, services
from sellerdesk.promotions.errors import reason_text
from sellerdesk.promotions.services.requests import Answer, Answered
from sellerdesk.seller_api import wire
from sellerdesk.seller_api.actions import price_text
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import actions as models

_STATES_V2 = {"ALL": (), "NEW": ("NEW", "SEEN"), "APPROVED": ("APPROVED", "PURCHASED"),
              "DECLINED": ("DECLINED", "AUTO_DECLINED")}


@endpoint(
    "/v1/actions/discounts-task/list",
    request=models.GetDiscountTaskListRequest,
    answer=models.GetDiscountTaskListResponse,
    right="prices:read",
    deprecated=True,
)
def task_list_v1(
    call: Call, request: models.GetDiscountTaskListRequest
) -> models.GetDiscountTaskListResponse:
    """Lists requests in one state, newest first."""
    rows = queries.requests_page_of(call.seller, request.status, request.page, request.limit)
    refs = {ref.id: ref for ref in catalog.refs(call.seller, product_ids=[row.product_id for row in rows])}
    lowest = {id_: one.min_price_minor for id_, one in pricing.prices(call.seller, list(refs)).items()}
    currency = call.seller.currency

    def number(minor: int | None) -> float:
        return wire.money_number(minor or 0, currency)

    return models.GetDiscountTaskListResponse(
        result=[
            models.DiscountTask(
                id=row.pk,
                created_at=row.created_at,
                end_at=row.ends_at,
                edited_till=row.answer_by,
                status=row.state,
                customer_name=row.buyer_name,
                sku=refs[row.product_id].sku,
                user_comment=row.comment,
                seller_comment=row.seller_comment,
                requested_price=number(row.requested_minor),
                approved_price=number(row.approved_minor),
                original_price=number(row.price_minor),
                discount=number(row.price_minor - row.requested_minor),
                discount_percent=wire.percent_of(row.price_minor - row.requested_minor, row.price_minor),
                base_price=number(row.price_minor),
                min_auto_price=number(lowest.get(row.product_id)),
                moderated_at=row.decided_at,
                approved_discount=number(row.price_minor - row.approved_minor if row.approved_minor else 0),
                approved_discount_percent=wire.percent_of(
                    row.price_minor - row.approved_minor if row.approved_minor else 0, row.price_minor),
                is_purchased=row.state == "PURCHASED",
                offer_id=refs[row.product_id].offer_id,
                approved_quantity_min=row.approved_least,
                approved_quantity_max=row.approved_most,
                requested_quantity_min=1,
                requested_quantity_max=row.quantity,
                requested_price_with_fee=number(row.requested_minor),
                approved_price_with_fee=number(row.approved_minor),
            )
            for row in rows
            if row.product_id in refs
        ]
    )


@endpoint(
    "/v2/actions/discounts-task/list",
    request=models.GetDiscountTaskListV2Request,
    answer=models.GetDiscountTaskListV2Response,
    right="prices:read",
)
def task_list_v2(
    call: Call, request: models.GetDiscountTaskListV2Request
) -> models.GetDiscountTaskListV2Response:
    """Lists requests, newest first; `last_id` goes on below the last one read."""
    rows = queries.requests_after(call.seller, states_in=_STATES_V2[request.status], before=max(request.last_id, 0),
                                  limit=request.limit)
    refs = {ref.id: ref for ref in catalog.refs(call.seller, product_ids=[row.product_id for row in rows])}
    lowest = {id_: one.min_price_minor for id_, one in pricing.prices(call.seller, list(refs)).items()}
    spelled = {state: name for name, found in _STATES_V2.items() for state in found}
    currency = call.seller.currency

    def number(minor: int | None) -> float:
        return wire.money_number(minor or 0, currency)

    return models.GetDiscountTaskListV2Response(
        tasks=[
            models.DiscountTaskV2(
                id=row.pk,
                created_at=row.created_at,
                edited_till=row.answer_by,
                edited_till_duration=max(0, int((row.answer_by - call.now).total_seconds())),
                end_at=row.ends_at,
                end_at_duration=max(0, int((row.ends_at - call.now).total_seconds())) if row.ends_at else 0,
                name=refs[row.product_id].name,
                sku=refs[row.product_id].sku,
                status=spelled[row.state],
                original_price=number(row.price_minor),
                requested_price=number(row.requested_minor),
                requested_discount=number(row.price_minor - row.requested_minor),
                requested_quantity_max=row.quantity,
                approved_price=number(row.approved_minor),
                approved_discount=number(row.price_minor - row.approved_minor if row.approved_minor else 0),
                approved_quantity_max=row.approved_most,
                moderated_at=row.decided_at,
                min_auto_price=number(lowest.get(row.product_id)),
            )
            for row in rows
            if row.product_id in refs
        ]
    )


@endpoint(
    "/v1/actions/discounts-task/approve",
    request=models.ApproveDiscountTasksRequest,
    answer=models.ApproveDeclineDiscountTasksResponse,
    right="prices:write",
)
def approve(
    call: Call, request: models.ApproveDiscountTasksRequest
) -> models.ApproveDeclineDiscountTasksResponse:
    """Approves requests that are new or seen; each is answered for itself."""
    answers = [
        Answer(task.id, _minor(call, task.approved_price), task.approved_quantity_min, task.approved_quantity_max,
               task.seller_comment)
        for task in request.tasks
    ]
    return _told(call, services.answer(seller=call.seller, answers=answers, actor=call.actor, now=call.now))


@endpoint(
    "/v1/actions/discounts-task/decline",
    request=models.DeclineDiscountTasksRequest,
    answer=models.ApproveDeclineDiscountTasksResponse,
    right="prices:write",
)
def decline(
    call: Call, request: models.DeclineDiscountTasksRequest
) -> models.ApproveDeclineDiscountTasksResponse:
    """Declines requests that are new or seen."""
    answers = [Answer(task.id, comment=task.seller_comment) for task in request.tasks]
    return _told(call, services.answer(seller=call.seller, answers=answers, actor=call.actor, now=call.now))


def _minor(call: Call, price: float) -> int:
    """An approved price; one that is no amount is below every bound, and so refused with the others of its kind."""
    try:
        return Money.parse(price_text(price), call.seller.currency).amount_minor
    except Invalid:
        return -1


def _told(call: Call, made: Sequence[Answered]) -> models.ApproveDeclineDiscountTasksResponse:
    failed = [one for one in made if one.code]
    return models.ApproveDeclineDiscountTasksResponse(
        result=models.ApproveDeclineResult(
            fail_details=[
                models.FailDetail(task_id=one.request_id,
                                  error_for_user=reason_text(one.code, one.data, call.seller.currency))
                for one in failed
            ],
            success_count=len(made) - len(failed),
            fail_count=len(failed),
        )
    )
