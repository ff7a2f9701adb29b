"""Products that join the marketplace's promotions by themselves, `/v1/actions/auto-add` and `/v2/actions/auto-add`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.actions import MoneyInput, RejectedV2, WebsitePrices
from sellerdesk.seller_api.schemas.base import Answer, Id, IdText, Int, Money, Request, Time

_Ids = Annotated[Sequence[Id], Meta(min_length=1, max_length=1000)]


class PageRequest(Request):
    message: ClassVar[str] = "ActionsAutoAddProductsListRequest"

    action_id: Int
    auto_add_date: Time
    limit: Annotated[int, Meta(ge=1, le=100)]
    offset: Annotated[int, Meta(ge=0)] = 0


class CandidatesV2Request(Request):
    message: ClassVar[str] = "ActionsAutoAddProductsCandidatesV2Request"

    action_id: Int
    auto_add_date: Time
    limit: Annotated[int, Meta(ge=1, le=100)] = 100
    offset: Annotated[int, Meta(ge=0)] = 0


class CandidateV1(Answer, frozen=True):
    product_id: int
    offer_id: str
    sku: int
    name: str
    currency: str
    price: float
    base_price: float
    marketplace_seller_price: float
    min_seller_price: float
    max_discount_price: float
    action_price_to_auto_add: float
    quantity_to_auto_add: int
    min_action_quantity: int


class CandidatesV1Response(Answer, frozen=True):
    products: Sequence[CandidateV1]
    total: int


class ListedV1(Answer, frozen=True):
    product_id: int
    offer_id: str
    sku: int
    name: str
    currency: str
    price: float
    marketplace_seller_price: float
    min_seller_price: float
    max_discount_price: float
    action_price_to_auto_add: float
    quantity_to_auto_add: int
    min_action_quantity: int
    add_mode: Literal["AUTO", "MANUAL"]


class ListV1Response(Answer, frozen=True):
    products: Sequence[ListedV1]
    total: int


class CommonV2(Answer, frozen=True, kw_only=True):
    """`will_be_quarantined` stays false: prices of promotions do not wait for a second look."""

    offer_id: str
    sku: int
    name: str
    currency: str
    price: Money
    base_price: Money
    marketplace_seller_price: Money
    min_seller_price: Money
    max_discount_price: Money
    action_price_to_auto_add: Money
    website_prices: WebsitePrices
    quantity_to_auto_add: int
    min_action_quantity: int
    has_expired_min_seller_price: bool = False
    will_be_quarantined: bool = False


class AutoCandidateV2(CommonV2, frozen=True, kw_only=True):
    id: int
    is_manually_added: bool


class CandidatesV2Response(Answer, frozen=True):
    products: Sequence[AutoCandidateV2]
    total: int


class ListedV2(CommonV2, frozen=True, kw_only=True):
    """`add_mode` is true where the switches brought the product, false where somebody did."""

    product_id: int
    add_mode: bool


class ListV2Response(Answer, frozen=True):
    products: Sequence[ListedV2]
    total: int


class ToUpdate(Request):
    message: ClassVar[str] = "ToUpdate"

    product_id: Int
    action_price: float
    currency: str = ""
    quantity: Int = 0


class UpdateV1Request(Request):
    message: ClassVar[str] = "ActionsAutoAddProductsUpdateRequest"

    action_id: Int
    auto_add_date: Time
    to_update: Annotated[Sequence[ToUpdate], Meta(min_length=1, max_length=1000)]


class Pair(Answer, frozen=True):
    """A product and the amount that its price was measured against."""

    key: int
    value: float


class RejectedCode(Answer, frozen=True):
    product_id: int
    code: str
    reason: str


class UpdateV1Response(Answer, frozen=True):
    updated_ids: Sequence[IdText]
    rejected: Sequence[RejectedCode]
    below_min_price: Sequence[Pair]
    extremely_low_price: Sequence[Pair]
    failed_price: Sequence[Pair]


class ToUpdateV2(Request):
    message: ClassVar[str] = "ProductToUpdate"

    id: Int
    action_price: MoneyInput
    stock: Int = 0


class UpdateV2Request(Request):
    message: ClassVar[str] = "ActionsAutoAddProductsUpdateV2Request"

    action_id: Int
    auto_add_date: Time
    products: Annotated[Sequence[ToUpdateV2], Meta(min_length=1, max_length=1000)]


class UpdateV2Response(Answer, frozen=True):
    product_ids: Sequence[IdText]
    deactivated_ids: Sequence[IdText]
    rejected: Sequence[RejectedV2]
    below_min_price: Sequence[Pair]
    extremely_low_price: Sequence[Pair]
    failed_price: Sequence[Pair]
    warnings: Sequence[RejectedV2] = ()


class DeleteRequest(Request):
    message: ClassVar[str] = "ActionsAutoAddProductsDeleteRequest"

    action_id: Int
    auto_add_date: Time
    product_ids: _Ids


class DeleteResponse(Answer, frozen=True):
    product_ids: Sequence[IdText]
