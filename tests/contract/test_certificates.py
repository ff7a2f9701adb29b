"""Papers about goods over the API."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.catalog.models_moderation import Certificate, CertificateProduct
from sellerdesk.catalog.services import certificates
from sellerdesk.core.actor import Actor

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"
ROOT = "/v1/product/certificate"


@pytest.fixture
def shelf(shelf_of, shop):
    return shelf_of(shop)


@pytest.fixture
def paper(shelf, shop, now) -> int:
    return certificates.create(
        seller=shop, product_ids=[shelf.ids["A-1"]], files=[("d.pdf", PDF)], actor=Actor.system("test"), now=now,
        paper=certificates.Paper("declaration", "D-1", "Mugs", now.date(), now.date() + timedelta(days=365)))


def test_words_of_the_contract_are_listed(program):
    def codes(path):
        return [row["code"] for row in program.call(f"{ROOT}/{path}")["result"]]

    assert codes("status/list") == ["new", "review", "accepted", "declined", "expired"]
    assert "unreadable" in codes("rejection_reasons/list")
    assert codes("product_status/list") == ["visible", "hidden"]


def test_papers_are_listed_and_told_by_number(program, paper):
    listed = program.call(f"{ROOT}/list", {"page": 1, "page_size": 10, "status": "review", "offer_id": "A-1"})["result"]

    assert (listed["page_count"], [row["certificate_number"] for row in listed["certificates"]]) == (1, ["D-1"])
    told = program.call(f"{ROOT}/info", {"certificate_number": "D-1"})["result"]
    assert told == listed["certificates"][0]
    assert (told["certificate_id"], told["type_code"], told["products_count"]) == (paper, "declaration", 1)
    assert program.call(f"{ROOT}/list", {"page": 1, "page_size": 10, "status": "expired"})["result"] == {
        "certificates": [], "page_count": 0}
    assert program.refusal(f"{ROOT}/info", {"certificate_number": "D-9"})[:2] == (404, 5)


def test_products_are_bound_listed_and_unbound(program, paper, shelf):
    first, second = shelf.ids["A-1"], shelf.ids["A-2"]

    assert program.call(f"{ROOT}/bind", {"certificate_id": paper, "product_id": [second]}) == {"result": True}
    listed = program.call(f"{ROOT}/products/list", {"certificate_id": paper, "limit": 1})["result"]
    assert (listed["count"], [row["product_id"] for row in listed["items"]]) == (2, [min(first, second)])
    rest = program.call(f"{ROOT}/products/list", {"certificate_id": paper, "last_id": min(first, second)})["result"]
    assert [(row["product_id"], row["product_status_code"]) for row in rest["items"]] == [
        (max(first, second), "visible")]

    gone = program.call(f"{ROOT}/unbind", {"certificate_id": paper, "product_id": [second, 4711]})["result"]
    assert [(row["product_id"], row["updated"], bool(row["error"])) for row in gone] == [
        (second, True, False), (4711, False, True)]
    assert list(CertificateProduct.objects.values_list("product_id", flat=True)) == [first]


def test_an_unknown_product_or_paper_changes_nothing(program, rival, paper, shelf):
    known = [shelf.ids["A-2"]]

    assert program.refusal(f"{ROOT}/bind", {"certificate_id": paper, "product_id": [4711]})[:2] == (404, 5)
    assert program.refusal(f"{ROOT}/bind", {"certificate_id": paper})[:2] == (400, 3)
    assert program.refusal(f"{ROOT}/bind", {"certificate_id": 4711, "product_id": known})[:2] == (404, 5)
    assert rival.refusal(f"{ROOT}/products/list", {"certificate_id": paper})[:2] == (404, 5)
    assert Certificate.objects.count() == 1
    assert CertificateProduct.objects.count() == 1
