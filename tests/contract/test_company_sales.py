"""Sales to companies over the API: the register as a file and as data, goods bought out, who bought a posting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from sellerdesk.core import clock
from sellerdesk.finance import services
from sellerdesk.finance.types import BookedLine, CompanyBuyer, CompanyGoods, DeliveredPosting, ReturnedGoods

DECEMBER = datetime(2026, 12, 4, 9, tzinfo=UTC)


def sell(seller, sku, number, at) -> None:
    services.book_deliveries(postings=[DeliveredPosting(
        seller.id, number, seller.currency, at, (BookedLine(sku, 2, 2_400_00, 288_00),), 150_00,
        company=CompanyBuyer("Vector LLC", "0011122233", "001101001", "Kazan", (CompanyGoods(
            sku, 2_000, "CN", "10005022/010125/0001234", ""),)))])
    services.book_returns(returns=[ReturnedGoods(seller.id, f"r{number}", number, seller.currency, at, (
        BookedLine(sku, 1, 1_200_00, 144_00),))])


@pytest.fixture
def december():
    with time_machine.travel(DECEMBER, tick=False):
        clock.forget()
        yield


def test_the_register_is_a_file_and_the_same_as_data(program, shop, shelf, now, december, client):
    sell(shop, shelf.skus["A-1"], "7-0001-1", now)

    code = program.call("/v1/finance/document-b2b-sales", {"date": "2026-11", "language": "EN"})["result"]["code"]
    info = program.call("/v1/report/info", {"code": code})["result"]
    told = program.call("/v1/finance/document-b2b-sales/json", {"date": "2026-11"})

    assert (info["status"], info["report_type"]) == ("success", "document_b2b_sales")
    assert client.get(info["file"].removeprefix("http://testserver")).content.startswith(b"PK")
    sale, back = told["invoices"]
    assert sale["buyer_info"] == {"name": "Vector LLC", "address": "Kazan", "inn": "0011122233", "kpp": "001101001"}
    assert (sale["currency"], sale["currency_code"], sale["info"]["type"], back["info"]["type"]) == (
        "RUB", 643, "UPD", "UKD")
    assert {name: sale["operations"][0][name] for name in (
        "amount", "vat_amount", "cost_without_vat", "vat_rate", "quantity", "price", "origin_country", "gtd_number")} == {
        "amount": 2400.0, "vat_amount": 400.0, "cost_without_vat": 2000.0, "vat_rate": 20.0, "quantity": 2,
        "price": 1200.0, "origin_country": "CN", "gtd_number": "10005022/010125/0001234"}
    assert (back["operations"][0]["type"], back["operations"][0]["amount"]) == ("RETURN", 1200.0)
    assert (told["date_from"], told["date_to"]) == ("2026-11-01", "2026-11-30")
    assert program.refusal("/v1/finance/document-b2b-sales/json", {"date": "2026-12"})[:2] == (400, 9)
    assert program.refusal("/v1/finance/document-b2b-sales/json", {"date": "2026-13"})[:2] == (400, 3)


def test_goods_bought_out_are_told_with_the_share_of_their_category(rival, rival_shop, shelf_of, now, december):
    goods = shelf_of(rival_shop, prefix="B")
    sell(rival_shop, goods.skus["B-1"], "8-0001-1", now)
    days = {"date_from": f"{now - timedelta(days=5):%Y-%m-%d}", "date_to": f"{now:%Y-%m-%d}"}

    bought, back = rival.call("/v1/finance/products/buyout", days)["products"]

    assert {name: bought[name] for name in ("amount", "buyout_price", "deduction_by_category_percent", "quantity",
                                            "seller_price_per_instance", "vat_percent", "offer_id")} == {
        "amount": 2112.0, "buyout_price": 1056.0, "deduction_by_category_percent": 12.0, "quantity": 2,
        "seller_price_per_instance": 1200.0, "vat_percent": 20, "offer_id": "B-1"}
    assert (back["quantity"], back["amount"]) == (-1, -1056.0)
    assert rival.call("/v1/finance/document-b2b-sales/json", {"date": "2026-11"})["invoices"] == []
    assert rival.refusal("/v1/finance/products/buyout", {"date_from": "2026-09-01", "date_to": "2026-11-01"})[:2] == (400, 3)
