"""Money: operations, totals, accruals, balance and cash flow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from sellerdesk.seller_api.schemas.base import INT64_MAX, Answer, Request, Time
from sellerdesk.seller_api.schemas.base import Money as MoneyText

PageNumber = Annotated[int, Meta(ge=1, le=INT64_MAX)]
PageSize = Annotated[int, Meta(ge=1, le=1000)]


class Dates(Request):
    message: ClassVar[str] = "Filter_Period"

    from_: Time | None = msgspec.field(default=None, name="from")
    to: Time | None = None


class TransactionFilter(Request):
    message: ClassVar[str] = "FinanceTransactionListV3Request_Filter"

    date: Dates = msgspec.field(default_factory=Dates)
    operation_type: Annotated[Sequence[str], Meta(max_length=100)] = ()
    posting_number: str = ""
    transaction_type: str = "all"


class FinanceTransactionListV3Request(Request):
    page: PageNumber
    page_size: PageSize
    filter: TransactionFilter = msgspec.field(default_factory=TransactionFilter)


class OperationItem(Answer, frozen=True):
    name: str
    sku: int


class OperationPosting(Answer, frozen=True):
    delivery_schema: str
    order_date: str
    posting_number: str
    warehouse_id: int


class OperationService(Answer, frozen=True):
    name: str
    price: float


class Operation(Answer, frozen=True):
    operation_id: int
    operation_type: str
    operation_date: str
    operation_type_name: str
    accruals_for_sale: float
    sale_commission: float
    amount: float
    type: str
    posting: OperationPosting
    items: Sequence[OperationItem]
    services: Sequence[OperationService]
    delivery_charge: float = 0
    return_delivery_charge: float = 0


class TransactionListResult(Answer, frozen=True):
    operations: Sequence[Operation]
    page_count: int
    row_count: int


class FinanceTransactionListV3Response(Answer, frozen=True):
    result: TransactionListResult


class FinanceTransactionTotalsV3Request(Request):
    date: Dates = msgspec.field(default_factory=Dates)
    posting_number: str = ""
    transaction_type: str = "all"


class TransactionTotals(Answer, frozen=True):
    accruals_for_sale: float
    sale_commission: float
    processing_and_delivery: float
    refunds_and_cancellations: float
    services_amount: float
    compensation_amount: float
    others_amount: float
    money_transfer: float = 0


class FinanceTransactionTotalsV3Response(Answer, frozen=True):
    result: TransactionTotals


class GetFinanceBalanceV1Request(Request):
    date_from: Time
    date_to: Time


class Amount(Answer, frozen=True):
    currency_code: str
    value: float


class AmountDetails(Answer, frozen=True):
    partner_programs: Amount
    revenue: Amount
    points_for_discounts: str = ""


class Flow(Answer, frozen=True):
    amount: Amount
    amount_details: AmountDetails
    fee: Amount


class FlowService(Answer, frozen=True):
    amount: Amount
    name: str


class Cashflows(Answer, frozen=True):
    sales: Flow
    returns: Flow
    services: Sequence[FlowService]


class BalanceTotal(Answer, frozen=True):
    opening_balance: Amount
    accrued: Amount
    payments: Sequence[Amount]
    closing_balance: Amount


class GetFinanceBalanceV1Response(Answer, frozen=True):
    cashflows: Cashflows
    total: BalanceTotal


class FinanceCashFlowStatementListRequest(Request):
    date: Dates
    page: PageNumber
    page_size: PageSize
    with_details: bool = False


class Period(Answer, frozen=True):
    begin: Time
    end: Time
    id: int


class CashFlow(Answer, frozen=True):
    period: Period
    orders_amount: float
    returns_amount: float
    commission_amount: float
    services_amount: float
    item_delivery_and_return_amount: float
    currency_code: str


class NamedPrice(Answer, frozen=True):
    name: str
    price: float


class ServiceSum(Answer, frozen=True):
    total: float
    items: Sequence[NamedPrice]


class Delivery(Answer, frozen=True):
    total: float
    amount: float
    delivery_services: ServiceSum


class Return(Answer, frozen=True):
    total: float
    amount: float
    return_services: ServiceSum


class Payment(Answer, frozen=True):
    currency_code: str
    payment: float


class Rfbs(Answer, frozen=True):
    total: float = 0
    transfer_delivery: float = 0
    transfer_delivery_return: float = 0
    compensation_delivery_return: float = 0
    partial_compensation: float = 0
    partial_compensation_return: float = 0


class Details(Answer, frozen=True):
    period: Period
    begin_balance_amount: float
    delivery: Delivery
    return_: Return = msgspec.field(name="return")
    services: ServiceSum
    others: ServiceSum
    payments: Sequence[Payment]
    end_balance_amount: float
    rfbs: Rfbs = msgspec.field(default_factory=Rfbs)
    invoice_transfer: float = 0
    loan: float = 0


class CashFlowResult(Answer, frozen=True):
    cash_flows: Sequence[CashFlow]
    details: Sequence[Details]
    page_count: int


class FinanceCashFlowStatementListResponse(Answer, frozen=True):
    result: CashFlowResult


class AccrualType(Answer, frozen=True):
    id: int
    name: str
    description: str


class GetFinanceAccrualTypesResponse(Answer, frozen=True):
    accrual_types: Sequence[AccrualType]


class GetFinanceAccrualPostingsRequest(Request):
    posting_numbers: Annotated[Sequence[str], Meta(min_length=1, max_length=200)]


class PostingAccrual(Answer, frozen=True):
    accrual_date: str
    accrued: MoneyText
    quantity: int
    seller_price: MoneyText
    sku: int
    type_id: int


class PostingAccruals(Answer, frozen=True):
    posting_number: str
    accruals: Sequence[PostingAccrual]


class GetFinanceAccrualPostingsResponse(Answer, frozen=True):
    posting_accruals: Sequence[PostingAccruals]


class GetFinanceAccrualByDayRequest(Request):
    date: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    last_id: str = ""


class Fee(Answer, frozen=True):
    accrued: MoneyText
    type_id: int


class ItemFee(Answer, frozen=True):
    fees: Sequence[Fee]
    sku: int


class ItemFees(Answer, frozen=True):
    fees: Sequence[ItemFee] = ()


class ContainerFees(Answer, frozen=True):
    fees: Sequence[Fee] = ()


class AccrualCommission(Answer, frozen=True):
    bonus: MoneyText
    coinvestment: MoneyText
    commission: MoneyText
    commission_ratio: str
    sale_amount: MoneyText
    sale_commission: MoneyText
    sale_price: MoneyText
    seller_price: MoneyText


class AccrualDelivery(Answer, frozen=True):
    services: Sequence[Fee]
    total_accrued: MoneyText


class AccrualProduct(Answer, frozen=True):
    commission: AccrualCommission
    delivery: AccrualDelivery
    sku: int


class AccrualPosting(Answer, frozen=True):
    delivery_schema: str
    products: Sequence[AccrualProduct]
    delivery_speed: int = 0


class Accrual(Answer, frozen=True):
    accrual_id: int
    accrued_category: str
    date: str
    unit_number: str
    total_amount: MoneyText
    posting: AccrualPosting | None = None
    non_item_fee: Fee | None = None
    item_fees: ItemFees | None = None
    container_fees: ContainerFees | None = None


class GetFinanceAccrualByDayResponse(Answer, frozen=True):
    accruals: Sequence[Accrual]
    last_id: str
