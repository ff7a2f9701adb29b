"""Sales to companies: the register as data, and goods that the marketplace bought out."""

from __future__ import annotations

from datetime import date, timedelta

from sellerdesk.catalog import queries as catalog
from sellerdesk.finance import queries as finance
from sellerdesk.finance.errors import PeriodOpen
from sellerdesk.finance.queries import companies
from sellerdesk.finance.services import documents
from sellerdesk.finance.types.companies import CompanyLine
from sellerdesk.orders.queries.unpaid import unpaid_by_companies
from sellerdesk.seller_api import parsing, products, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import company_sales as models
from sellerdesk.sellers import queries as sellers

#: Days of the contract that a list of bought goods may cover.
_DAYS = 31
#: Pieces, in the classifier of units of measure.
_PIECES, _PIECE_NAME = 796, "шт"


@endpoint("/v1/posting/unpaid-legal/product/list", request=models.UnpaidProductsRequest,
          answer=models.UnpaidProductsResponse, right="postings:read")
def unpaid(call: Call, request: models.UnpaidProductsRequest) -> models.UnpaidProductsResponse:
    """Lists goods that are kept for companies which have not paid yet."""
    page = unpaid_by_companies(
        call.seller, warehouse_ids=call.caller.warehouse_ids, cursor=request.cursor or None, limit=request.limit)
    cards = {card.id: card for card in catalog.cards(call.seller, [row[0] for row in page.rows], call.language)}
    return models.UnpaidProductsResponse(cursor=page.next_cursor, products=[
        models.UnpaidProduct(
            product_id=product_id, offer_id=cards[product_id].offer_id, name=cards[product_id].name, quantity=units,
            image_url=next((products.image_address(call, image) for image in cards[product_id].images), ""))
        for product_id, units in page.rows])


@endpoint("/v1/finance/document-b2b-sales/json", request=models.B2bSalesJsonRequest,
          answer=models.B2bSalesJsonResponse, right="finance:read")
def register(call: Call, request: models.B2bSalesJsonRequest) -> models.B2bSalesJsonResponse:
    """Tells what was sold to companies in a month that has ended, and what they gave back, goods by goods."""
    start, end = documents.days_of("b2b_sales", parsing.month(models.B2bSalesJsonRequest, "date", request.date))
    if finance.local_day(call.seller, call.now) <= end:
        raise PeriodOpen(data={"day": (end + timedelta(days=1)).isoformat()})
    company = sellers.profile(call.seller)
    found = companies.lines(call.seller, "invoice", *finance.day_bounds(call.seller, start, end))
    return models.B2bSalesJsonResponse(
        date_from=start.isoformat(), date_to=end.isoformat(), invoices=[_invoice(call, one) for one in found],
        seller_info=models.B2bSeller(company_name=company.legal_name, inn=company.registration_number, kpp=""))


def _invoice(call: Call, one: CompanyLine) -> models.B2bInvoice:
    currency = call.seller.currency
    day = finance.local_day(call.seller, one.at).isoformat()

    def number(amount_minor: int) -> float:
        return wire.money_number(amount_minor, currency)

    return models.B2bInvoice(
        buyer_info=models.B2bBuyer(name=one.company_name, address=one.address, inn=one.tax_number, kpp=one.tax_reason),
        currency=currency, currency_code=wire.CURRENCY_NUMBERS.get(currency, 0), offer_id=one.offer_id,
        product_name=one.name, sku=one.sku, unit_code=_PIECES, unit_name=_PIECE_NAME,
        info=models.B2bInvoiceInfo(date=day, number=str(one.number), status="ISSUED",
                                   type="UKD" if one.corrects else "UPD"),
        operations=[models.B2bOperation(
            amount=number(abs(one.amount_minor)), cost_without_vat=number(abs(one.amount_minor - one.vat_minor)),
            date=day, gtd_number=one.gtd, origin_country=one.country, posting_number=one.posting_number,
            price=number(one.price_minor), quantity=abs(one.quantity), rnpt_number=one.rnpt,
            type="RETURN" if one.corrects else "DELIVERY", vat_amount=number(abs(one.vat_minor)),
            vat_rate=wire.percent(one.vat_bp))])


@endpoint("/v1/finance/products/buyout", request=models.BuyoutRequest, answer=models.BuyoutResponse,
          right="finance:read")
def bought_out(call: Call, request: models.BuyoutRequest) -> models.BuyoutResponse:
    """Lists goods that the marketplace bought from the shop for companies, on at most 31 days; what came back is below
    zero."""
    start = _day(request.date_from, "date_from")
    end = _day(request.date_to, "date_to")
    if not start <= end <= start + timedelta(days=_DAYS):
        raise parsing.refuse(models.BuyoutRequest, "date_to",
                             f"value must be within {_DAYS} days after date_from")
    found = companies.lines(call.seller, "buyout", *finance.day_bounds(call.seller, start, end))
    currency = call.seller.currency
    return models.BuyoutResponse(products=[models.BuyoutProduct(
        amount=wire.money_number(one.bought_minor, currency),
        buyout_price=wire.money_number(one.bought_price_minor, currency),
        deduction_by_category_percent=wire.percent(one.deduction_bp), name=one.name, offer_id=one.offer_id,
        posting_number=one.posting_number, quantity=one.quantity,
        seller_price_per_instance=wire.money_number(one.price_minor, currency), sku=one.sku,
        vat_percent=one.vat_bp // 100) for one in found])


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise parsing.refuse(models.BuyoutRequest, field, "value must be a day") from None
