"""The marketplace's own reference data, and what hangs on it: types, attributes, copies, limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sellerdesk.catalog.types.given import ProductDraft


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
class TreeEntry:
    """A line of one column of the tree: a category to look into, or a type to choose (`type_id` is set).

    A category that holds nothing but one type is shown as that type, so that no step has a single choice.
    """

    category_id: int
    name: str
    type_id: int = 0


@dataclass(frozen=True, slots=True)
class TreeColumn:
    """One level of the tree: what lies below a category (0 is the top), and which of it leads further."""

    category_id: int
    name: str
    entries: tuple[TreeEntry, ...]
    open_id: int = 0


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
    complex_id: int = 0


@dataclass(frozen=True, slots=True)
class DictionaryRow:
    id: int
    value: str
    info: str = ""


@dataclass(frozen=True, slots=True)
class ProposalInfo:
    """A value that a shop misses. `state` is waiting, accepted or refused; `reason` says why it was refused."""

    id: int
    seller_id: int
    seller_name: str
    type_id: int
    type_name: str
    attribute_id: int
    attribute_name: str
    text: str
    state: str
    reason: str
    by: str
    created_at: datetime
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class CopyItem:
    """A card to be taken over by its SKU. Empty texts keep what the card has; `price` is the part's values."""

    sku: int
    offer_id: str = ""
    name: str = ""
    vat: str = ""
    price: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CopyOrigin:
    """A card of another shop that may be taken over."""

    sku: int
    seller_id: int
    product_id: int
    draft: ProductDraft


@dataclass(frozen=True, slots=True)
class CopyAsked:
    task_id: int
    unmatched: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """Another product on the same card; `aspects` says in words what makes it another one."""

    id: int
    offer_id: str
    thumb_url: str
    aspects: str


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How many products a shop has outside the archive and may have, and how many came back on this day of the count.

    `restored` counts those only that had gone to the archive by themselves.
    """

    day: date
    live: int
    live_limit: int
    restored: int
    restored_limit: int
    a_call: int


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """What a person typed into the editor: field → texts, as the form sends them. `product_id` 0 is a new card."""

    product_id: int
    type_id: int
    type_name: str
    fields: Mapping[str, list[str]]
    saved_at: datetime

    @property
    def title(self) -> str:
        return next(iter(self.fields.get("name", [])), "")


@dataclass(frozen=True, slots=True)
class Counts:
    """What loading reference data did."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    disabled: int = 0
