"""Promotions of the marketplace, `/v1/actions` and `/v2/actions`, and buyers' requests for a discount."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, IdText, Int, Money, Request, Time

_Ids = Annotated[Sequence[Id], Meta(min_length=1, max_length=1000)]


class MoneyInput(Request):
    message: ClassVar[str] = "Money"

    amount: str = ""
    currency: str = ""


class GetSellerActionsV1ResponseAction(Answer, frozen=True):
    """`date_start` and the like are RFC 3339; `freeze_date` is empty where nothing freezes."""

    id: float
    title: str
    action_type: str
    description: str
    date_start: str
    date_end: str
    auto_add_dates: Sequence[Time]
    freeze_date: str
    potential_products_count: float
    participating_products_count: float
    is_participating: bool
    is_voucher_action: bool = False
    banned_products_count: float = 0.0
    with_targeting: bool = False
    order_amount: float = 0.0
    discount_type: str = "PERCENT"
    discount_value: float = 0.0


class GetSellerActionsV1Response(Answer, frozen=True):
    result: Sequence[GetSellerActionsV1ResponseAction]


class GetSellerProductV1Request(Request):
    message: ClassVar[str] = "seller_apiGetSellerProductV1Request"

    action_id: Int
    limit: Annotated[int, Meta(ge=0, le=1000)] = 100
    last_id: Int = 0


class Product(Answer, frozen=True):
    id: float
    price: float
    action_price: float
    max_action_price: float
    add_mode: str
    min_stock: float
    stock: float
    alert_max_action_price_failed: bool = False
    alert_max_action_price: float = 0.0
    current_boost: float = 0.0
    price_min_elastic: float = 0.0
    price_max_elastic: float = 0.0
    min_boost: float = 0.0
    max_boost: float = 0.0


class GetSellerProductV1ResponseResult(Answer, frozen=True):
    products: Sequence[Product]
    total: float
    last_id: float


class GetSellerProductV1Response(Answer, frozen=True):
    result: GetSellerProductV1ResponseResult


class ActivateProductPrice(Request):
    message: ClassVar[str] = "seller_apiProductPrice"

    product_id: Int
    action_price: float
    stock: Int = 0


class ActivateProductV1Request(Request):
    message: ClassVar[str] = "seller_apiActivateProductV1Request"

    action_id: Int
    products: Annotated[Sequence[ActivateProductPrice], Meta(min_length=1, max_length=1000)]


class RejectedV1(Answer, frozen=True):
    product_id: float
    reason: str


class ProductV1ResponseResult(Answer, frozen=True):
    product_ids: Sequence[float]
    rejected: Sequence[RejectedV1]


class ProductV1Response(Answer, frozen=True):
    result: ProductV1ResponseResult


class ProductIDsV1Request(Request):
    message: ClassVar[str] = "seller_apiProductIDsV1Request"

    action_id: Int
    product_ids: _Ids


class ActionsCandidatesRequest(Request):
    message: ClassVar[str] = "ActionsCandidatesRequest"

    action_id: Int
    limit: Annotated[int, Meta(ge=0, le=100)] = 100
    last_id: str = ""


class WebsitePrices(Answer, frozen=True):
    price: Money
    prices_by_schema: dict[str, Money] = {}


class CandidateV2(Answer, frozen=True):
    id: int
    price: Money
    action_price: Money
    max_action_price: Money
    marketplace_seller_price: Money
    min_seller_price: Money
    alert_max_action_price: Money
    price_min_elastic: Money
    price_max_elastic: Money
    website_prices: WebsitePrices
    min_stock: int
    recommended_stock: int
    is_quarantined: bool
    alert_max_action_price_failed: bool = False
    current_boost: float = 0.0
    min_boost: float = 0.0
    max_boost: float = 0.0


class ProductV2(CandidateV2, frozen=True, kw_only=True):
    add_mode: Literal["SELLER", "AUTO"]
    stock: int


class ActionsCandidatesResponse(Answer, frozen=True):
    products: Sequence[CandidateV2]
    total: int
    last_id: str


class ActionsProductsResponse(Answer, frozen=True):
    products: Sequence[ProductV2]
    total: int
    last_id: str


class ActionsProductsUpdateRequestProduct(Request):
    message: ClassVar[str] = "ActionsProductsUpdateRequest_Product"

    product_id: Int
    action_price: MoneyInput
    stock: Int = 0


class ActionsProductsUpdateRequest(Request):
    action_id: Int
    products: Annotated[Sequence[ActionsProductsUpdateRequestProduct], Meta(min_length=1, max_length=1000)]


class RejectedV2(Answer, frozen=True):
    product_id: int
    reason: str


class ActionsProductsUpdateResponse(Answer, frozen=True):
    active_product_ids: Sequence[IdText]
    deactivated_product_ids: Sequence[IdText]
    rejected: Sequence[RejectedV2]
    warnings: Sequence[RejectedV2] = ()


class ActionsProductsDeactivateRequest(Request):
    action_id: Int
    product_ids: _Ids


class ActionsProductsDeactivateResponse(Answer, frozen=True):
    product_ids: Sequence[IdText]


class ApproveDiscountTask(Request):
    message: ClassVar[str] = "v1ApproveDiscountTasksRequestTask"

    id: Int
    approved_price: float
    approved_quantity_min: Int
    approved_quantity_max: Int
    seller_comment: str = ""


class ApproveDiscountTasksRequest(Request):
    message: ClassVar[str] = "v1ApproveDiscountTasksRequest"

    tasks: Annotated[Sequence[ApproveDiscountTask], Meta(min_length=1, max_length=50)]


class DeclineDiscountTask(Request):
    message: ClassVar[str] = "v1DeclineDiscountTasksRequestTask"

    id: Int
    seller_comment: str = ""


class DeclineDiscountTasksRequest(Request):
    message: ClassVar[str] = "v1DeclineDiscountTasksRequest"

    tasks: Annotated[Sequence[DeclineDiscountTask], Meta(min_length=1, max_length=50)]


class FailDetail(Answer, frozen=True):
    task_id: int
    error_for_user: str


class ApproveDeclineResult(Answer, frozen=True):
    fail_details: Sequence[FailDetail]
    success_count: int
    fail_count: int


class ApproveDeclineDiscountTasksResponse(Answer, frozen=True):
    result: ApproveDeclineResult


TaskState = Literal["NEW", "SEEN", "APPROVED", "PARTLY_APPROVED", "DECLINED", "AUTO_DECLINED", "DECLINED_BY_USER",
                    "COUPON", "PURCHASED"]


class GetDiscountTaskListRequest(Request):
    message: ClassVar[str] = "v1GetDiscountTaskListRequest"

    status: TaskState
    page: Annotated[int, Meta(ge=1)]
    limit: Annotated[int, Meta(ge=1, le=50)]


class DiscountTask(Answer, frozen=True):
    """Shares are percent; `edited_till` is until when the shop may answer."""

    id: int
    created_at: Time
    end_at: Time | None
    edited_till: Time
    status: str
    customer_name: str
    sku: int
    user_comment: str
    seller_comment: str
    requested_price: float
    approved_price: float
    original_price: float
    discount: float
    discount_percent: float
    base_price: float
    min_auto_price: float
    moderated_at: Time | None
    approved_discount: float
    approved_discount_percent: float
    is_purchased: bool
    offer_id: str
    approved_quantity_min: int
    approved_quantity_max: int
    requested_quantity_min: int
    requested_quantity_max: int
    requested_price_with_fee: float
    approved_price_with_fee: float
    prev_task_id: int = 0
    is_damaged: bool = False
    is_auto_moderated: bool = False
    email: str = ""
    last_name: str = ""
    first_name: str = ""
    patronymic: str = ""
    approved_price_fee_percent: float = 0.0


class GetDiscountTaskListResponse(Answer, frozen=True):
    result: Sequence[DiscountTask]


class GetDiscountTaskListV2Request(Request):
    message: ClassVar[str] = "v2GetDiscountTaskListV2Request"

    last_id: Int = 0
    limit: Literal[5, 10, 15, 20, 30, 50] = 50
    status: Literal["ALL", "NEW", "APPROVED", "DECLINED"] = "ALL"


class TaskAutoModeratedInfo(Answer, frozen=True):
    max_percent: float = 0.0
    max_price: float = 0.0
    min_percent: float = 0.0
    min_price: float = 0.0


class DiscountTaskV2(Answer, frozen=True):
    id: int
    created_at: Time
    edited_till: Time
    edited_till_duration: int
    end_at: Time | None
    end_at_duration: int
    name: str
    sku: int
    status: str
    original_price: float
    requested_price: float
    requested_discount: float
    requested_quantity_max: int
    approved_price: float
    approved_discount: float
    approved_quantity_max: int
    moderated_at: Time | None
    min_auto_price: float
    is_auto_moderated: bool = False
    auto_moderated_info: TaskAutoModeratedInfo = TaskAutoModeratedInfo()
    reduction_factor: float = 0.0
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    patronymic: str = ""


class GetDiscountTaskListV2Response(Answer, frozen=True):
    tasks: Sequence[DiscountTaskV2]
