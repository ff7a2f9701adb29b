"""`/v1/product/import/prices` and `/v5/product/info/prices`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import (
    Answer,
    Id,
    Int,
    ItemError,
    Money,
    Request,
    Time,
    Visibility,
)

Switch = Literal["UNKNOWN", "ENABLED", "DISABLED"]


class ImportProductsPricesRequestPrice(Request):
    """The new prices of one product. An amount left out stays as it is; `offer_id` wins over `product_id`."""

    message: ClassVar[str] = "ImportProductsPricesRequest_Price"

    offer_id: str = ""
    product_id: Int = 0
    price: str = ""
    old_price: str = ""
    min_price: str = ""
    net_price: str = ""
    declared_price: str = ""
    currency_code: str = ""
    vat: str = ""
    quant_size: Int = 0
    auto_action_enabled: Switch = "UNKNOWN"
    auto_add_to_ozon_actions_list_enabled: Switch = "UNKNOWN"
    price_strategy_enabled: Switch = "UNKNOWN"
    min_price_for_auto_actions_enabled: bool = False
    manage_elastic_boosting_through_price: bool = False


class ImportProductsPricesRequest(Request):
    prices: Annotated[Sequence[ImportProductsPricesRequestPrice], Meta(min_length=1, max_length=1000)]


class ImportProductsPricesResponseResult(Answer, frozen=True):
    product_id: int
    offer_id: str
    updated: bool
    errors: Sequence[ItemError]


class ImportProductsPricesResponse(Answer, frozen=True):
    result: Sequence[ImportProductsPricesResponseResult]


class GetProductInfoPricesV5RequestFilter(Request):
    message: ClassVar[str] = "GetProductInfoPricesV5Request_Filter"

    offer_id: Annotated[Sequence[str], Meta(max_length=1000)] = ()
    product_id: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    visibility: Visibility = "ALL"


class GetProductInfoPricesV5Request(Request):
    filter: GetProductInfoPricesV5RequestFilter
    limit: Annotated[int, Meta(ge=1, le=1000)]
    cursor: str = ""


class ItemCommissionsV5(Answer, frozen=True):
    """Amounts in the currency of the price, shares in percent of it. Zero where the scheme is not offered."""

    sales_percent_fbs: float
    sales_percent_rfbs: float = 0.0
    sales_percent_fbo: float = 0.0
    sales_percent_fbp: float = 0.0
    fbs_deliv_to_customer_amount: float = 0.0
    fbs_direct_flow_trans_max_amount: float = 0.0
    fbs_direct_flow_trans_min_amount: float = 0.0
    fbs_first_mile_max_amount: float = 0.0
    fbs_first_mile_min_amount: float = 0.0
    fbs_return_flow_amount: float = 0.0
    fbo_deliv_to_customer_amount: float = 0.0
    fbo_direct_flow_trans_max_amount: float = 0.0
    fbo_direct_flow_trans_min_amount: float = 0.0
    fbo_return_flow_amount: float = 0.0


class MarketingAction(Answer, frozen=True):
    title: str
    value: float
    date_from: Time | None
    date_to: Time | None


class ItemMarketing(Answer, frozen=True):
    actions: Sequence[MarketingAction] = ()
    current_period_from: Time | None = None
    current_period_to: Time | None = None
    ozon_actions_exist: bool = False


class ItemPriceV5(Answer, frozen=True):
    currency_code: str
    price: float
    old_price: float
    min_price: float
    marketing_seller_price: float
    vat: float
    net_price: float = 0.0
    retail_price: float = 0.0
    auto_action_enabled: bool = False
    auto_add_to_ozon_actions_list_enabled: bool = False
    declared_price: Money | None = None


class PriceIndexData(Answer, frozen=True):
    min_price: float = 0.0
    min_price_currency: str = ""
    price_index_value: float = 0.0


class ItemPriceIndexes(Answer, frozen=True):
    color_index: Literal["WITHOUT_INDEX", "GREEN", "YELLOW", "RED", "SUPER"] = "WITHOUT_INDEX"
    external_index_data: PriceIndexData = PriceIndexData()
    ozon_index_data: PriceIndexData = PriceIndexData()
    self_marketplaces_index_data: PriceIndexData = PriceIndexData()


class GetProductInfoPricesV5ResponseItem(Answer, frozen=True):
    product_id: int
    offer_id: str
    price: ItemPriceV5
    commissions: ItemCommissionsV5
    volume_weight: float
    acquiring: float = 0.0
    marketing_actions: ItemMarketing = ItemMarketing()
    price_indexes: ItemPriceIndexes = ItemPriceIndexes()


class GetProductInfoPricesV5Response(Answer, frozen=True):
    items: Sequence[GetProductInfoPricesV5ResponseItem]
    cursor: str
    total: int
    total_items: int


class ProductPricesDetailsRequest(Request):
    message: ClassVar[str] = "ProductPricesDetailsRequest"

    skus: Annotated[list[Id], Meta(min_length=1, max_length=1000)]


class PriceIndexDataDetails(Answer, frozen=True):
    min_price: Money
    price_index: float
    url: str


class PriceIndexDetails(Answer, frozen=True):
    external_index_data: PriceIndexDataDetails
    self_index_data: PriceIndexDataDetails


class WeightIndexDetails(Answer, frozen=True):
    self_wb_index: float
    self_wb_min_competitor_price: Sequence[Money]
    self_wb_url: str
    weight_percent: float


class ProductPriceDetails(Answer, frozen=True):
    customer_price: Money
    discount_percent: float
    offer_id: str
    price: Money
    sku: int
    # This marketplace measures no indexes.
    price_indexes: Sequence[PriceIndexDetails] = ()
    weight_index: Sequence[WeightIndexDetails] = ()


class ProductPricesDetailsResponse(Answer, frozen=True):
    prices: Sequence[ProductPriceDetails]
