"""How structured values lie in the JSON columns: errors, pictures, attributes, drafts; and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext, override

from sellerdesk.catalog.types import (
    AttributeInput,
    ComplexInput,
    DocumentInfo,
    DocumentInput,
    ImageInfo,
    ImageInput,
    ProductDraft,
    ValueInput,
)
from sellerdesk.core.errors import FieldError


def error_row(error: FieldError) -> dict[str, Any]:
    """An error for keeping. The message goes in as its English original; each reader gets it in his language."""
    with override("en"):
        message = str(error.message)
    return {"field": error.field, "code": error.code, "message": message, "value": error.value,
            "data": {key: value if isinstance(value, (int, str, list)) else str(value)
                     for key, value in error.data.items()}}


def error(row: Mapping[str, Any], names: Mapping[int, str] | None = None) -> FieldError:
    """An error as kept, its message in the active language; `names` are attribute names in that language."""
    data = {"value": row.get("value", ""), **row.get("data", {})}
    if names and data.get("attribute_id") in names:
        data["attribute"] = names[data["attribute_id"]]
    message = row.get("message", "")
    return FieldError(row["field"], row["code"], gettext(message) if message else "", row.get("value", ""), data)


def image_row(key: str = "", thumb: str = "", source: str = "", state: str = "waiting") -> dict[str, Any]:
    """A picture for keeping. A refused one also has `why`: the error as `error_row` spells it."""
    return {"key": key, "thumb": thumb, "source": source, "state": state}


def marked(row: Mapping[str, Any], *, alt: str, color: bool) -> dict[str, Any]:
    """A picture's row with what it shows and whether it is the swatch; kept only where there is something to say."""
    plain = {key: value for key, value in row.items() if key not in ("alt", "color")}
    return {**plain, **({"alt": alt} if alt else {}), **({"color": True} if color else {})}


def image(row: Mapping[str, Any]) -> ImageInfo:
    why = error(row["why"]) if row.get("why") else None
    return ImageInfo(row.get("key", ""), row.get("thumb", ""), row.get("source", ""), row.get("state", "ready"),
                     why.text if why else "", why.code if why else "", why.data if why else {}, row.get("alt", ""),
                     bool(row.get("color")))


def image_input(row: Mapping[str, Any]) -> ImageInput:
    return ImageInput(row.get("key", ""), row.get("source", ""), row.get("alt", ""), bool(row.get("color")))


def document(row: Mapping[str, Any]) -> DocumentInfo:
    return DocumentInfo(row["id"], row["name"], row["source"], row["state"],
                        error(row["why"]).text if row.get("why") else "")


def document_input(row: Mapping[str, Any]) -> DocumentInput:
    return DocumentInput(row["id"], "" if row["id"] else row["source"], row["name"])


def attribute_rows(attributes: Sequence[AttributeInput]) -> list[dict[str, Any]]:
    return [{"id": each.id, "values": [{"dictionary_value_id": value.dictionary_value_id, "value": value.value}
                                       for value in each.values]} for each in attributes]


def attribute_inputs(rows: Sequence[Mapping[str, Any]]) -> tuple[AttributeInput, ...]:
    return tuple(AttributeInput(row["id"], tuple(
        ValueInput(value.get("dictionary_value_id", 0), value.get("value", "")) for value in row["values"]))
        for row in rows)


def complex_rows(complexes: Sequence[ComplexInput]) -> list[dict[str, Any]]:
    return [{"id": each.id, "attributes": attribute_rows(each.attributes)} for each in complexes]


def complex_inputs(rows: Sequence[Mapping[str, Any]]) -> tuple[ComplexInput, ...]:
    return tuple(ComplexInput(row["id"], attribute_inputs(row["attributes"])) for row in rows)


def draft_row(draft: ProductDraft) -> dict[str, Any]:
    return asdict(draft)


def draft(row: Mapping[str, Any]) -> ProductDraft:
    plain = dict(row)
    plain["barcodes"] = tuple(plain.get("barcodes", ()))
    plain["attributes"] = attribute_inputs(plain.get("attributes", ()))
    plain["complexes"] = complex_inputs(plain.get("complexes", ()))
    plain["images"] = tuple(ImageInput(**each) for each in plain.get("images", ()))
    documents = plain.get("documents")
    plain["documents"] = None if documents is None else tuple(DocumentInput(**each) for each in documents)
    return ProductDraft(**plain)


def draft_of_content(content: Mapping[str, Any]) -> ProductDraft:
    """A card's columns, as the table and the journal keep them, as a draft."""
    return ProductDraft(
        offer_id=content["offer_id"], name=content["name"], type_id=content["type_id"],
        category_id=content["category_id"], description=content["description"], names=content["names"],
        descriptions=content["descriptions"], barcodes=tuple(content["barcodes"]), depth_mm=content["depth_mm"],
        width_mm=content["width_mm"], height_mm=content["height_mm"], weight_g=content["weight_g"],
        vat=content["vat"], attributes=attribute_inputs(content["attributes"]),
        complexes=complex_inputs(content.get("complexes", ())), images=tuple(map(image_input, content["images"])),
        # The journal's older rows know neither rows of attributes nor documents.
        documents=tuple(map(document_input, content["documents"])) if "documents" in content else None)
