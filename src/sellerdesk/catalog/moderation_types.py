"""What moderation tells and is told. Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sellerdesk.catalog.types import ProductDraft
from sellerdesk.core.errors import FieldError

#: Why a person looks at a card, with how urgent each is: 0 to 100.
REASONS = {"flagged": 60, "seller": 55, "category": 50, "corrected": 40, "field": 35, "appeal": 70, "sample": 10}


@dataclass(frozen=True, slots=True)
class Submitted:
    """A card on its way in: the draft in canonical spelling, its columns to be, and the card it meets, if any.

    `existing` has the columns of the content, `id`, `status`, `hidden_because`, `in_review` and `errors`.
    """

    draft: ProductDraft
    content: Mapping[str, Any]
    existing: Mapping[str, Any] | None
    priced: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the engine and the rules of review make of a submitted card.

    `errors` are for whoever submitted it; one that blocks refuses the card. `remarks` are kept on the card, as rows.
    `reasons`: a person looks at it, see REASONS.
    """

    status: str
    hidden_because: str = ""
    in_review: bool = False
    errors: tuple[FieldError, ...] = ()
    blocked: bool = False
    remarks: tuple[dict[str, Any], ...] = ()
    reasons: tuple[str, ...] = ()
    risk: int = 0
    findings: tuple[dict[str, Any], ...] = ()
    rule_ids: tuple[int, ...] = ()
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing a decision names: the code of a template, the field it is about, and words of the operator's own."""

    code: str
    field: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A line of the queue."""

    id: int
    seller_id: int
    seller_name: str
    product_id: int
    name: str
    offer_id: str
    thumb_url: str
    kind: str
    state: str
    reasons: tuple[str, ...]
    risk: int
    sells: bool
    opened_at: datetime
    due_at: datetime
    assignee: str
    assignee_id: int | None
    second_opinion: str


@dataclass(frozen=True, slots=True)
class DecisionInfo:
    at: datetime
    operator: str
    operator_id: int | None
    verdict: str
    remarks: tuple[Remark, ...]
    note: str


@dataclass(frozen=True, slots=True)
class FileInfo:
    id: int
    name: str
    content_type: str
    size_bytes: int
    #: What the virus scanner said: pending, clean, refused; empty where none looked at it. And what it found.
    scan: str = ""
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One look at a card, with all an operator needs to decide. `before` and `after` hold the listed fields.

    `barred`: operators whose own decision the appeal is about, by id with their names; they do not decide it.
    """

    row: CaseRow
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    findings: tuple[Mapping[str, Any], ...]
    comment: str
    appeal_of: int | None
    remarks: tuple[Remark, ...]
    decided_at: datetime | None
    decisions: tuple[DecisionInfo, ...]
    files: tuple[FileInfo, ...]
    barred: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class SellerCase:
    """The latest decision on a product as its seller reads it. `may_appeal`: declined, and not appealed yet."""

    id: int
    kind: str
    state: str
    reasons: tuple[str, ...]
    remarks: tuple[Remark, ...]
    opened_at: datetime
    due_at: datetime
    decided_at: datetime | None
    may_appeal: bool
    comment: str = ""


@dataclass(frozen=True, slots=True)
class TouchedCard:
    """A card that a rule would touch, with the word it found, if any."""

    id: int
    seller_id: int
    offer_id: str
    name: str
    found: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a version of a table would do: of `looked_at` cards on sale it touches `touched`, `blocked` of them so that
    they could not be sent any more; the version in force touches `touched_now`. `capped`: there are more cards."""

    looked_at: int
    touched: int
    blocked: int
    touched_now: int
    capped: bool
    examples: tuple[TouchedCard, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """An operator took the product off the shelf."""

    at: datetime
    remark: Remark


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A paper about goods. `products` is how many it covers."""

    id: int
    type: str
    accordance: str
    number: str
    name: str
    issued_on: date
    expires_on: date | None
    brand_id: int | None
    state: str
    reason: str
    note: str
    products: int
    created_at: datetime
    decided_at: datetime | None
    decided_by: str
    replaces_id: int | None
    seller_id: int = 0
    files: tuple[FileInfo, ...] = ()
