"""Realisation reports: goods sold and returned in a month or a day, and by posting."""

from __future__ import annotations

from datetime import date, timedelta

from sellerdesk.finance import queries as finance
from sellerdesk.finance.queries import figures
from sellerdesk.finance.types.documents import Goods
from sellerdesk.seller_api import parsing, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.errors import ApiError, Code
from sellerdesk.seller_api.schemas import realization as models
from sellerdesk.sellers import queries as sellers

#: By day the contract knows the last 32 days.
_DAYS = 32
#: More bookings than this are a report, not an answer.
_MOST = 50_000


def _month(call: Call, request: models.MonthRequest) -> tuple[date, date]:
    """First and last day of a month that has ended where the shop is."""
    start = date(request.year, request.month, 1)
    end = (start + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    if finance.local_day(call.seller, call.now) <= end:
        raise parsing.refuse(type(request), "month", "value must be a month that has ended")
    if figures.booked(call.seller, start, end) > _MOST:
        raise ApiError(Code.FAILED_PRECONDITION, "report is too large, use /v1/report/realization/posting/create")
    return start, end


def _header(call: Call, start: date, end: date) -> models.Header:
    company = sellers.profile(call.seller)
    return models.Header(
        contract_date="",
        contract_number=str(call.seller.id), currency_sys_name=call.seller.currency,
        doc_date=(end + timedelta(days=1)).isoformat(), number=f"R-{call.seller.id}-{start:%Y%m}", payer_inn="",
        payer_kpp="", payer_name="", receiver_inn=company.registration_number, receiver_kpp="",
        receiver_name=company.legal_name, start_date=start.isoformat(), stop_date=end.isoformat())


def _ratio(one: Goods) -> float:
    """The commission's share of the price, as the amounts have it."""
    sale, taken = ((one.sold_minor, one.commission_minor) if one.sold
                   else (one.returned_minor, one.commission_back_minor))
    return wire.percent_of(abs(taken), abs(sale)) / 100


def _commission(call: Call, one: Goods, *, back: bool) -> models.Commission | None:
    """Amounts above zero, as the report has them on both sides."""
    quantity, amount, taken = ((one.returned, -one.returned_minor, one.commission_back_minor) if back
                               else (one.sold, one.sold_minor, -one.commission_minor))
    if not quantity:
        return None

    def number(amount_minor: int) -> float:
        return wire.money_number(amount_minor, call.seller.currency)

    return models.Commission(
        amount=number(amount), price_per_instance=number(abs(one.price_minor)), quantity=quantity,
        standard_fee=number(taken), commission=number(taken), total=number(amount - taken))


def _item(one: Goods) -> models.Item:
    return models.Item(barcode="", name=one.name, offer_id=one.offer_id, sku=one.sku)


def _rows(call: Call, found: list[Goods]) -> list[models.Row]:
    return [models.Row(
        rowNumber=number, item=_item(one), commission_ratio=_ratio(one),
        seller_price_per_instance=wire.money_number(abs(one.price_minor), call.seller.currency),
        delivery_commission=_commission(call, one, back=False), return_commission=_commission(call, one, back=True))
        for number, one in enumerate(found, start=1)]


@endpoint("/v2/finance/realization", request=models.MonthRequest, answer=models.GetRealizationReportResponseV2,
          right="finance:read")
def month(call: Call, request: models.MonthRequest) -> models.GetRealizationReportResponseV2:
    """Tells what was sold and returned in a month that has ended, by product and price."""
    start, end = _month(call, request)
    return models.GetRealizationReportResponseV2(result=models.Result(
        header=_header(call, start, end), rows=_rows(call, figures.goods(call.seller, start, end))))


@endpoint("/v1/finance/realization/by-day", request=models.DayRequest,
          answer=models.GetRealizationReportByDayResponse, right="finance:read")
def day(call: Call, request: models.DayRequest) -> models.GetRealizationReportByDayResponse:
    """Tells the same for one of the last 32 days."""
    try:
        asked = date(request.year, request.month, request.day)
    except ValueError:
        raise parsing.refuse(models.DayRequest, "day", "value must be a day of the month") from None
    today = finance.local_day(call.seller, call.now)
    if not today - timedelta(days=_DAYS) <= asked <= today:
        raise parsing.refuse(models.DayRequest, "day", f"value must be one of the last {_DAYS} days")
    return models.GetRealizationReportByDayResponse(rows=_rows(call, figures.goods(call.seller, asked, asked)))


@endpoint("/v1/finance/realization/posting", request=models.PostingMonthRequest,
          answer=models.GetRealizationReportPostingResponse, right="finance:read")
def posting(call: Call, request: models.PostingMonthRequest) -> models.GetRealizationReportPostingResponse:
    """Tells it for a month posting by posting."""
    start, end = _month(call, request)
    found = figures.goods(call.seller, start, end, by_posting=True)
    return models.GetRealizationReportPostingResponse(
        header=_header(call, start, end), rows=[models.PostingRow(
            row_number=number, item=_item(one), commission_ratio=_ratio(one),
            seller_price_per_instance=wire.money_number(abs(one.price_minor), call.seller.currency),
            delivery_commission=_commission(call, one, back=False),
            return_commission=_commission(call, one, back=True),
            order=models.Order(posting_number=one.posting_number,
                               created_date=finance.local_day(call.seller, one.at).isoformat() if one.at else ""),
            legal_entity_document=models.LegalEntityDocument()) for number, one in enumerate(found, start=1)])
