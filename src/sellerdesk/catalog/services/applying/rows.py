"""One wish on its way through the engine, and what may be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sellerdesk.catalog import rules, states
from sellerdesk.catalog.errors import MESSAGES
from sellerdesk.catalog.moderation_types import Verdict
from sellerdesk.catalog.types import OfferPart, Outcome, ProductDraft
from sellerdesk.core.errors import FieldError

CONTENT = {"offer_id": "text", "name": "text", "names": "json", "description": "text", "descriptions": "json",
            "category_id": "int", "type_id": "int", "barcodes": "json", "depth_mm": "int", "width_mm": "int",
            "height_mm": "int", "weight_g": "int", "vat": "text", "attributes": "json", "images": "json",
            "complexes": "json", "documents": "json"}


@dataclass(frozen=True, slots=True)
class Wish:
    """A draft to apply. `product_id` names the card where the offer id itself may change.

    `errors` were found on the way here (a cell that is no number): the row is judged for the rest and refused.
    `reborn` are the numbers (id, SKU) of a product that was taken back and is brought back under them.
    """

    draft: ProductDraft
    product_id: int | None = None
    errors: tuple[FieldError, ...] = ()
    reborn: tuple[int, int] | None = None


@dataclass(slots=True)
class Row:
    """One wish on its way: what was found wrong, what it meets, what will be written."""

    at: int
    draft: ProductDraft
    existing: dict[str, Any] | None
    errors: list[FieldError] = field(default_factory=list)
    failed: bool = False
    content: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    priced: bool = False
    score: int = 0
    product_id: int = 0
    sku: int = 0
    reborn: tuple[int, int] | None = None
    verdict: Verdict | None = None
    known_parts: dict[str, Mapping[str, str]] = field(default_factory=dict)
    # Only parts are looked at: the card is not even loaded.
    bare: bool = False

    @property
    def card_changed(self) -> bool:
        return not self.bare and self._differs()

    def _differs(self) -> bool:
        return self.existing is None or any(self.existing[name] != self.content[name] for name in CONTENT)

    @property
    def status(self) -> str:
        return self.verdict.status if self.verdict else states.after_check(priced=self.priced)

    @property
    def moderated(self) -> list[Any]:
        """What moderation says of the card, as _MODERATED stores it."""
        verdict = self.verdict or Verdict(self.status)
        return [verdict.hidden_because, verdict.in_review, list(verdict.remarks), len(verdict.remarks)]

    @property
    def outcome(self) -> Outcome:
        if self.failed:
            return "failed"
        if self.bare:
            return "updated" if self.parts else "unchanged"
        if self.existing is None:
            return "created"
        moved = self.existing["status"] != self.status
        return "updated" if self.parts or moved or self.card_changed else "unchanged"


class Refused(Exception):
    """A higher domain refused its part after all; the batch is rolled back and tried without those rows."""

    def __init__(self, errors: dict[int, list[FieldError]]) -> None:
        self.errors = errors


def refuse(row: Row, name: str, code: str, value: str) -> None:
    row.errors.append(FieldError(name, code, MESSAGES[code], value[:120]))
    row.failed = True


def of_part(part: OfferPart, error: FieldError, given: Mapping[str, Any]) -> FieldError:
    """A part's error under the draft's field name, with the value as it was written."""
    return FieldError(f"parts.{part.name}.{error.field}", error.code, error.message,
                      str(given.get(error.field, error.value)), error.data)


def same(first: Any, second: Any) -> bool:
    """Whether two spellings mean the same amount; an absent amount and zero do."""
    left, right = (rules.number(str(value), whole=False) or str(value).strip() for value in (first, second))
    return (left or "0") == (right or "0")
