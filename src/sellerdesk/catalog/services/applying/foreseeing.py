"""What applying wishes would do, without doing it: the dry run of a file, the check of a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sellerdesk.catalog import offer_parts
from sellerdesk.catalog.services.applying.judging_rows import judge, judge_parts
from sellerdesk.catalog.services.applying.rows import CONTENT, Row, Wish, of_part, same
from sellerdesk.catalog.types import ItemOutcome, OfferPart
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers.types import SellerRef

#: The code by which a part says: it would be taken, but held back until it is confirmed.
QUARANTINE = "quarantine"


@dataclass(frozen=True, slots=True)
class Preview:
    """What applying a wish would do: its outcome with errors, and the keys that would differ, as (key, before, after).

    Values of the card are as stored, those of parts as people write them. `moderated`: a person would look at the
    card; `quarantine`: the old price would stay until the new one is confirmed; `minutes`: a limit refuses a part now
    and lets it pass after so long.
    """

    outcome: ItemOutcome
    differences: tuple[tuple[str, Any, Any], ...] = ()
    moderated: bool = False
    quarantine: bool = False
    minutes: int = 0


def preview_wishes(seller: SellerRef, wishes: Sequence[Wish], actor: Actor, now: datetime, *,
                   only_parts: bool = False, taken: int = 0) -> list[Preview]:
    """Judge as `apply_wishes` does and write nothing. One preview per wish.

    `taken` new products were foreseen before and take up room.
    """
    rows = judge_parts(seller, wishes, {}, now) if only_parts else judge(seller, wishes, {}, now, taken)
    foreseen = _foresee(seller, rows, actor, now)
    made = []
    for row in rows:
        for part, errors in foreseen.get(row.at, {}).items():
            given = row.parts[part.name]
            row.errors += [of_part(part, error, given) for error in errors if error.code != QUARANTINE]
            row.failed = row.failed or any(error.code != QUARANTINE for error in errors)
        outcome = ItemOutcome(row.at, row.draft.offer_id, row.product_id, row.outcome, tuple(row.errors))
        held = any(error.code == QUARANTINE for errors in foreseen.get(row.at, {}).values() for error in errors)
        minutes = max((int(error.data.get("minutes", 0)) for errors in foreseen.get(row.at, {}).values()
                       for error in errors), default=0)
        made.append(Preview(outcome, _differences(row), bool(row.verdict and row.verdict.reasons), held, minutes))
    return made


def _foresee(seller: SellerRef, rows: Sequence[Row], actor: Actor,
             now: datetime) -> dict[int, dict[OfferPart, list[FieldError]]]:
    """What the parts' own domains would say of products that exist already."""
    found: dict[int, dict[OfferPart, list[FieldError]]] = {}
    at = {row.product_id: row.at for row in rows if row.existing and not row.failed}
    for part in offer_parts.registered():
        values = {row.product_id: row.parts[part.name] for row in rows
                  if row.product_id in at and part.name in row.parts}
        for product_id, errors in (part.foresee(seller, values, actor, now) if values else {}).items():
            if errors:
                found.setdefault(at[product_id], {})[part] = errors
    return found


def _differences(row: Row) -> tuple[tuple[str, Any, Any], ...]:
    known = row.existing or {}
    made = [] if row.bare else [(name, known.get(name), row.content[name]) for name in CONTENT
            if (known.get(name) != row.content[name] if row.existing else row.content[name])]
    for part, given in row.parts.items():
        before = row.known_parts.get(part, {})
        made += [(f"{part}.{key}", before.get(key, ""), value) for key, value in given.items()
                 if not same(value, before.get(key, ""))]
    return tuple(made)
