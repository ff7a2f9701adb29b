"""Items of the API's import as drafts of the catalogue."""

from __future__ import annotations

from sellerdesk.catalog.types import AttributeInput, ComplexInput, DocumentInput, ValueInput
from sellerdesk.seller_api.product_drafts import draft_of
from sellerdesk.seller_api.schemas import products as models


def test_documents_stand_in_the_order_of_their_index():
    pdf = models.ImportProductsRequestPdfList

    made = draft_of(models.ImportProductsRequestItem(offer_id="A", pdf_list=[
        pdf(index=2, name="Passport", src_url="https://x.example/2.pdf"),
        pdf(index=1, src_url="https://x.example/1.pdf")]))

    assert made.documents == (DocumentInput(0, "https://x.example/1.pdf", ""),
                              DocumentInput(0, "https://x.example/2.pdf", "Passport"))
    assert draft_of(models.ImportProductsRequestItem(offer_id="A")).documents == ()


def test_rows_of_attributes_keep_the_shape_of_the_contract():
    value, attribute = models.ImportProductsRequestDictionaryValue, models.ImportProductsRequestAttribute

    made = draft_of(models.ImportProductsRequestItem(offer_id="A", complex_attributes=[
        models.ImportProductsRequestComplexAttribute(attributes=[
            attribute(id=21837, complex_id=100001, values=[value(value="Unboxing")]),
            attribute(id=21841, complex_id=100001, values=[value(value="https://x.example/1")])])]))

    assert made.complexes == (ComplexInput(100001, (
        AttributeInput(21837, (ValueInput(0, "Unboxing"),)),
        AttributeInput(21841, (ValueInput(0, "https://x.example/1"),)))),)
