"""Claims on goods that the shop delivered itself (rFBS)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Int, Request, Time


class CreatedAt(Request):
    message: ClassVar[str] = "ReturnsRfbsFilter_CreatedAt"

    from_: Time | None = msgspec.field(default=None, name="from")
    to: Time | None = None


class ReturnsRfbsFilter(Request):
    offer_id: str = ""
    posting_number: str = ""
    group_state: Sequence[str] = ()
    created_at: CreatedAt | None = None


class ReturnsRfbsListRequest(Request):
    limit: Annotated[int, Meta(ge=1, le=1000)]
    filter: ReturnsRfbsFilter = msgspec.field(default_factory=ReturnsRfbsFilter)
    last_id: Int = 0


class Product(Answer, frozen=True):
    name: str
    offer_id: str
    currency_code: str
    price: int
    sku: int


class ListState(Answer, frozen=True):
    group_state: str
    money_return_state_name: str
    state: str
    state_name: str


class ListedClaim(Answer, frozen=True):
    """The buyer's name stays with the marketplace."""

    created_at: Time
    order_number: str
    posting_number: str
    product: Product
    return_id: int
    return_number: str
    state: ListState
    client_name: str = ""


class ReturnsRfbsListResponse(Answer, frozen=True):
    returns: Sequence[ListedClaim]


class ReturnsRfbsGetRequest(Request):
    return_id: Id


class Action(Answer, frozen=True):
    id: int
    name: str


class Method(Answer, frozen=True):
    id: int
    name: str


class RejectionReason(Answer, frozen=True):
    hint: str
    id: int
    is_comment_required: bool
    name: str


class ReturnReason(Answer, frozen=True):
    id: int
    is_defect: bool
    name: str


class State(Answer, frozen=True):
    state: str
    state_name: str


class Claim(Answer, frozen=True):
    available_actions: Sequence[Action]
    client_photo: Sequence[str]
    client_return_method_type: Method
    comment: str
    created_at: Time
    order_number: str
    posting_number: str
    product: Product
    rejection_comment: str
    rejection_reason: Sequence[RejectionReason]
    return_number: str
    return_reason: ReturnReason
    ru_post_tracking_number: str
    state: State
    warehouse_id: int
    client_name: str = ""
    return_method_description: str = ""


class ReturnsRfbsGetResponse(Answer, frozen=True):
    returns: Claim


class ReturnsRfbsActionSetRequest(Request):
    """Amounts are in units of the shop's currency."""

    return_id: Id
    id: Int = 0
    comment: str = ""
    compensation_amount: Annotated[float, Meta(ge=0, le=10**13)] = 0.0
    rejection_reason_id: Int = 0
    return_for_back_way: Annotated[float, Meta(ge=0, le=10**13)] = 0.0
