"""A shop's own promotions, `/v1/seller-actions`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, IdText, Int, Request, Time

Title = Annotated[str, Meta(max_length=256)]
DiscountType = Literal["PERCENT", "CURRENCY"]
VoucherType = Literal["ONE", "MULTIPLE", "UNIQUE"]
ActionType = Literal["DISCOUNT", "VOUCHER_DISCOUNT", "DISCOUNT_WITH_CONDITION", "INSTALLMENT",
                     "INDIVIDUAL_DISCOUNT_BY_PRODUCTS", "OZON_ACCOUNT_DISCOUNT", "MULTI_LEVEL_DISCOUNT_ON_AMOUNT"]
Status = Literal["ACTIVE", "ENDED", "PLANNED", "PAUSED"]
Currency = Literal["RUB", "BYN", "KZT", "EUR", "USD", "CNY"]


class ActionIdRequest(Request):
    message: ClassVar[str] = "v1SellerActionsArchiveRequest"

    action_id: Int


class ChangeActivityRequest(Request):
    message: ClassVar[str] = "v1SellerActionsChangeActivityRequest"

    action_id: Int
    is_turn_on: bool


class CreateDiscountRequest(Request):
    message: ClassVar[str] = "v1SellerActionsCreateDiscountRequest"

    date_start: Time
    date_end: Time
    min_action_percent: float
    title: Title = ""


class CreateConditionRequest(Request):
    message: ClassVar[str] = "v1SellerActionsCreateDiscountWithConditionRequest"

    date_start: Time
    date_end: Time
    discount_type: DiscountType
    discount_value: float
    min_order_amount: float
    title: Title = ""


class CreateInstallmentRequest(Request):
    message: ClassVar[str] = "v1SellerActionsCreateInstallmentRequest"

    title: Annotated[str, Meta(min_length=1, max_length=256)]
    date_start: Time


class UpdateInstallmentParameters(Request):
    message: ClassVar[str] = "ActionParameters"

    title: Annotated[str, Meta(min_length=1, max_length=256)]
    date_start: Time


class UpdateInstallmentRequest(Request):
    message: ClassVar[str] = "v1SellerActionsUpdateInstallmentRequest"

    action_id: Int
    action_parameters: UpdateInstallmentParameters


class DiscountLevel(Request):
    message: ClassVar[str] = "DiscountLevel"

    order_amount: float
    discount_value: float


class CreateMultiLevelRequest(Request):
    message: ClassVar[str] = "v1SellerActionsCreateMultiLevelDiscountRequest"

    date_start: Time
    date_end: Time
    discount_type: DiscountType
    discount_levels: Annotated[Sequence[DiscountLevel], Meta(min_length=1)]
    title: Title = ""
    is_legal_entities_segment: bool = False


class VoucherParameter(Request):
    message: ClassVar[str] = "VoucherParameter"

    count_codes: Int
    is_private: bool
    type: VoucherType


class CreateVoucherRequest(Request):
    message: ClassVar[str] = "v1SellerActionsCreateVoucherRequest"

    title: Title
    date_start: Time
    date_end: Time
    discount_type: DiscountType
    discount_value: float
    budget: Int
    voucher_parameters: VoucherParameter
    user_ids: Sequence[Int] = ()


class CreateResponse(Answer, frozen=True):
    action_id: int


class UpdateDiscountParameters(Request):
    message: ClassVar[str] = "ActionParameters"

    title: Title
    date_start: Time
    date_end: Time


class UpdateDiscountRequest(Request):
    message: ClassVar[str] = "v1SellerActionsUpdateDiscountRequest"

    action_id: Int
    action_parameters: UpdateDiscountParameters


class UpdateConditionParameters(UpdateDiscountParameters):
    discount_value: float
    min_order_amount: float


class UpdateConditionRequest(Request):
    message: ClassVar[str] = "v1SellerActionsUpdateDiscountWithConditionRequest"

    action_id: Int
    action_parameters: UpdateConditionParameters


class UpdateMultiLevelParameters(UpdateDiscountParameters, kw_only=True):
    discount_levels: Annotated[Sequence[DiscountLevel], Meta(min_length=1)]
    is_legal_entities_segment: bool = False


class UpdateMultiLevelRequest(Request):
    message: ClassVar[str] = "v1SellerActionsUpdateMultiLevelDiscountRequest"

    action_id: Int
    action_parameters: UpdateMultiLevelParameters


class UpdateVoucherParameters(UpdateDiscountParameters, kw_only=True):
    discount_value: float
    budget: Int
    user_ids: Sequence[Int] = ()


class UpdateVoucherRequest(Request):
    message: ClassVar[str] = "v1SellerActionsUpdateVoucherRequest"

    action_id: Int
    action_parameters: UpdateVoucherParameters


class ListRequest(Request):
    message: ClassVar[str] = "v1SellerActionsListRequest"

    limit: Annotated[int, Meta(ge=1, le=100)]
    offset: Annotated[int, Meta(ge=0)] = 0
    action_ids: Sequence[Int] = ()
    action_type: Sequence[ActionType] = ()
    status: Sequence[Status] = ()
    search: str = ""


class LevelAnswer(Answer, frozen=True):
    order_amount: float
    discount_value: float


class VoucherAnswer(Answer, frozen=True):
    type: str = "UNSPECIFIED"
    count_codes: int = 0
    is_private: bool = False


class ActionParameter(Answer, frozen=True):
    title: str
    type: str
    status: str
    date_start: Time
    date_end: Time
    discount_type: str
    discount_value: float
    discount_levels: Sequence[LevelAnswer]
    min_action_percent: float
    min_order_amount: float
    budget: float
    budget_spent: float
    voucher_parameters: VoucherAnswer
    auto_stop_action_reason: str
    addresses: Sequence[str] = ()
    picked_segments: Sequence[str] = ()
    warehouses: Sequence[IdText] = ()
    is_legal_entities_segment: bool = False


class ListResponseAction(Answer, frozen=True):
    action_id: int
    action_parameters: ActionParameter
    allow_delete: bool
    is_editable: bool
    is_participated: bool
    is_turn_on: bool
    sku_count: int
    highlight_url: str = ""


class ListResponse(Answer, frozen=True):
    actions: Sequence[ListResponseAction]
    total: int


class AddProduct(Request):
    message: ClassVar[str] = "v1SellerActionsProductsAddRequestProduct"

    sku: Int
    discount_percent: float = 0.0
    action_price: float = 0.0
    currency: Currency | Literal[""] = ""


class AddProductsRequest(Request):
    message: ClassVar[str] = "v1SellerActionsProductsAddRequest"

    action_id: Int
    products: Annotated[Sequence[AddProduct], Meta(min_length=1, max_length=1000)]


class ProductsRequest(Request):
    message: ClassVar[str] = "v1SellerActionsProductsListRequest"

    action_id: Int
    limit: Annotated[int, Meta(ge=1, le=100)]
    cursor: Annotated[int, Meta(ge=0)] = 0


class ActionProduct(Answer, frozen=True):
    product_id: int
    offer_id: str
    sku: Sequence[IdText]
    name: str
    price: float
    base_price: float
    action_price: float
    discount_percent: float
    min_seller_price: float
    currency: str
    is_active: bool
    quant_size: int = 0
    quant_type: str = "UNSPECIFIED"


class ProductsResponse(Answer, frozen=True):
    products: Sequence[ActionProduct]
    cursor: int
    has_next: bool


class DeleteProductsRequest(Request):
    message: ClassVar[str] = "v1SellerActionsProductsDeleteRequest"

    action_id: Int
    skus: Annotated[Sequence[Int], Meta(min_length=1, max_length=1000)]


class VoucherGetResponse(Answer, frozen=True):
    """`file` is a CSV, in base64."""

    file: str
