"""Discounts by quantity: set and told by SKU. They are in force when the call has been answered."""

from __future__ import annotations

from collections.abc import Mapping

from sellerdesk.promotions import queries, services
from sellerdesk.promotions.errors import reason_text
from sellerdesk.promotions.types import Stair, StairRemark, StairwayInput
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import stairways as models


@endpoint(
    "/v1/product/stairway-discount/by-quantity/set",
    request=models.SetStairwaysRequest,
    answer=models.SetStairwaysResponse,
    right="prices:write",
)
def set_(call: Call, request: models.SetStairwaysRequest) -> models.SetStairwaysResponse:
    """Sets from how many units on products cost less: all of the call, or nothing where one of them is wrong."""
    outcome = services.set_stairways(
        seller=call.seller, suppress_warnings=request.suppress_warnings, actor=call.actor, now=call.now,
        changes=[StairwayInput(one.sku, one.enabled, tuple(
            (step.step, Stair(step.quantity, step.discount)) for step in one.stairway.steps))
            for one in request.stairways])
    return models.SetStairwaysResponse(
        accepted=outcome.accepted, errors=_remarks(call, outcome.errors), warnings=_remarks(call, outcome.warnings))


@endpoint(
    "/v1/product/stairway-discount/by-quantity/get",
    request=models.GetStairwaysRequest,
    answer=models.GetStairwaysResponse,
    right="prices:read",
)
def get(call: Call, request: models.GetStairwaysRequest) -> models.GetStairwaysResponse:
    """Tells discounts by quantity; products that never had one are left out."""
    return models.GetStairwaysResponse(stairways=[
        models.Stairway(row.enabled, row.sku, models.StairwaySteps([
            models.StairwayStep(discount=step.discount, quantity=step.quantity, step=place)
            for place, step in enumerate(row.steps, 1)]))
        for row in queries.stairways(call.seller, skus=list(dict.fromkeys(request.skus)))])


def _remarks(call: Call, found: Mapping[int, tuple[StairRemark, ...]]) -> list[models.StairwayRemarks]:
    return [models.StairwayRemarks(sku=sku, data=[
        models.StairwayRemark(code=one.code, field=one.where, message=reason_text(
            one.code, one.data, call.seller.currency), step=one.step, value=one.value) for one in remarks])
        for sku, remarks in found.items()]
