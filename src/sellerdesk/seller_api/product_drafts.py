"""From an item of `/v3/product/import` to the catalogue's draft: units, pictures, price."""

from __future__ import annotations

from fractions import Fraction

from sellerdesk.catalog.types import AttributeInput, ImageInput, ProductDraft, ValueInput
from sellerdesk.seller_api.schemas import products as models

# Millimetres in a unit of length, grams in a unit of weight. Left out, millimetres and grams are meant.
_LENGTH = {"": Fraction(1), "mm": Fraction(1), "cm": Fraction(10), "in": Fraction("25.4")}
_WEIGHT = {"": Fraction(1), "g": Fraction(1), "kg": Fraction(1000), "lb": Fraction("453.59237")}


def draft_of(item: models.ImportProductsRequestItem) -> ProductDraft:
    """The whole card as asked. A unit nobody knows leaves the size unset, which the checks then point out."""
    length = _LENGTH.get(item.dimension_unit.lower(), Fraction(0))
    weight = _WEIGHT.get(item.weight_unit.lower(), Fraction(0))
    pictures = dict.fromkeys([item.primary_image, *item.images])
    price = {
        name: value
        for name, value in (
            ("price", item.price),
            ("old_price", item.old_price),
            ("currency", item.currency_code),
        )
        if value
    }
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
        attributes=tuple(
            AttributeInput(
                attribute.id,
                tuple(ValueInput(value.dictionary_value_id, value.value) for value in attribute.values),
            )
            for attribute in item.attributes
        ),
        images=tuple(ImageInput(url=url) for url in pictures if url),
        parts={"price": price} if item.price else {},
    )
