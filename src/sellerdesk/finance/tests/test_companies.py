from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from sellerdesk.core import rules as dated
from sellerdesk.finance import periods, services
from sellerdesk.finance.models import CompanySale
from sellerdesk.finance.models_documents import Document
from sellerdesk.finance.queries import companies, figures
from sellerdesk.finance.queries import documents as reading
from sellerdesk.finance.services import documents
from sellerdesk.finance.types import (
    BookedLine,
    Charge,
    CompanyBuyer,
    CompanyGoods,
    DeliveredPosting,
    ReturnedGoods,
)

pytestmark = pytest.mark.usefixtures("dated_rules")
DECEMBER = datetime(2026, 12, 3, 9, tzinfo=UTC)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
AT = datetime(2026, 11, 5, 9, tzinfo=UTC)


def sell(seller, sku: int, number: str = "1-0", at: datetime = AT, vat_bp: int = 2_000) -> DeliveredPosting:
    firm = CompanyBuyer("Vector LLC", "0011122233", "001101001", "Kazan, Lenina 1", (
        CompanyGoods(sku, vat_bp, "CN", "10005022/010125/0001234", ""),))
    return DeliveredPosting(seller.id, number, seller.currency, at, (BookedLine(sku, 2, 2_400_01, 288_00),), 150_00,
                            company=firm)


def lines(seller, kind: str):
    return companies.lines(seller, kind, *periods.bounds(*NOVEMBER, seller.time_zone))


def test_the_register_holds_sales_corrections_and_vat_and_agrees_with_the_ledger(shop, stall) -> None:
    mug = stall.sku(stall.mug)
    services.book_deliveries(postings=[
        sell(shop, mug), sell(shop, mug, "1-9", AT - timedelta(days=30)),
        DeliveredPosting(shop.id, "2-0", "RUB", AT, (BookedLine(mug, 1, 1_000_00, 120_00),))])
    services.book_returns(returns=[ReturnedGoods(shop.id, "r", "1-9", "RUB", AT + timedelta(days=2), (
        BookedLine(mug, 1, 1_200_00, 144_00),), 90_00)])
    services.book_charges(charges=[Charge(shop.id, "p", "partial_refund", "1-0", "RUB", AT + timedelta(days=3), -60_00)])

    found = lines(shop, "invoice")

    assert [(one.kind, one.quantity, one.amount_minor, one.vat_minor, one.corrects) for one in found] == [
        ("sale", 2, 2_400_01, 400_00, False), ("return_sale", -1, -1_200_00, -200_00, True),
        ("partial_refund", 0, -60_00, -10_00, True)]
    assert (found[0].company_name, found[0].tax_number, found[0].country) == ("Vector LLC", "0011122233", "CN")
    register = figures.figures(shop, "b2b_sales", *NOVEMBER)
    assert (register.total_minor, register.difference_minor) == (1_140_01, 0)
    assert lines(shop, "buyout") == []


def test_goods_of_a_shop_abroad_are_bought_out_less_the_share_of_their_category(rival_shop, rival_stall) -> None:
    mug = rival_stall.sku(rival_stall.mug)
    services.book_deliveries(postings=[sell(rival_shop, mug)])
    services.book_returns(returns=[ReturnedGoods(rival_shop.id, "r", "1-0", "CNY", AT + timedelta(days=2), (
        BookedLine(mug, 1, 1_200_00, 144_00),), 90_00)])

    found = lines(rival_shop, "buyout")

    assert lines(rival_shop, "invoice") == []
    assert [(one.quantity, one.price_minor, one.deduction_bp, one.bought_minor) for one in found] == [
        (2, 1_200_00, 1_200, 2_112_01), (-1, 1_200_00, 1_200, -1_056_00)]
    document = figures.figures(rival_shop, "buyout", *NOVEMBER)
    assert (document.total_minor, document.difference_minor) == (1_056_01, 0)


def test_who_invoices_is_kept_as_it_was_on_the_day_of_the_delivery(shop, stall) -> None:
    mug = stall.sku(stall.mug)
    services.book_deliveries(postings=[sell(shop, mug)])
    dated.put("finance.buyout", "RU", {"companies": True}, valid_from=AT + timedelta(days=1), source="test")
    services.book_deliveries(postings=[sell(shop, mug), sell(shop, mug, "3-0", AT + timedelta(days=2))])

    assert dict(CompanySale.objects.values_list("posting_number", "kind")) == {"1-0": "invoice", "3-0": "buyout"}


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_the_register_is_drawn_in_every_form_with_a_difference_of_zero(shop, actor, stall, language) -> None:
    services.book_deliveries(postings=[sell(shop, stall.sku(stall.mug))])

    code = documents.make_document(seller=shop, kind="b2b_sales", day=NOVEMBER[0], language=language, actor=actor,
                                   now=DECEMBER)

    row = reading.by_code(shop, code)
    assert (row.state, row.number, row.difference_minor) == ("success", f"B-{shop.id}-202611", 0)
    told = json.loads(documents.open_document(seller=shop, document_id=row.id, form="json").data)
    assert told["difference"] == "0.00"
    assert [(one["company"], one["vat"], one["vat_amount"], one["amount"]) for one in told["sales"]] == [
        ("Vector LLC", "20%", "400.00", "2400.01")]
    assert told["companies"][0]["tax_reason"] == "001101001"


def test_a_months_end_makes_the_register_only_where_companies_bought(shop, rival_shop, stall, rival_stall) -> None:
    services.book_deliveries(postings=[
        sell(shop, stall.sku(stall.mug)),
        DeliveredPosting(rival_shop.id, "9-0", "CNY", AT, (BookedLine(rival_stall.sku(rival_stall.mug), 1, 100_00, 0),))])

    documents.issue_due(now=DECEMBER)

    assert set(Document.objects.filter(kind__in=("b2b_sales", "buyout")).values_list("seller_id", "kind")) == {
        (shop.id, "b2b_sales")}
