"""Papers about goods over the API."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest

from sellerdesk.catalog import defaults
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.models_moderation import Certificate, CertificateProduct, PaperFile
from sellerdesk.catalog.services import certificates
from sellerdesk.core import rules
from sellerdesk.core.actor import Actor
from tests.contract.conftest import SHAPES, TYPE_ID, wrong

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


def got(program, path):
    answer = program.send("GET", path, b"").json()
    assert list(wrong(SHAPES[path]["answer"], answer)) == []
    return answer["result"]


def test_kinds_of_papers_and_what_they_attest_are_listed_for_old_and_new_programs(program):
    kinds = [row["value"] for row in got(program, f"{ROOT}/types")]
    attested = [row["value"] for row in got(program, f"{ROOT}/accordance-types")]
    newer = got(program, "/v2/product/certificate/accordance-types/list")

    assert kinds[:2] == ["declaration", "certificate"]
    assert attested[0] == "technical_regulations_eac"
    assert ([row["code"] for row in newer["base"]], newer["hazard"]) == (attested, [])


def test_a_paper_is_deleted_with_its_files_and_what_needs_it_is_hidden(program, rival, paper, shelf, now):
    rules.put(defaults.SCREENING, "goods.test", {"level": "needs_document", "types": [TYPE_ID],
                                                 "papers": ["declaration"]}, valid_from=now, source="test")
    certificates.decide(certificate_id=paper, accepted=True, actor=Actor.operator(1, "Olga"), now=now)
    Product.objects.update(status="price_sent")

    assert rival.refusal(f"{ROOT}/delete", {"certificate_id": paper})[:2] == (404, 5)
    assert PaperFile.objects.count() == 1
    assert program.call(f"{ROOT}/delete", {"certificate_id": paper})["result"] == {
        "is_delete": True, "error_message": ""}

    assert not Certificate.objects.exists()
    assert not PaperFile.objects.exists()
    states = dict(Product.objects.values_list("offer_id", "status"))
    assert (states["A-1"], states["A-2"]) == ("hidden", "price_sent")
    assert program.refusal(f"{ROOT}/delete", {"certificate_id": paper})[:2] == (404, 5)


SAID = {"certificate_type": "DECLARATION", "number": "D-7", "name": "Headphones", "accordance_type": "EAEU",
        "issue_date": "2026-11-01T00:00:00Z", "expired_date": {"date": {"year": 2027, "month": 5, "day": 1}},
        "files": [{"name": "d.pdf", "file_content": base64.b64encode(PDF).decode()}]}
CREATE = "/v2/product/certificate/create"


def faults(answer):
    assert (answer["certificate_id"], answer["status"]) == (0, "INCOMPLETE")
    return {row["name"]: row["state"] for row in answer["params"] if row["state"] != "VALID"}


def test_a_paper_is_handed_in_with_files_and_products(program, shelf, shop):
    answer = program.call(CREATE, {"params": {**SAID, "skus": [str(shelf.skus["A-1"])]}})

    assert (answer["status"], {row["state"] for row in answer["params"]}) == ("COMPLETED", {"VALID"})
    row = Certificate.objects.get(pk=answer["certificate_id"])
    assert (row.type, row.accordance, row.state, str(row.expires_on)) == (
        "declaration", "technical_regulations_eac", "review", "2027-05-01")
    assert list(CertificateProduct.objects.values_list("product_id", flat=True)) == [shelf.ids["A-1"]]
    assert PaperFile.objects.get().name == "d.pdf"


def test_a_paper_that_is_not_whole_is_told_field_by_field_and_not_kept(program, rival, shelf):
    assert faults(program.call(CREATE, {})) == {
        "NAME": "MISSING", "CERTIFICATE_TYPE": "MISSING", "NUMBER": "MISSING", "ISSUE_DATE": "MISSING"}
    for field, value, name in (("certificate_type", "SAFETY_DATA_SHEET", "CERTIFICATE_TYPE"),
                               ("accordance_type", "CHEMICAL_PRODUCTS", "ACCORDANCE_TYPE"),
                               ("issue_date", "2030-01-01T00:00:00Z", "ISSUE_DATE"),
                               ("expired_date", {"date": {"year": 2027, "month": 2, "day": 30}}, "EXPIRED_DATE"),
                               ("files", [{"name": "x", "file_content": "%%"}], "FILES"),
                               ("files", [{"name": "x", "file_content": "aGk="}], "FILES"), ("skus", [4711], "SKUS")):
        assert faults(program.call(CREATE, {"params": {**SAID, field: value}})) == {name: "INVALID"}
    stranger = rival.call(CREATE, {"params": {**SAID, "skus": [shelf.skus["A-1"]]}})
    assert faults(stranger) == {"SKUS": "INVALID"}
    assert not Certificate.objects.exists()


def test_what_must_be_said_of_a_paper_is_listed(program):
    asked = {row["name"]: row for row in program.call("/v2/product/certification/options")["option"]}

    assert {name for name, row in asked.items() if row["required"]} == {
        "NAME", "CERTIFICATE_TYPE", "NUMBER", "ISSUE_DATE"}
    assert "SAFETY_DATA_SHEET" not in [one["value"] for one in asked["CERTIFICATE_TYPE"]["variants"]]
    params = program.call("/v2/product/certification/params", {"params": {"certificate_type": "DECLARATION"}})["params"]
    assert params == list(asked.values())


def test_goods_and_brands_that_need_papers_are_listed(program, shop, starter, now):
    def put(key, **value):
        rules.put(defaults.SCREENING, key, {"level": "needs_document", "papers": ["declaration"], **value},
                  valid_from=now - timedelta(days=1), source="test")

    pages = {"page": 1, "page_size": 1000}
    before = {row["type_id"] for row in program.call("/v2/product/certification/list", pages)["certification"]}
    assert TYPE_ID not in before
    put("goods.some", types=[TYPE_ID], words=["wireless"])
    put("goods.abroad", categories=[17000101], routes=["cross_border"])
    put("goods.brand", brands=[126745801], papers=["brand"])

    told = program.call("/v2/product/certification/list", pages)
    row = next(row for row in told["certification"] if row["type_id"] == TYPE_ID)
    assert (row["category_id"], row["is_required"], told["total"]) == (17000101, False, len(before) + 1)
    older = program.call("/v1/product/certification/list", {})["result"]
    assert row["category_name"] in [one["category_name"] for one in older["certification"]]
    second = program.call("/v2/product/certification/list", {"page": 2, "page_size": 1})
    assert second["certification"] == told["certification"][1:2]

    brands = program.call("/v1/brand/company-certification/list", pages)["result"]
    assert [one["has_certificate"] for one in brands["brand_certification"]].count(True) == 0
    paper = certificates.Paper("brand", "B-1", "Brand", now.date(), brand_id=126745801)
    made = certificates.create(seller=shop, paper=paper, files=[("d.pdf", PDF)], actor=Actor.system("test"), now=now)
    certificates.decide(certificate_id=made, accepted=True, actor=Actor.operator(1, "Olga"), now=now)
    brands = program.call("/v1/brand/company-certification/list", pages)["result"]
    assert [one["has_certificate"] for one in brands["brand_certification"]].count(True) == 1
