"""`/v1/finance/document-b2b-sales/json`, `/v1/finance/products/buyout`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Request
from sellerdesk.seller_api.schemas.realization import CreateReportRequest, MonthText

DayText = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}(T.*)?$")]


class B2bSalesRequest(CreateReportRequest):
    message: ClassVar[str] = "CreateDocumentB2BSalesReportRequest"


class B2bSalesJsonRequest(Request):
    message: ClassVar[str] = "CreateDocumentB2BSalesJSONReportRequest"

    date: MonthText


class B2bBuyer(Answer, frozen=True):
    name: str
    address: str
    inn: str
    kpp: str


class B2bInvoiceInfo(Answer, frozen=True):
    date: str
    number: str
    status: str
    type: Literal["UPD", "UKD"]


class B2bOperation(Answer, frozen=True):
    amount: float
    cost_without_vat: float
    date: str
    gtd_number: str
    origin_country: str
    posting_number: str
    price: float
    quantity: int
    rnpt_number: str
    type: Literal["DELIVERY", "RETURN"]
    vat_amount: float
    vat_rate: float


class B2bInvoice(Answer, frozen=True):
    buyer_info: B2bBuyer
    currency: str
    currency_code: int
    info: B2bInvoiceInfo
    offer_id: str
    operations: Sequence[B2bOperation]
    product_name: str
    sku: int
    unit_code: int
    unit_name: str


class B2bSeller(Answer, frozen=True):
    company_name: str
    inn: str
    kpp: str


class B2bSalesJsonResponse(Answer, frozen=True):
    date_from: str
    date_to: str
    invoices: Sequence[B2bInvoice]
    seller_info: B2bSeller


class BuyoutRequest(Request):
    message: ClassVar[str] = "GetFinanceProductsBuyoutRequest"

    date_from: DayText
    date_to: DayText


class BuyoutProduct(Answer, frozen=True):
    amount: float
    buyout_price: float
    deduction_by_category_percent: float
    name: str
    offer_id: str
    posting_number: str
    quantity: int
    seller_price_per_instance: float
    sku: int
    vat_percent: int


class BuyoutResponse(Answer, frozen=True):
    products: Sequence[BuyoutProduct]


class UnpaidProductsRequest(Request):
    message: ClassVar[str] = "PostingUnpaidLegalProductListRequest"

    limit: Annotated[int, Meta(ge=1, le=1000)]
    cursor: str = ""


class UnpaidProduct(Answer, frozen=True):
    """`quantity` is how many units all unpaid orders of companies keep."""

    product_id: int
    offer_id: str
    name: str
    quantity: int
    image_url: str


class UnpaidProductsResponse(Answer, frozen=True):
    products: Sequence[UnpaidProduct]
    cursor: str
