"""The grid of prices: trying out what was typed, calculating columns, saving what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sellerdesk.catalog.services import changes as journal
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import FieldError
from sellerdesk.core.money import Money, minor_digits
from sellerdesk.economics import queries as economics
from sellerdesk.economics.types import Unit
from sellerdesk.pricing import calculating, judging, queries, rules
from sellerdesk.pricing.calculating import Calculation
from sellerdesk.pricing.errors import TooManyRows, formula_invalid
from sellerdesk.pricing.formula import FormulaError
from sellerdesk.pricing.services.setting import MAX_ROWS, preview_prices, set_prices
from sellerdesk.pricing.types import Amounts, PreviewRow, PriceInput, PriceOutcome
from sellerdesk.sellers.types import SellerRef


@dataclass(frozen=True, slots=True)
class TriedRow:
    """A typed row before it is saved: what saving would do, and what would be left of the price."""

    preview: PreviewRow
    margin: Unit | None


@dataclass(frozen=True, slots=True)
class CalculatedRow:
    """A calculated amount as text, or why there is none."""

    product_id: int
    text: str
    error: FieldError | None = None


def try_rows(*, seller: SellerRef, rows: Sequence[PriceInput], now: datetime) -> list[TriedRow]:
    """What saving these rows would do, by the same judging, with the margin at the new amounts. Raises TooManyRows."""
    _bounded(rows)
    previews = preview_prices(seller=seller, changes=rows, now=now)
    rates = {row.product_id: rate for row in rows if (rate := judging.read_wish(row, seller.currency)[1])}
    known = economics.units(seller, {
        row.product_id: (row.after.price, row.after.cost) for row in previews if row.after}, now, rates=rates)
    return [TriedRow(row, known.get(row.product_id)) for row in previews]


def save_rows(*, seller: SellerRef, rows: Sequence[PriceInput], actor: Actor, now: datetime
              ) -> tuple[list[PriceOutcome], int]:
    """Save rows of the grid as one act; returns the outcomes and the batch that can be undone, 0 where nothing changed.

    Raises TooManyRows.
    """
    with journal.gathering(seller=seller, source="grid", actor=actor, now=now) as gathered:
        outcomes = set_prices(seller=seller, changes=rows, actor=actor, now=now, source="grid")
    return outcomes, gathered.batch_id


def calculate(*, seller: SellerRef, rows: Sequence[PriceInput], rule: Calculation, now: datetime
              ) -> list[CalculatedRow]:
    """A column calculated from what is saved and, on top of it, what was typed; nothing is written.

    Fees are those at the price the row has. Raises TooManyRows.
    """
    _bounded(rows)
    current = queries.prices(seller, [row.product_id for row in rows])
    based: dict[int, Amounts] = {}
    for row in rows:
        wish = judging.read_wish(replace(row, vat=None), seller.currency)[0]
        saved = judging.amounts_of(current[row.product_id]) if row.product_id in current else Amounts(0)
        based[row.product_id] = rules.merged(saved, wish)
    known = {} if not rule.expression.names & {"fee", "commission", "acquiring", "delivery"} else economics.units(
        seller, {id_: (one.price, one.cost) for id_, one in based.items()}, now)
    unit = 10 ** minor_digits(seller.currency)
    return [_calculated(seller, id_, amounts, known.get(id_), rule, unit) for id_, amounts in based.items()]


def _calculated(seller: SellerRef, product_id: int, amounts: Amounts, margin: Unit | None, rule: Calculation,
                unit: int) -> CalculatedRow:
    try:
        amount = calculating.calculated(rule, amounts, margin.named if margin else {}, unit)
    except FormulaError as error:
        return CalculatedRow(product_id, "", formula_invalid(error, rule.field).fields[0])
    return CalculatedRow(product_id, Money(amount, seller.currency).decimal_text())


def _bounded(rows: Sequence[PriceInput]) -> None:
    if len(rows) > MAX_ROWS:
        raise TooManyRows(data={"limit": MAX_ROWS, "count": len(rows)})
