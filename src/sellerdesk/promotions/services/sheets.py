"""The spreadsheet door of actions: eligible products as rows, and the changed rows back. Judged by `joining.join`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import IO

from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog.services.sheets import limits as sheet_limits
from sellerdesk.catalog.services.sheets import reading
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid
from sellerdesk.core.money import Money
from sellerdesk.core.spreadsheet import plain_cell
from sellerdesk.promotions import queries, rules
from sellerdesk.promotions.services import joining
from sellerdesk.promotions.types import PRICE_KINDS, ActionRow, JoinInput, JoinOutcome
from sellerdesk.sellers.types import SellerRef

#: In words that do not depend on a language, so that a file can be sent by anybody.
COLUMNS = ("offer_id", "name", "price", "min_price", "max_action_price", "action_price", "stock")
MAX_BYTES = 2 * 1024 * 1024


def lines(*, seller: SellerRef, row: ActionRow) -> Iterable[list[str]]:
    """One line for each eligible product; `action_price` is filled in for those in the action."""
    inside = {entry.product_id: entry for entry in queries.entries(seller, action_ids=[row.id])}

    def text(amount: int) -> str:
        return Money(amount, seller.currency).decimal_text() if amount else ""

    for ref, one in queries.candidates(seller, row):
        entry = inside.get(ref.id)
        most = rules.highest(one.price_minor, row.terms.discount_bp) if row.terms.kind in PRICE_KINDS else 0
        yield [ref.offer_id, ref.name, text(one.price_minor), text(one.min_minor), text(most),
               text(entry.price_minor) if entry else "", str(entry.stock) if entry and entry.stock is not None else ""]


def take_in(*, seller: SellerRef, action_id: int, handle: IO[bytes], size: int, actor: Actor, now: datetime
            ) -> list[JoinOutcome]:
    """Join with every row that has an action price; rows without one stay as they are. Raises Invalid,
    FileRefused and what `joining.join` does."""
    limits = sheet_limits.limits(now)
    reading.glance(handle, size, limits)
    found_lines = iter(reading.opened(handle, limits).rows)
    names = [cell.strip() for cell in next(found_lines).cells]
    if not {"offer_id", "action_price"} <= set(names):
        raise Invalid("promotion_sheet_strange", _("The first row must name the columns; offer_id and action_price "
                                                   "are needed. Begin with the file you download here."), field="file")
    rows = []
    for line in found_lines:
        cells = {name: plain_cell(text.strip()) for name, text in zip(names, line.cells, strict=False)}
        stock = cells.get("stock", "")
        if cells.get("action_price"):
            rows.append(JoinInput(offer_id=cells.get("offer_id", ""), price=cells["action_price"],
                                  stock=int(stock) if stock.isdecimal() and len(stock) < 8 else None))
    if not rows:
        raise Invalid("promotion_sheet_empty", _("No row has an action_price, so there is nothing to do."),
                      field="file")
    found: list[JoinOutcome] = []
    for start in range(0, len(rows), joining.MAX_ROWS):
        found += joining.join(seller=seller, action_id=action_id, rows=rows[start:start + joining.MAX_ROWS],
                              actor=actor, now=now)
    return found
