"""How structured values lie in the JSON columns: errors, pictures, attributes, drafts; and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext, override

from sellerdesk.catalog.types import AttributeInput, ImageInfo, ImageInput, ProductDraft, ValueInput
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


def image_row(image: ImageInfo) -> dict[str, str]:
    return {"key": image.key, "thumb": image.thumb_key, "source": image.source, "state": image.state,
            "error": image.error}


def image(row: Mapping[str, str]) -> ImageInfo:
    return ImageInfo(row.get("key", ""), row.get("thumb", ""), row.get("source", ""), row.get("state", "ready"),
                     row.get("error", ""))


def attribute_rows(attributes: Sequence[AttributeInput]) -> list[dict[str, Any]]:
    return [{"id": each.id, "values": [{"dictionary_value_id": value.dictionary_value_id, "value": value.value}
                                       for value in each.values]} for each in attributes]


def attribute_inputs(rows: Sequence[Mapping[str, Any]]) -> tuple[AttributeInput, ...]:
    return tuple(AttributeInput(row["id"], tuple(
        ValueInput(value.get("dictionary_value_id", 0), value.get("value", "")) for value in row["values"]))
        for row in rows)


def draft_row(draft: ProductDraft) -> dict[str, Any]:
    return asdict(draft)


def draft(row: Mapping[str, Any]) -> ProductDraft:
    plain = dict(row)
    plain["barcodes"] = tuple(plain.get("barcodes", ()))
    plain["attributes"] = attribute_inputs(plain.get("attributes", ()))
    plain["images"] = tuple(ImageInput(**each) for each in plain.get("images", ()))
    return ProductDraft(**plain)
