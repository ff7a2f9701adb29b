"""From items of the API's imports to the catalogue's drafts: units, pictures, price."""

from __future__ import annotations

from fractions import Fraction

from sellerdesk.catalog.types import AttributeInput, ComplexInput, CopyItem, DocumentInput, ProductDraft, ValueInput
from sellerdesk.seller_api.pictures import named
from sellerdesk.seller_api.schemas import products as models

# Millimetres in a unit of length, grams in a unit of weight. Left out, millimetres and grams are meant.
_LENGTH = {"": Fraction(1), "mm": Fraction(1), "cm": Fraction(10), "in": Fraction("25.4")}
_WEIGHT = {"": Fraction(1), "g": Fraction(1), "kg": Fraction(1000), "lb": Fraction("453.59237")}


def draft_of(item: models.ImportProductsRequestItem) -> ProductDraft:
    """The whole card as asked. A unit nobody knows leaves the size unset, which the checks then point out."""
    length = _LENGTH.get(item.dimension_unit.lower(), Fraction(0))
    weight = _WEIGHT.get(item.weight_unit.lower(), Fraction(0))
    price = _price(item)
    return ProductDraft(
        offer_id=item.offer_id,
        name=item.name,
        type_id=item.type_id,
        category_id=item.new_description_category_id or item.description_category_id,
        barcodes=(item.barcode,) if item.barcode else (),
        depth_mm=round(item.depth * length),
        width_mm=round(item.width * length),
        height_mm=round(item.height * length),
        weight_g=round(item.weight * weight),
        vat=item.vat or "0",
        attributes=tuple(map(_attribute, item.attributes)),
        complexes=tuple(
            ComplexInput(
                next((attribute.complex_id for attribute in row.attributes if attribute.complex_id), 0),
                tuple(_attribute(attribute) for attribute in row.attributes),
            )
            for row in item.complex_attributes
        ),
        images=named(item.images, item.primary_image, item.color_image),
        documents=tuple(
            DocumentInput(0, each.src_url, each.name) for each in sorted(item.pdf_list, key=lambda each: each.index)
        ),
        parts={"price": price} if item.price else {},
    )


def _attribute(said: models.ImportProductsRequestAttribute) -> AttributeInput:
    return AttributeInput(said.id, tuple(ValueInput(value.dictionary_value_id, value.value) for value in said.values))


def copy_of(item: models.ImportProductsBySKURequestItem) -> CopyItem:
    """A card to be taken over, as asked."""
    return CopyItem(item.sku, item.offer_id, item.name, item.vat, _price(item) if item.price else {})


def _price(item: models.ImportProductsRequestItem | models.ImportProductsBySKURequestItem) -> dict[str, str]:
    said = {"price": item.price, "old_price": item.old_price, "currency": item.currency_code}
    return {name: value for name, value in said.items() if value}
