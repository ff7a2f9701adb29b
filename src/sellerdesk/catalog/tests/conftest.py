from __future__ import annotations

import io
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from PIL import Image

from sellerdesk.catalog import starter
from sellerdesk.catalog.services import loading
from sellerdesk.catalog.types import AttributeInput, ProductDraft, ValueInput
from sellerdesk.core.actor import Actor
from sellerdesk.inventory import services as inventory

HEADPHONES = 91101
NO_BRAND = 126745801


@pytest.fixture
def tree(now) -> None:
    """The starter catalogue in the database."""
    loading.load_starter(now)


@pytest.fixture
def depot(shop, now) -> int:
    """Anna's only warehouse, open."""
    made = inventory.create_warehouse(seller=shop, name="Depot", city="Moscow", address="Lesnaya 1",
                                      time_zone="Europe/Moscow", cut_off=time(18), actor=Actor.system("test"), now=now)
    return made.id


@pytest.fixture
def draft(tree) -> Callable[..., ProductDraft]:
    """A sound card of headphones; keyword arguments change fields, `attributes` by id."""
    def make(offer_id: str = "HP-1", *, price: str | None = "1999.00", stock: str | None = None,
             attributes: dict[int, list[ValueInput]] | None = None, **fields: Any) -> ProductDraft:
        said = {85: [ValueInput(NO_BRAND)], 9048: [ValueInput(0, "Aria 5")], 10096: [ValueInput(0, "black")],
                **(attributes or {})}
        for asked in next(kind for kind in starter.load().types if kind.id == HEADPHONES).attributes:
            if asked.required and asked.attribute_id not in (*said, starter.TYPE):
                said[asked.attribute_id] = [ValueInput(asked.value_ids[0] if asked.value_ids else _first(asked))]
        parts: dict[str, dict[str, str]] = {}
        if price is not None:
            parts["price"] = {"price": price}
        if stock is not None:
            parts["stock"] = {"stock": stock}
        return ProductDraft(**{
            "offer_id": offer_id, "name": "Aria 5 over-ear headphones", "type_id": HEADPHONES, "depth_mm": 200,
            "width_mm": 90, "height_mm": 220, "weight_g": 350, "vat": "0.2", "parts": parts,
            "attributes": tuple(AttributeInput(key, tuple(values)) for key, values in said.items() if values),
            **fields})

    def _first(asked: starter.TypeAttribute) -> int:
        attribute = next(each for each in starter.load().attributes if each.id == asked.attribute_id)
        return next(value.id for value in starter.load().values if value.dictionary_id == attribute.dictionary_id)

    return make


@pytest.fixture
def photo() -> Callable[..., bytes]:
    """A picture file; a camera's when `exif` is set."""

    def make(size: tuple[int, int] = (400, 300), colour: str = "teal", kind: str = "JPEG", exif: bool = False) -> bytes:
        out = io.BytesIO()
        extra: dict[str, Any] = {}
        if exif:
            data = Image.Exif()
            data[0x0112] = 6  # turned by a quarter
            data[0x010F] = "Anna's camera"
            extra["exif"] = data
        Image.new("RGB", size, colour).save(out, kind, **extra)
        return out.getvalue()

    return make
