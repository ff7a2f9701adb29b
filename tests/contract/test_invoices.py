"""Customs invoices of postings, as programs attach, read and remove them."""

from __future__ import annotations

import base64
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from sellerdesk.core import storage
from sellerdesk.core.errors import NotFound
from sellerdesk.orders import services
from sellerdesk.orders.models import Invoice, InvoiceFile
from sellerdesk.orders.queries import customs_invoices as reading

UPLOAD, PUT, GET, DELETE = ("/v1/invoice/file/upload", "/v2/invoice/create-or-update", "/v2/invoice/get",
                            "/v1/invoice/delete")
PDF = b"%PDF-1.4\n%%EOF\n"


def text(data: bytes = PDF) -> str:
    return base64.b64encode(data).decode()


@pytest.fixture
def number(rival_stall) -> str:
    """Clara's parcel from China to Russia."""
    return rival_stall.place(rival_stall.request((rival_stall.mug, 2), (rival_stall.pan, 1)))[0]


def said(posting: str, url: str, **more):
    return {"posting_number": posting, "url": url, "date": "2026-11-20T10:00:00Z", **more}


def test_an_invoice_is_sent_named_read_and_taken_back(rival, rival_stall, number, client):
    url = rival.call(UPLOAD, {"base64_content": text(), "posting_number": number})["url"]
    assert client.get(urlsplit(url).path).content == PDF
    assert rival.refusal(GET, {"posting_number": number})[:2] == (404, 5)

    sku = rival_stall.sku(rival_stall.mug)
    assert rival.call(PUT, said(number, url, number="INV-7", price=1299.9, price_currency="TRY",
                                hs_codes=[{"sku": str(sku), "code": "6912.00"}])) == {"result": True}

    found = rival.call(GET, {"posting_number": number})["result"]
    assert {key: found[key] for key in ("date", "number", "price", "price_currency", "hs_codes")} == {
        "date": "2026-11-20T10:00:00Z", "number": "INV-7", "price": 1299.9, "price_currency": "TRY",
        "hs_codes": [{"sku": str(sku), "code": "691200"}]}
    assert client.get(urlsplit(found["file_url"]).path).content == PDF

    assert rival.call(DELETE, {"posting_number": number}) == {"result": True}
    assert rival.refusal(GET, {"posting_number": number})[:2] == (404, 5)
    assert rival.refusal(DELETE, {"posting_number": number})[:2] == (404, 5)
    assert client.get(urlsplit(url).path).status_code == 404
    assert not InvoiceFile.objects.exists()


def test_a_new_file_replaces_the_old_one_and_an_old_link_still_names_it(rival, number, monkeypatch):
    first = rival.call(UPLOAD, {"base64_content": text(), "posting_number": number})["url"]
    rival.call(PUT, said(number, first))
    old = InvoiceFile.objects.get()
    assert rival.call(GET, {"posting_number": number})["result"]["price_currency"] == "USD"

    jpeg = b"\xff\xd8\xff\xe0 picture"
    rival.call(UPLOAD, {"base64_content": text(b"%PDF-1.4 never named"), "posting_number": number})
    second = rival.call(UPLOAD, {"base64_content": text(jpeg), "posting_number": number})["url"]
    # The one in use, and the one sent last.
    assert InvoiceFile.objects.count() == 2
    monkeypatch.setattr(reading, "LINK_SECONDS", -1)
    rival.call(PUT, said(number, second, number="2"))

    [kept] = InvoiceFile.objects.all()
    assert kept.kind == "image/jpeg"
    assert storage.open_bytes(kept.storage_key) == jpeg
    with pytest.raises(NotFound):
        storage.open_bytes(old.storage_key)
    assert rival.refusal(PUT, said(number, first))[:2] == (400, 3)


@pytest.mark.parametrize("data", [b"", b"<html>", b"%PDF-1.4 /JavaScript (x)", b"\x89PNG\r\n\x1a\n", b"words"])
def test_what_is_no_harmless_pdf_or_jpeg_is_refused(rival, number, data):
    status, code, _message = rival.refusal(UPLOAD, {"base64_content": text(data), "posting_number": number})

    assert (status, code) == (400, 3)
    assert not InvoiceFile.objects.exists()
    assert rival.refusal(UPLOAD, {"base64_content": "no base64!", "posting_number": number})[:2] == (400, 3)


def test_a_file_beyond_the_bound_is_refused(rival, number, monkeypatch):
    monkeypatch.setattr("sellerdesk.orders.services.customs_invoices.LARGEST_BYTES", len(PDF) - 1)

    assert rival.refusal(UPLOAD, {"base64_content": text(), "posting_number": number})[:2] == (400, 3)


@pytest.mark.parametrize(("field", "value"), [
    ("number", "x" * 51), ("date", "1999-12-31T00:00:00Z"), ("date", "2026-12-24T00:00:00Z"), ("price", -1),
    ("price", 1.005), ("price_currency", "RON"), ("hs_codes", [{"sku": "17", "code": "691200"}]), ("url", "https://x.y/z"),
    ("url", "/orders/invoice-files/forged"), ("hs_codes", [{"sku": "{sku}", "code": "69"}])])
def test_what_an_invoice_cannot_say_is_refused_and_nothing_changes(rival, rival_stall, number, field, value):
    url = rival.call(UPLOAD, {"base64_content": text(), "posting_number": number})["url"]
    if field == "hs_codes":
        value = [{**one, "sku": one["sku"].format(sku=rival_stall.sku(rival_stall.mug))} for one in value]

    assert rival.refusal(PUT, {**said(number, url), field: value})[:2] == (400, 3)
    assert not Invoice.objects.exists()


def test_only_what_crosses_a_customs_border_takes_one(program, stall, rival, rival_stall, number):
    [home] = stall.place()
    body = {"base64_content": text(), "posting_number": home}
    assert program.refusal(UPLOAD, body)[:2] == (400, 9)

    services.cancel_posting(seller=rival_stall.seller, number=number, reason_id=352, message="", by="seller",
                            actor=rival_stall.actor, now=rival_stall.now, stock="shelf")
    assert rival.refusal(UPLOAD, {**body, "posting_number": number})[:2] == (400, 9)


def test_another_shop_s_posting_and_file_do_not_exist(program, rival, stall, number):
    url = rival.call(UPLOAD, {"base64_content": text(), "posting_number": number})["url"]
    rival.call(PUT, said(number, url))

    for path, body in ((UPLOAD, {"base64_content": text(), "posting_number": number}), (PUT, said(number, url)),
                       (GET, {"posting_number": number}), (DELETE, {"posting_number": number})):
        assert program.refusal(path, body)[:2] == (404, 5), path
    assert reading.invoice_file_of_url(rival.seller, url)
    assert Invoice.objects.count() == 1


def test_rights_and_links(key_of, rival, rival_stall, number, client, monkeypatch):
    url = rival.call(UPLOAD, {"base64_content": text(), "posting_number": number})["url"]
    rival.call(PUT, said(number, url))
    reader = key_of(rival_stall.seller, "Posting FBS read only")

    assert reader.call(GET, {"posting_number": number})["result"]["number"] == ""
    for path, body in ((UPLOAD, {"base64_content": text(), "posting_number": number}), (PUT, said(number, url)),
                       (DELETE, {"posting_number": number})):
        assert reader.refusal(path, body)[:2] == (403, 7), path
    path = urlsplit(url).path
    assert client.get(path[:-3] + "abc").status_code == 404
    monkeypatch.setattr(reading, "LINK_SECONDS", -1)
    assert client.get(path).status_code == 404


def test_the_reading_of_an_invoice_costs_the_same_with_and_without_codes(rival, rival_stall, number):
    url = rival.call(UPLOAD, {"base64_content": text(), "posting_number": number})["url"]
    rival.call(PUT, said(number, url))
    without = rival.queries(GET, {"posting_number": number})
    rival.call(PUT, said(number, url, hs_codes=[
        {"sku": str(rival_stall.sku(one)), "code": "691200"} for one in (rival_stall.mug, rival_stall.pan)]))

    assert rival.queries(GET, {"posting_number": number}) == without


def test_a_day_ahead_is_tomorrow_in_the_east(rival, rival_stall, number):
    url = rival.call(UPLOAD, {"base64_content": text(), "posting_number": number})["url"]
    rival.call(PUT, {**said(number, url), "date": (rival_stall.now + timedelta(hours=20)).isoformat()})
    assert Invoice.objects.count() == 1
