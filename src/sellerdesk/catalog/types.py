"""What crosses the border of the catalogue, in either direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers.types import SellerRef

Outcome = Literal["created", "updated", "unchanged", "failed"]


# --- what a seller sends ----------------------------------------------------------------------------------------


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
class ImageInput:
    """A picture already stored (`key`, see services.pictures) or one to be fetched (`url`)."""

    key: str = ""
    url: str = ""


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
    images: tuple[ImageInput, ...] = ()
    parts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


# --- what a seller gets -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What became of one draft, in the order asked. A failed one changed nothing."""

    row: int
    offer_id: str
    product_id: int
    outcome: Outcome
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductRef:
    """A product as other domains know it."""

    id: int
    offer_id: str
    sku: int
    name: str
    status: str
    archived: bool
    type_id: int
    category_id: int
    version: int
    weight_g: int = 0


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One line of a list. `name` is in the reader's language where the seller gave one."""

    id: int
    offer_id: str
    sku: int
    name: str
    thumb_url: str
    type_id: int
    type_name: str
    category_id: int
    category_name: str
    status: str
    archived: bool
    problem_count: int
    version: int
    created_at: datetime
    updated_at: datetime
    seller_id: int = 0


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """A picture of a card. `state` is ready, waiting (to be fetched from `source`) or failed (see `error`)."""

    key: str
    thumb_key: str
    source: str
    state: str
    error: str = ""

    @property
    def url(self) -> str:
        return f"/media/{self.key}" if self.key else ""

    @property
    def thumb_url(self) -> str:
        return f"/media/{self.thumb_key}" if self.thumb_key else ""


@dataclass(frozen=True, slots=True)
class AttributeValue:
    """What a card says about one attribute, named in the reader's language."""

    id: int
    name: str
    unit: str
    group: str
    values: tuple[ValueInput, ...]


@dataclass(frozen=True, slots=True)
class ProductCard:
    id: int
    offer_id: str
    sku: int
    name: str
    names: Mapping[str, str]
    description: str
    descriptions: Mapping[str, str]
    type_id: int
    type_name: str
    category_id: int
    category_name: str
    barcodes: tuple[str, ...]
    depth_mm: int
    width_mm: int
    height_mm: int
    weight_g: int
    vat: str
    attributes: tuple[AttributeValue, ...]
    images: tuple[ImageInfo, ...]
    status: str
    errors: tuple[FieldError, ...]
    archived: bool
    version: int
    created_at: datetime
    updated_at: datetime

    def title(self, language: str) -> str:
        return self.names.get(language) or self.name


@dataclass(frozen=True, slots=True)
class ProductFilter:
    """What a list is narrowed to; empty means no narrowing.

    `tab` is one of queries.TABS; `visibility` one of the API's words, or ANY for the archive too. `sort` is id, name or
    updated_at, with a minus for the greatest first; for the API it is id.
    """

    tab: str = ""
    search: str = ""
    type_id: int = 0
    category_id: int = 0
    product_ids: Sequence[int] = ()
    offer_ids: Sequence[str] = ()
    skus: Sequence[int] = ()
    visibility: str = ""
    sort: str = "-id"


class Sellable(NamedTuple):
    """A product a buyer may order, as far as the catalogue knows: priced and not archived."""

    product_id: int
    type_id: int
    category_id: int
    sku: int
    offer_id: str
    weight_g: int


# --- the marketplace's own reference data -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TypeInfo:
    """A kind of goods with its place in the tree. `path` names the categories from the top down."""

    id: int
    name: str
    names: Mapping[str, str]
    category_id: int
    category_name: str
    path: tuple[str, ...]
    disabled: bool


@dataclass(frozen=True, slots=True)
class TypeNode:
    id: int
    name: str
    disabled: bool


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A category; `types` hang on it, `children` are narrower categories."""

    id: int
    name: str
    disabled: bool
    children: tuple[TreeNode, ...]
    types: tuple[TypeNode, ...]


@dataclass(frozen=True, slots=True)
class AttributeInfo:
    """An attribute as one type asks for it. `dictionary_id` 0 means free text; `value_ids` empty means all values."""

    id: int
    name: str
    description: str
    kind: str
    group_id: int
    group_name: str
    unit: str
    dictionary_id: int
    is_collection: bool
    max_value_count: int
    required: bool
    is_aspect: bool
    category_dependent: bool
    position: int
    value_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DictionaryRow:
    id: int
    value: str
    info: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """What loading reference data did."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    disabled: int = 0


# --- imports ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ImportTaskInfo:
    """`state` is waiting, checking, applying, done or failed; `problems` say what is wrong with the file as a whole."""

    id: int
    source: str
    file_name: str
    state: str
    problems: tuple[FieldError, ...]
    notes: tuple[FieldError, ...]
    total: int
    created: int
    updated: int
    unchanged: int
    failed: int
    done: int
    created_at: datetime
    finished_at: datetime | None
    actor_label: str = ""

    @property
    def running(self) -> bool:
        return self.state in ("waiting", "checking", "applying")


@dataclass(frozen=True, slots=True)
class CellError:
    """Why a cell was refused. `message` is in the reader's language; `suggestions` are the closest allowed values."""

    field: str
    code: str
    message: str
    value: str
    level: str = "error"
    column: str = ""
    cell: str = ""
    attribute_id: int = 0
    attribute_name: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportItemInfo:
    """`status` in the API's words: pending, imported, failed, skipped."""

    row_number: int
    offer_id: str
    product_id: int
    status: str
    outcome: str
    errors: tuple[CellError, ...]


@dataclass(frozen=True, slots=True)
class StoredPicture:
    key: str
    thumb_key: str
    width: int
    height: int

    @property
    def url(self) -> str:
        return f"/media/{self.key}"

    @property
    def thumb_url(self) -> str:
        return f"/media/{self.thumb_key}"


# --- parts of an offer that higher domains keep -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartColumn:
    """A column of the spreadsheet and a field of the editor. `kind` is money, integer or text."""

    key: str
    label: Any
    required: bool = False
    help: Any = ""
    kind: str = "text"
    suffix: Any = ""


class OfferPart(Protocol):
    """A part of an offer kept by a higher domain: its price, its stock.

    Values travel as text, as people write them. `check` and `apply` see only rows that carry the part, and a key that
    is absent or None is to be left as it is. Field names of errors are the column keys.
    """

    name: str
    permission: str

    def columns(self, seller: SellerRef, language: str) -> list[PartColumn]: ...

    def check(self, seller: SellerRef, rows: list[dict[str, Any]]) -> list[list[FieldError]]: ...

    def apply(
        self, seller: SellerRef, values: dict[int, dict[str, Any]], actor: Actor, now: datetime
    ) -> dict[int, list[FieldError]]: ...

    def current(self, seller: SellerRef, product_ids: Sequence[int]) -> dict[int, dict[str, str]]: ...

    def conditions(self) -> Mapping[str, str]:
        """SQL conditions by name, on the outer row `catalog_product`, for lists: {"in_stock": "EXISTS (…)"}."""
        ...
