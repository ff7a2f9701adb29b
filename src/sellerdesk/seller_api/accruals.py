"""Accruals by day and by posting, with the dictionary of their types."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sellerdesk.core.money import allocate
from sellerdesk.finance import queries as finance
from sellerdesk.finance.queries import operations as ledger
from sellerdesk.finance.types import Operation, OperationLine
from sellerdesk.orders import queries as orders
from sellerdesk.seller_api import parsing, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import finance as models
from sellerdesk.seller_api.schemas.base import Empty

_A_PAGE = 1000
#: Numbers of types, for ever: programs keep them. New kinds go to the end.
TYPES = ("sale", "commission", "logistics", "acquiring", "return_sale", "return_commission", "return_logistics",
         "penalty", "penalty_back", "partial_refund", "storage", "disposal", "compensation", "compensation_back",
         "repayment", "placement", "instalment")
_TYPE_OF = {kind: number for number, kind in enumerate(TYPES, start=1)}
_GOODS = {"sale", "commission", "return_sale", "return_commission"}
_SCHEMES = {"fbs": "FBS", "rfbs": "RFBS", "fbo": "FBO"}


@endpoint("/v1/finance/accrual/types", request=Empty, answer=models.GetFinanceAccrualTypesResponse,
          right="finance:read")
def types(call: Call, request: Empty) -> models.GetFinanceAccrualTypesResponse:
    """Lists what accruals can be for."""
    return models.GetFinanceAccrualTypesResponse(accrual_types=[
        models.AccrualType(id=number, name=kind, description=str(finance.kind_text(kind)))
        for kind, number in _TYPE_OF.items()])


@endpoint("/v1/finance/accrual/postings", request=models.GetFinanceAccrualPostingsRequest,
          answer=models.GetFinanceAccrualPostingsResponse, right="finance:read")
def of_postings(call: Call, request: models.GetFinanceAccrualPostingsRequest
                ) -> models.GetFinanceAccrualPostingsResponse:
    """Lists every accrual of up to 200 postings."""
    by_number: dict[str, list[models.PostingAccrual]] = defaultdict(list)
    for one in ledger.operations(call.seller, posting_numbers=tuple(request.posting_numbers), limit=100_000):
        for line in one.lines:
            price = abs(line.amount_minor) // line.quantity if line.quantity and line.kind in (
                "sale", "return_sale") else 0
            by_number[one.posting_number].append(models.PostingAccrual(
                accrual_date=finance.local_day(call.seller, one.at).isoformat(),
                accrued=wire.money(line.amount_minor, one.currency), quantity=line.quantity,
                seller_price=wire.money(price, one.currency), sku=line.sku or 0, type_id=_TYPE_OF[line.kind]))
    return models.GetFinanceAccrualPostingsResponse(posting_accruals=[
        models.PostingAccruals(posting_number=number, accruals=by_number[number])
        for number in dict.fromkeys(request.posting_numbers) if number in by_number])


@endpoint("/v1/finance/accrual/by-day", request=models.GetFinanceAccrualByDayRequest,
          answer=models.GetFinanceAccrualByDayResponse, right="finance:read")
def by_day(call: Call, request: models.GetFinanceAccrualByDayRequest) -> models.GetFinanceAccrualByDayResponse:
    """Lists the accruals of one day of the shop; `last_id` leads on until it is empty."""
    try:
        day = date.fromisoformat(request.date)
    except ValueError:
        raise parsing.refuse(models.GetFinanceAccrualByDayRequest, "date", "value must be a date") from None
    if request.last_id and not request.last_id.isdecimal():
        raise parsing.refuse(models.GetFinanceAccrualByDayRequest, "last_id", "value must come from an answer")
    since, until = finance.day_bounds(call.seller, day, day)
    found = ledger.operations(call.seller, since=since, until=until, after=int(request.last_id or 0),
                              limit=_A_PAGE + 1)
    shown = found[:_A_PAGE]
    schemes = {number: origin.scheme for number, origin in orders.origins(
        call.seller, (one.posting_number for one in shown)).items()} if shown else {}
    return models.GetFinanceAccrualByDayResponse(
        accruals=[_accrual(one, day, schemes.get(one.posting_number, "")) for one in shown],
        last_id=str(shown[-1].id) if len(found) > _A_PAGE else "")


def _accrual(one: Operation, day: date, scheme: str) -> models.Accrual:
    goods = [line for line in one.lines if line.kind in _GOODS and line.sku]
    if goods:
        return models.Accrual(
            accrual_id=one.id, accrued_category="POSTING", date=day.isoformat(), unit_number=one.posting_number,
            total_amount=wire.money(one.amount_minor, one.currency), posting=models.AccrualPosting(
                delivery_schema=_SCHEMES.get(scheme, ""), products=_products(one, goods)))
    line = one.lines[0]
    return models.Accrual(
        accrual_id=one.id, accrued_category="NON_ITEM", date=day.isoformat(), unit_number=one.posting_number,
        total_amount=wire.money(one.amount_minor, one.currency), non_item_fee=models.Fee(
            accrued=wire.money(one.amount_minor, one.currency), type_id=_TYPE_OF[line.kind]))


def _products(one: Operation, goods: list[OperationLine]) -> list[models.AccrualProduct]:
    """Fees of the whole parcel are shared out by what was paid, so that nothing is lost between products."""
    skus = list(dict.fromkeys(line.sku for line in goods if line.sku))
    sums = {sku: [0, 0, 0] for sku in skus}
    for line in goods:
        if line.sku:
            at = 0 if line.kind in ("sale", "return_sale") else 1
            sums[line.sku][at] += line.amount_minor
            sums[line.sku][2] = max(sums[line.sku][2], line.quantity)
    weights = [abs(sums[sku][0]) for sku in skus]
    weights = weights if any(weights) else [1] * len(skus)
    fees: dict[int, list[models.Fee]] = {sku: [] for sku in skus}
    totals = dict.fromkeys(skus, 0)
    for line in one.lines:
        if line.kind in _GOODS:
            continue
        sign = -1 if line.amount_minor < 0 else 1
        for sku, part in zip(skus, allocate(abs(line.amount_minor), weights), strict=True):
            totals[sku] += sign * part
            fees[sku].append(models.Fee(accrued=wire.money(sign * part, one.currency), type_id=_TYPE_OF[line.kind]))

    def money(amount_minor: int) -> models.MoneyText:
        return wire.money(amount_minor, one.currency)

    products = []
    for sku in skus:
        sale, commission, quantity = sums[sku]
        price = abs(sale) // quantity if quantity else 0
        ratio = f"{wire.percent_of(abs(commission), abs(sale)) / 100:.4f}" if sale else "0"
        products.append(models.AccrualProduct(
            sku=sku, delivery=models.AccrualDelivery(services=fees[sku], total_accrued=money(totals[sku])),
            commission=models.AccrualCommission(
                bonus=money(0), coinvestment=money(0), commission=money(commission), commission_ratio=ratio,
                sale_amount=money(sale), sale_commission=money(commission), sale_price=money(price),
                seller_price=money(price))))
    return products
