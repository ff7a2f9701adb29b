"""Operations of the ledger, their totals, balance and cash flow."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellerdesk.catalog import queries as catalog
from sellerdesk.finance import queries as finance
from sellerdesk.finance.queries import operations as ledger
from sellerdesk.finance.queries import settling
from sellerdesk.finance.types import Operation, Statement
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import Origin
from sellerdesk.seller_api import parsing, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import finance as models

_LONGEST, _LONGEST_BALANCE = timedelta(days=31), timedelta(days=31)
#: kind of a booking -> (operation of the contract, its group)
_TYPES = {
    "delivery": ("OperationAgentDeliveredToCustomer", "orders"), "return": ("ClientReturnAgentOperation", "returns"),
    "penalty": ("OperationMarketplaceWithHoldingForUndeliverableGoods", "other"),
    "penalty_back": ("OperationCorrectionSeller", "other"),
    "partial_refund": ("OperationClaim", "returns"),
    "storage": ("MarketplaceReturnStorageServiceAtThePickupPointFbsItem", "services"),
    "disposal": ("OperationDefectiveWriteOff", "services"),
    "placement": ("OperationMarketplaceServiceStorage", "services"),
    "compensation": ("MarketplaceSellerCompensationOperation", "compensation"),
    "compensation_back": ("OperationSetOff", "compensation"), "repayment": ("OperationCorrectionSeller", "other"),
}
_OTHER = ("OperationCorrectionSeller", "other")
_SERVICES = {"logistics": "MarketplaceServiceItemDirectFlowLogistic",
             "return_logistics": "MarketplaceServiceItemReturnFlowLogistic",
             "acquiring": "MarketplaceRedistributionOfAcquiringOperation",
             "instalment": "MarketplaceServiceItemInstallment"}
_SCHEMES = {"fbs": "FBS", "rfbs": "RFBS", "fbo": "FBO"}


def _kinds(transaction_type: str, operation_types: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Kinds of bookings that are asked for; empty for all, one that no booking has for none."""
    if transaction_type in ("", "all") and not operation_types:
        return ()
    found = tuple(kind for kind, (operation, group) in _TYPES.items()
                  if transaction_type in ("", "all", group) and (not operation_types or operation in operation_types))
    return found or ("-",)


def _window(request: type[models.Dates], dates: models.Dates, posting_number: str
            ) -> tuple[datetime | None, datetime | None]:
    """A month at most, unless a posting is named."""
    since, until = wire.utc(dates.from_), wire.utc(dates.to)
    if posting_number:
        return since, until
    if since is None or until is None:
        raise parsing.refuse(request, "from" if since is None else "to", "value is required")
    if until < since or until - since > _LONGEST:
        raise parsing.refuse(request, "to", "period must not be longer than one month")
    return since, until


@endpoint("/v3/finance/transaction/list", request=models.FinanceTransactionListV3Request,
          answer=models.FinanceTransactionListV3Response, right="finance:read", deprecated=True)
def transaction_list(call: Call, request: models.FinanceTransactionListV3Request
                     ) -> models.FinanceTransactionListV3Response:
    """Lists bookings of at most a month, or of a posting, with what each is made of."""
    asked = request.filter
    since, until = _window(models.Dates, asked.date, asked.posting_number)
    kinds = _kinds(asked.transaction_type, tuple(asked.operation_type))
    numbers = (asked.posting_number,) if asked.posting_number else ()
    total = ledger.operations_total(call.seller, since=since, until=until, kinds=kinds, posting_numbers=numbers)
    found = ledger.operations(call.seller, since=since, until=until, kinds=kinds, posting_numbers=numbers,
                              skip=(request.page - 1) * request.page_size, limit=request.page_size
                              ) if (request.page - 1) * request.page_size < total else []
    names = {ref.sku: ref.name for ref in catalog.refs(call.seller, skus=sorted(
        {line.sku for one in found for line in one.lines if line.sku}))} if found else {}
    origins = orders.origins(call.seller, (one.posting_number for one in found)) if found else {}
    return models.FinanceTransactionListV3Response(result=models.TransactionListResult(
        operations=[_operation(one, names, origins.get(one.posting_number)) for one in found],
        page_count=-(-total // request.page_size), row_count=total))


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")


def _operation(one: Operation, names: dict[int, str], origin: Origin | None) -> models.Operation:
    operation, group = _TYPES.get(one.kind, _OTHER)

    def number(amount_minor: int) -> float:
        return wire.money_number(amount_minor, one.currency)

    skus = dict.fromkeys(line.sku for line in one.lines if line.sku)
    return models.Operation(
        operation_id=one.id, operation_type=operation, operation_date=_stamp(one.at),
        operation_type_name=str(ledger.booking_text(one.kind)), accruals_for_sale=number(one.of("sale", "return_sale")),
        sale_commission=number(one.of("commission", "return_commission")), amount=number(one.amount_minor), type=group,
        posting=models.OperationPosting(
            delivery_schema=_SCHEMES.get(origin.scheme, "") if origin else "",
            order_date=_stamp(origin.ordered_at) if origin else "", posting_number=one.posting_number,
            warehouse_id=origin.warehouse_id if origin else 0),
        items=[models.OperationItem(name=names.get(sku, ""), sku=sku) for sku in skus if sku],
        services=[models.OperationService(name=_SERVICES[line.kind], price=number(line.amount_minor))
                  for line in one.lines if line.kind in _SERVICES])


@endpoint("/v3/finance/transaction/totals", request=models.FinanceTransactionTotalsV3Request,
          answer=models.FinanceTransactionTotalsV3Response, right="finance:read", deprecated=True)
def transaction_totals(call: Call, request: models.FinanceTransactionTotalsV3Request
                       ) -> models.FinanceTransactionTotalsV3Response:
    """Sums the same bookings by what they are for; together they are what was accrued."""
    since, until = _window(models.Dates, request.date, request.posting_number)
    found = ledger.sums(call.seller, since=since, until=until, kinds=_kinds(request.transaction_type),
                        posting_numbers=(request.posting_number,) if request.posting_number else ())

    def of(*kinds: str) -> float:
        return wire.money_number(sum(found.get(kind, 0) for kind in kinds), call.seller.currency)

    return models.FinanceTransactionTotalsV3Response(result=models.TransactionTotals(
        accruals_for_sale=of("sale"), sale_commission=of("commission", "return_commission"),
        processing_and_delivery=of("logistics", "return_logistics"),
        refunds_and_cancellations=of("return_sale", "partial_refund"),
        services_amount=of("acquiring", "instalment", "storage", "disposal", "placement"),
        compensation_amount=of("compensation", "compensation_back"),
        others_amount=of("penalty", "penalty_back", "repayment")))


@endpoint("/v1/finance/balance", request=models.GetFinanceBalanceV1Request,
          answer=models.GetFinanceBalanceV1Response, right="finance:read")
def balance(call: Call, request: models.GetFinanceBalanceV1Request) -> models.GetFinanceBalanceV1Response:
    """Tells the balance at the beginning and the end of at most 31 days, and what moved it."""
    since, until = wire.moment(request.date_from), wire.moment(request.date_to)
    if until < since or until - since > _LONGEST_BALANCE:
        raise parsing.refuse(models.GetFinanceBalanceV1Request, "date_to", "period must not be longer than 31 days")
    found = settling.statement(call.seller, since, until)
    moved = found.moved

    def of(amount_minor: int) -> models.Amount:
        return models.Amount(currency_code=found.currency,
                             value=wire.money_number(amount_minor, found.currency))

    def flow(amount_minor: int, fee_minor: int) -> models.Flow:
        return models.Flow(amount=of(amount_minor), fee=of(fee_minor), amount_details=models.AmountDetails(
            partner_programs=of(0), revenue=of(amount_minor)))

    flows = ("sale", "commission", "return_sale", "return_commission")
    return models.GetFinanceBalanceV1Response(
        cashflows=models.Cashflows(
            sales=flow(moved.kind("sale"), moved.kind("commission")),
            returns=flow(moved.kind("return_sale"), moved.kind("return_commission")),
            services=[models.FlowService(amount=of(amount), name=str(finance.kind_text(kind)))
                      for kind, amount in moved.by_kind.items() if kind not in flows]),
        total=models.BalanceTotal(
            opening_balance=of(found.opening_minor), accrued=of(moved.accrued_minor),
            payments=[of(-amount) for amount in found.payments], closing_balance=of(found.closing_minor)))


@endpoint("/v1/finance/cash-flow-statement/list", request=models.FinanceCashFlowStatementListRequest,
          answer=models.FinanceCashFlowStatementListResponse, right="finance:read")
def cash_flow(call: Call, request: models.FinanceCashFlowStatementListRequest
              ) -> models.FinanceCashFlowStatementListResponse:
    """Tells half-months, the 1st to the 15th and the 16th to the end, that begin between two moments."""
    since, until = wire.utc(request.date.from_), wire.utc(request.date.to)
    if since is None or until is None or until < since or until - since > timedelta(days=366):
        raise parsing.refuse(models.FinanceCashFlowStatementListRequest, "date",
                             "value must be a period of at most one year")
    periods = settling.half_months(call.seller, since, until, call.now)
    shown = periods[(request.page - 1) * request.page_size:request.page * request.page_size]
    found = [settling.statement(call.seller, begin, end) for begin, end in shown]
    return models.FinanceCashFlowStatementListResponse(result=models.CashFlowResult(
        cash_flows=[_cash_flow(one) for one in found],
        details=[_details(one) for one in found] if request.with_details else (),
        page_count=-(-len(periods) // request.page_size)))


def _number(one: Statement, *kinds: str) -> float:
    return wire.money_number(one.moved.kind(*kinds), one.currency)


def _period(one: Statement) -> models.Period:
    return models.Period(begin=one.since, end=one.until - timedelta(seconds=1), id=int(f"{one.since:%Y%m%d}"))


def _cash_flow(one: Statement) -> models.CashFlow:
    return models.CashFlow(
        period=_period(one), orders_amount=_number(one, "sale"),
        returns_amount=_number(one, "return_sale", "partial_refund"),
        commission_amount=_number(one, "commission", "return_commission"),
        services_amount=_number(one, "acquiring", "instalment", "storage", "disposal", "placement", "penalty",
                                "penalty_back", "compensation", "compensation_back", "repayment"),
        item_delivery_and_return_amount=_number(one, "logistics", "return_logistics"), currency_code=one.currency)


def _sums(one: Statement, names: dict[str, str]) -> models.ServiceSum:
    items = [models.NamedPrice(name=name, price=_number(one, kind)) for kind, name in names.items()
             if one.moved.kind(kind)]
    return models.ServiceSum(total=_number(one, *names), items=items)


def _details(one: Statement) -> models.Details:
    return models.Details(
        period=_period(one), begin_balance_amount=wire.money_number(one.opening_minor, one.currency),
        delivery=models.Delivery(
            total=_number(one, "sale", "commission", "logistics"), amount=_number(one, "sale", "commission"),
            delivery_services=_sums(one, {"logistics": "MarketplaceServiceItemDirectFlowLogisticSum"})),
        return_=models.Return(
            total=_number(one, "return_sale", "return_commission", "return_logistics"),
            amount=_number(one, "return_sale", "return_commission"),
            return_services=_sums(one, {"return_logistics": "MarketplaceServiceItemReturnFlowLogistic"})),
        services=_sums(one, {"storage": "MarketplaceReturnStorageServiceAtThePickupPointFbsItem",
                             "disposal": "OperationDefectiveWriteOff",
                             "placement": "OperationMarketplaceServiceStorage"}),
        others=_sums(one, {
            "acquiring": "MarketplaceRedistributionOfAcquiringOperation",
            "instalment": "MarketplaceServiceItemInstallment",
            "penalty": "OperationMarketplaceWithHoldingForUndeliverableGoods",
            "penalty_back": "OperationCorrectionSeller", "partial_refund": "OperationClaim",
            "compensation": "MarketplaceSellerCompensationLossOfGoodsOperation",
            "compensation_back": "MarketplaceSellerCorrectionOperation",
            "repayment": "OperationCorrectionSeller"}),
        payments=[models.Payment(currency_code=one.currency, payment=wire.money_number(-amount, one.currency))
                  for amount in one.payments],
        end_balance_amount=wire.money_number(one.closing_minor, one.currency))
