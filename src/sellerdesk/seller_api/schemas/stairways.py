"""Discounts by quantity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Int, Request


class StairwayStepRequest(Request):
    message: ClassVar[str] = "SetProductStairwayDiscountByQuantityRequest_Stairways_Stairway_Step"

    discount: Int
    quantity: Int
    step: Int


class StairwayStepsRequest(Request):
    message: ClassVar[str] = "SetProductStairwayDiscountByQuantityRequest_Stairways_Stairway"

    steps: list[StairwayStepRequest]


class StairwayRequest(Request):
    message: ClassVar[str] = "SetProductStairwayDiscountByQuantityRequest_Stairways"

    enabled: bool
    sku: Id
    stairway: StairwayStepsRequest


class SetStairwaysRequest(Request):
    message: ClassVar[str] = "SetProductStairwayDiscountByQuantityRequest"

    stairways: Annotated[list[StairwayRequest], Meta(min_length=1, max_length=5000)]
    suppress_warnings: bool = False


class StairwayRemark(Answer, frozen=True):
    code: str
    field: str
    message: str
    step: int
    value: str


class StairwayRemarks(Answer, frozen=True):
    data: Sequence[StairwayRemark]
    sku: int


class SetStairwaysResponse(Answer, frozen=True):
    accepted: bool
    errors: Sequence[StairwayRemarks]
    warnings: Sequence[StairwayRemarks]


class GetStairwaysRequest(Request):
    message: ClassVar[str] = "GetProductStairwayDiscountByQuantityRequest"

    skus: Annotated[list[Id], Meta(min_length=1, max_length=5000)]


class StairwayStep(Answer, frozen=True):
    discount: int
    quantity: int
    step: int


class StairwaySteps(Answer, frozen=True):
    steps: Sequence[StairwayStep]


class Stairway(Answer, frozen=True):
    enabled: bool
    sku: int
    stairway: StairwaySteps
    status: str = "SUCCESS"


class GetStairwaysResponse(Answer, frozen=True):
    stairways: Sequence[Stairway]
