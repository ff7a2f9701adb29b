"""Documents of a product: sent in the editor or by address, named, ordered, taken off, in the history, and private."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sellerdesk.catalog import queries
from sellerdesk.catalog.models import Change, Product, ProductFile
from sellerdesk.catalog.services import filefetching, productfiles, products, restoring, undoing
from sellerdesk.catalog.types import DocumentInput
from sellerdesk.core import rules
from sellerdesk.core.errors import Invalid, LimitReached, NotFound

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Page>>endobj\n%%EOF\n"
OTHER = PDF.replace(b"1 0 obj", b"2 0 obj")


@pytest.fixture
def headphones(shop, depot, draft, actor, now) -> int:
    return products.save(seller=shop, draft=draft(), actor=actor, now=now).id


def _file(name: str = "Manual.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


def _sent(client, product_id: int) -> dict:
    answer = client.get(reverse("catalog:product_edit", args=[product_id]))
    form, rows = answer.context["form"], answer.context["documents"]
    values = {name: form[name].value() or "" for name in form.fields}
    return {**values, "base": answer.context["base"], "documents": [row.value for row in rows],
            "document_name": [row.name for row in rows],
            "document_place": [str(at) for at in range(1, len(rows) + 1)]}


def _names(shop, product_id: int) -> list[str]:
    return [each.name for each in queries.product(shop, product_id).documents]


def test_documents_are_sent_named_ordered_and_taken_off_in_the_editor(anna_client, shop, headphones):
    address = reverse("catalog:product_edit", args=[headphones])
    sent = _sent(anna_client, headphones)
    sent["new_documents"] = [_file(), _file("Passport.pdf", OTHER)]
    assert anna_client.post(address, sent).status_code == 302
    assert _names(shop, headphones) == ["Manual.pdf", "Passport.pdf"]

    sent = _sent(anna_client, headphones)
    anna_client.post(address, {**sent, "document_name": ["Instruction", "Passport.pdf"], "document_place": ["2", "1"]})
    assert _names(shop, headphones) == ["Passport.pdf", "Instruction"]

    sent = _sent(anna_client, headphones)
    anna_client.post(address, {**sent, "document_remove": [sent["documents"][0]]})
    assert _names(shop, headphones) == ["Instruction"]
    assert ProductFile.objects.filter(seller_id=shop.id).count() == 2  # the history speaks of it
    versions = anna_client.get(reverse("catalog:versions", args=[headphones])).content.decode()
    assert "Passport.pdf, Instruction" in versions


def test_a_document_is_a_download_that_no_browser_shows_in_our_name(anna_client, shop, headphones):
    anna_client.post(reverse("catalog:product_edit", args=[headphones]),
                     {**_sent(anna_client, headphones), "new_documents": [_file("Паспорт.pdf")]})
    file_id = queries.product(shop, headphones).documents[0].id

    answer = anna_client.get(reverse("catalog:document", args=[headphones, file_id]))

    assert answer.content == PDF
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Disposition"] == ("attachment; filename=\"document.pdf\"; filename*=UTF-8''"
                                             "%D0%9F%D0%B0%D1%81%D0%BF%D0%BE%D1%80%D1%82.pdf")
    stored = ProductFile.objects.get(id=file_id)
    assert stored.key.startswith("goods-documents/")
    assert "Паспорт" not in stored.key
    assert anna_client.get(f"/media/{stored.key}").status_code == 404
    assert Client().get(reverse("catalog:document", args=[headphones, file_id])).status_code in (302, 404)


def test_a_rival_can_neither_read_nor_use_a_document(shop, rival_shop, headphones, draft, actor, now):
    mine = productfiles.store(seller=shop, name="a.pdf", data=PDF, now=now)
    products.save(seller=shop, draft=draft(documents=(mine,)), actor=actor, now=now, product_id=headphones)

    with pytest.raises(NotFound):
        productfiles.open_file(seller=rival_shop, product_id=headphones, file_id=mine.id)
    with pytest.raises(Invalid) as refused:
        products.save(seller=rival_shop, draft=draft("R-1", documents=(mine,), stock=None), actor=actor, now=now)
    assert [(error.field, error.code) for error in refused.value.fields] == [("documents", "document_unknown")]
    assert not Product.objects.filter(seller_id=rival_shop.id).exists()


@pytest.mark.parametrize(("data", "code"), [
    (b"", "document_kind"), (b"<html></html>", "document_kind"), (b"\n" + PDF, "document_kind"),
    (b"%PDF-1.4\n<HTML><script>alert(1)</script>\n%%EOF", "document_kind"), (b"%PDF-1.4\n", "document_broken"),
    (PDF.replace(b"/Page", b"/Page/JavaScript(x)"), "document_active"), (PDF + b" " * 2000, "document_too_large"),
])
def test_what_is_no_plain_pdf_is_refused_beside_the_form_and_nothing_typed_is_lost(anna_client, shop, headphones, data,
                                                                                   code, now):
    rules.put("catalog.documents", "", {"max_bytes": 1000, "per_product": 2, "per_shop": 3},
              valid_from=datetime(2021, 1, 1, tzinfo=UTC), source="test")
    with pytest.raises(Invalid) as refused:
        productfiles.store(seller=shop, name="Manual.pdf", data=data, now=now)
    assert refused.value.code == code
    answer = anna_client.post(reverse("catalog:product_edit", args=[headphones]), {
        **_sent(anna_client, headphones), "name": "Typed",
        "new_documents": [_file("first.pdf"), _file(data=data or b"nothing")]})

    assert answer.status_code == 422
    assert 'value="Typed"' in answer.content.decode()
    assert [row.name for row in answer.context["documents"]] == ["first.pdf"]
    assert queries.product(shop, headphones).name == "Aria 5 over-ear headphones"


def test_numbers_of_documents_are_dated_rules(shop, headphones, draft, actor, now):
    rules.put("catalog.documents", "", {"max_bytes": 1000, "per_product": 1, "per_shop": 2},
              valid_from=datetime(2021, 1, 1, tzinfo=UTC), source="test")
    files = tuple(productfiles.store(seller=shop, name="a.pdf", data=data, now=now) for data in (PDF, OTHER))
    assert productfiles.store(seller=shop, name="b.pdf", data=PDF, now=now).id == files[0].id
    with pytest.raises(LimitReached):
        productfiles.store(seller=shop, name="c.pdf", data=PDF.replace(b"1 0 obj", b"3 0 obj"), now=now)
    with pytest.raises(Invalid) as refused:
        products.save(seller=shop, draft=draft(documents=files), actor=actor, now=now, product_id=headphones)
    assert [(error.code, error.data["limit"]) for error in refused.value.fields] == [("too_many_documents", 1)]
    assert _names(shop, headphones) == []


def test_documents_by_address_are_fetched_kept_or_refused_with_the_reason(shop, depot, draft, actor, now):
    wanted = (DocumentInput(0, "https://x.example/a%20b.pdf"), DocumentInput(0, "https://x.example/page", "Passport"))
    saved = products.apply_drafts(seller=shop, drafts=[draft(documents=wanted)], actor=actor, now=now)[0]
    assert [(one.name, one.state) for one in queries.product(shop, saved.product_id).documents] == [
        ("a b.pdf", "waiting"), ("Passport", "waiting")]
    answers = {"/a%20b.pdf": PDF, "/page": b"<html></html>"}
    client = httpx.Client(transport=httpx.MockTransport(
        lambda request: httpx.Response(200, content=answers[request.url.raw_path.decode()])))

    filefetching.fetch_waiting(seller=shop, product_ids=[saved.product_id], client=client, now=now)

    first, second = queries.product(shop, saved.product_id).documents
    assert (first.state, second.state, second.error) == ("ready", "failed", "Only PDF files are taken as documents.")
    assert productfiles.open_file(seller=shop, product_id=saved.product_id, file_id=first.id) == ("a b.pdf", PDF)
    again = products.apply_drafts(seller=shop, drafts=[draft(documents=wanted[:1])], actor=actor, now=now)[0]
    assert queries.product(shop, again.product_id).documents == (first,)
    bad = products.apply_drafts(seller=shop, drafts=[draft(documents=(DocumentInput(0, "file:///etc"),))], actor=actor,
                                now=now)[0]
    assert [error.code for error in bad.errors] == ["document_address_invalid"]


def test_sheets_leave_documents_undo_and_versions_bring_them_back(shop, headphones, draft, actor, now):
    paper = productfiles.store(seller=shop, name="a.pdf", data=PDF, now=now)
    products.save(seller=shop, draft=draft(documents=(paper,)), actor=actor, now=now, product_id=headphones)
    with_paper = Change.objects.filter(product_id=headphones).latest("id")
    products.save(seller=shop, draft=draft(name="Another name"), actor=actor, now=now, product_id=headphones)
    assert _names(shop, headphones) == ["a.pdf"]
    products.save(seller=shop, draft=draft(name="Another name", documents=()), actor=actor, now=now,
                  product_id=headphones)
    dropped = Change.objects.filter(product_id=headphones).latest("id")
    assert (dropped.before["documents"][0]["name"], dropped.after) == ("a.pdf", {"documents": []})

    undoing.undo(seller=shop, batch_id=dropped.batch_id, actor=actor, now=now)
    assert _names(shop, headphones) == ["a.pdf"]
    products.save(seller=shop, draft=replace(draft(), documents=()), actor=actor, now=now, product_id=headphones)
    restoring.restore(seller=shop, product_id=headphones, change_id=with_paper.pk, actor=actor, now=now)
    assert _names(shop, headphones) == ["a.pdf"]
