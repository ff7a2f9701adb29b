"""Realisation reports, documents and the reports that hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Language, Request, Time

Year = Annotated[int, Meta(ge=2000, le=9999)]
Month = Annotated[int, Meta(ge=1, le=12)]
MonthText = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]


class MonthRequest(Request):
    message: ClassVar[str] = "GetRealizationReportRequestV2"

    month: Month
    year: Year


class DayRequest(Request):
    message: ClassVar[str] = "GetRealizationReportByDayRequest"

    day: Annotated[int, Meta(ge=1, le=31)]
    month: Month
    year: Year


class PostingMonthRequest(MonthRequest):
    message: ClassVar[str] = "GetRealizationReportPostingRequest"


class CreatePostingReportRequest(MonthRequest):
    message: ClassVar[str] = "CreateCompanyFinanceRealizationPostingReportRequest"


class Header(Answer, frozen=True):
    contract_date: str
    contract_number: str
    currency_sys_name: str
    doc_date: str
    number: str
    payer_inn: str
    payer_kpp: str
    payer_name: str
    receiver_inn: str
    receiver_kpp: str
    receiver_name: str
    start_date: str
    stop_date: str


class Commission(Answer, frozen=True):
    amount: float
    price_per_instance: float
    quantity: int
    standard_fee: float
    commission: float
    total: float
    bonus: float = 0
    compensation: float = 0
    bank_coinvestment: float = 0
    stars: float = 0
    pick_up_point_coinvestment: float = 0


class Item(Answer, frozen=True):
    barcode: str
    name: str
    offer_id: str
    sku: int


class Row(Answer, frozen=True):
    rowNumber: int
    item: Item
    seller_price_per_instance: float
    commission_ratio: float
    delivery_commission: Commission | None
    return_commission: Commission | None


class Order(Answer, frozen=True):
    posting_number: str
    created_date: str


class LegalEntityDocument(Answer, frozen=True):
    number: str = ""
    sale_date: str = ""


class PostingRow(Answer, frozen=True):
    row_number: int
    item: Item
    seller_price_per_instance: float
    commission_ratio: float
    delivery_commission: Commission | None
    return_commission: Commission | None
    order: Order
    legal_entity_document: LegalEntityDocument


class Result(Answer, frozen=True):
    header: Header
    rows: Sequence[Row]


class GetRealizationReportResponseV2(Answer, frozen=True):
    result: Result


class GetRealizationReportByDayResponse(Answer, frozen=True):
    rows: Sequence[Row]


class GetRealizationReportPostingResponse(Answer, frozen=True):
    header: Header
    rows: Sequence[PostingRow]


class CreateReportRequest(Request):
    message: ClassVar[str] = "CreateMutualSettlementReportRequest"

    date: MonthText
    language: Language = "DEFAULT"


class ReportCode(Answer, frozen=True):
    code: str


class CreateReportResponse(Answer, frozen=True):
    result: ReportCode


class ReportInfoRequest(Request):
    code: Annotated[str, Meta(min_length=1)]


class ReportListRequest(Request):
    page: Annotated[int, Meta(ge=1, le=100_000)]
    page_size: Annotated[int, Meta(ge=1, le=1000)]
    report_type: str = "ALL"


class AdditionalData(Answer, frozen=True):
    key: str
    value: str


class Report(Answer, frozen=True):
    code: str
    status: str
    error: str
    file: str
    report_type: str
    params: Mapping[str, str]
    created_at: Time
    expires_at: Time
    additional_data: Sequence[AdditionalData] = ()


class ReportInfoResponse(Answer, frozen=True):
    result: Report


class Reports(Answer, frozen=True):
    reports: Sequence[Report]
    total: int


class ReportListResponse(Answer, frozen=True):
    result: Reports
