"""What a seller sends: drafts of products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ValueInput:
    """One value: an entry of the attribute's dictionary by id or by its text in any language, or free text."""

    dictionary_value_id: int = 0
    value: str = ""


@dataclass(frozen=True, slots=True)
class AttributeInput:
    id: int
    values: tuple[ValueInput, ...] = ()


@dataclass(frozen=True, slots=True)
class ComplexInput:
    """A row of attributes that are filled in together: a video’s link and name. `id` 0: its attributes tell which."""

    id: int
    attributes: tuple[AttributeInput, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageInput:
    """A picture already stored (`key`, see services.pictures) or one to be fetched (`url`).

    `alt` says what it shows, to those who cannot see it; `color` marks the swatch of the product's colour. None leaves
    either as the card has it.
    """

    key: str = ""
    url: str = ""
    alt: str | None = None
    color: bool | None = None


@dataclass(frozen=True, slots=True)
class DocumentInput:
    """A document of a product: a file already stored (`id`, see services.productfiles) or one to be fetched (`url`).

    `name` is what buyers read; empty leaves the file's own.
    """

    id: int = 0
    url: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A whole card as the seller wants it. Applying a draft replaces the card with the same `offer_id`.

    `parts` belong to higher domains, by the name of their OfferPart: {"price": {"price": "1299.99"}}. A part that
    is absent is left as it is.
    """

    offer_id: str
    name: str
    type_id: int
    category_id: int = 0
    description: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    barcodes: tuple[str, ...] = ()
    depth_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    weight_g: int = 0
    vat: str = "0"
    attributes: tuple[AttributeInput, ...] = ()
    complexes: tuple[ComplexInput, ...] = ()
    images: tuple[ImageInput, ...] = ()
    # None leaves the documents as the card has them: sheets do not speak of files.
    documents: tuple[DocumentInput, ...] | None = None
    parts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
