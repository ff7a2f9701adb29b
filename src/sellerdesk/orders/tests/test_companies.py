from __future__ import annotations

from dataclasses import replace

from django.urls import reverse

from sellerdesk.catalog.models import Product
from sellerdesk.finance.models import CompanySale
from sellerdesk.orders import queries
from sellerdesk.orders.types import BuyerCompany, PostingFilter

FIRM = BuyerCompany("ООО «Вектор»", "0011122233", "001101001", "Казань, Лесная ул., д. 1")


def test_a_sale_to_a_company_is_noted_with_its_vat_when_it_is_delivered(stall) -> None:
    Product.objects.filter(pk=stall.mug).update(vat="0.22")
    [number, other] = stall.handed_over(replace(stall.request((stall.mug, 2)), company=FIRM), stall.request())

    stall.scan(number, "accepted", "delivered")
    stall.scan(other, "accepted", "delivered")

    [sale] = CompanySale.objects.all()
    assert (sale.posting_number, sale.kind, sale.company_name, sale.tax_number) == (
        number, "invoice", "ООО «Вектор»", "0011122233")
    assert sale.goods == [[stall.sku(stall.mug), 2_200, "", "", ""]]


def test_the_posting_names_the_company_and_is_found_by_its_tax_number(stall, anna_client) -> None:
    [number, _other] = stall.place(replace(stall.request(), company=FIRM), stall.request())

    page = anna_client.get(reverse("orders:posting", args=[number])).content.decode()

    assert "Bought by a company" in page
    assert "0011122233" in page
    assert "register of sales to companies" in page
    found = queries.postings_page(stall.seller, filter=PostingFilter(search="0011122233"))
    assert [row.number for row in found.rows] == [number]


def test_a_shop_abroad_is_told_that_the_marketplace_buys_the_goods(rival_stall, clara_client) -> None:
    [number] = rival_stall.place(replace(rival_stall.request(), company=FIRM))

    page = clara_client.get(reverse("orders:posting", args=[number]), headers={"accept-language": "en"})

    assert page.context["bought_out"] is True
