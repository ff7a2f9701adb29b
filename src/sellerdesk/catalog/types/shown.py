"""What a seller gets: products as lists, cards and filters know them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sellerdesk.catalog.types.given import ValueInput
from sellerdesk.core.errors import FieldError

Outcome = Literal["created", "updated", "unchanged", "failed"]


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
    #: Depth, width and height of the packed product, mm; 0 is not known.
    sides_mm: tuple[int, int, int] = (0, 0, 0)


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
    score: int = 0


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """A picture of a card.

    `state` is waiting (queued, to be fetched from `source`), fetching, ready, or failed. `code` and `data` say to
    programs and `error` to people, in the reader's language, why it failed or what went wrong with the last try.
    """

    key: str
    thumb_key: str
    source: str
    state: str
    error: str = ""
    code: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    alt: str = ""
    color: bool = False

    @property
    def url(self) -> str:
        return f"/media/{self.key}" if self.key else ""

    @property
    def thumb_url(self) -> str:
        return f"/media/{self.thumb_key}" if self.thumb_key else ""

    @property
    def card_url(self) -> str:
        """As large as a card of the search shows it."""
        return f"/media/{sized(self.key, 'card')}" if self.key else ""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document of a card. `id` is 0 until it is there; `state` is waiting, ready or failed, `error` says why."""

    id: int
    name: str
    source: str
    state: str
    error: str = ""


def sized(key: str, size: str) -> str:
    """The key of a size of a picture (`card`, `list`) made from its own key."""
    return f"{key.removesuffix('.webp')}-{size}.webp"


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
    score: int = 0
    archived_how: str = ""
    hidden_because: str = ""
    in_review: bool = False
    documents: tuple[DocumentInfo, ...] = ()
    # Rows of attributes that belong together: complex id, values.
    complexes: tuple[tuple[int, tuple[AttributeValue, ...]], ...] = ()

    def title(self, language: str) -> str:
        return self.names.get(language) or self.name


@dataclass(frozen=True, slots=True)
class StateStep:
    """A step on the way to the shelf. `state` is done, now, todo or failed."""

    key: str
    label: Any
    state: str


@dataclass(frozen=True, slots=True)
class ProductState:
    """Where a product stands. `key` is a state of catalog.states, or selling, ready (no stock) or archived.

    `sentence` says what is, `next_step` what the seller can do about it (empty: nothing).
    """

    key: str
    label: Any
    tone: str
    sentence: Any
    next_step: Any
    steps: tuple[StateStep, ...]


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
    # How complete the card is, 0 to 100.
    score: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """A product by what figures are summed up by. `categories` are (id, name) from the top of the tree down; `brand`
    and `model` are empty where the card does not say them. Products with the same `model_key` are one card."""

    id: int
    sku: int
    offer_id: str
    name: str
    category_id: int
    categories: tuple[tuple[int, str], ...]
    brand: str
    model_key: str
    model: str
    created_at: datetime
