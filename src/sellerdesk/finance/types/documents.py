"""Documents of money: one set of figures, from which every form is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sellerdesk.core.money import Money

Cell = str | int | Money


@dataclass(frozen=True, slots=True)
class Goods:
    """Units of one SKU at one price and commission. Amounts are signed as the shop's: commission and returns are below
    zero, commission given back above."""

    sku: int
    offer_id: str
    name: str
    price_minor: int
    sold: int
    sold_minor: int
    commission_minor: int
    returned: int
    returned_minor: int
    commission_back_minor: int
    posting_number: str = ""
    at: datetime | None = None

    @property
    def net_minor(self) -> int:
        return self.sold_minor + self.commission_minor + self.returned_minor + self.commission_back_minor


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, both by their keys; words are put in when drawn. A text of the column `kind` is a key too."""

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a document says. `ledger_minor` is the same total read another way, from another table or other accounts."""

    kind: str
    start_day: date
    end_day: date
    currency: str
    tables: tuple[Table, ...]
    total_minor: int
    ledger_minor: int

    @property
    def difference_minor(self) -> int:
        return self.total_minor - self.ledger_minor

    @property
    def rows(self) -> int:
        return sum(len(table.rows) for table in self.tables)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as lists show it. States: waiting, processing, success, failed."""

    id: int
    code: str
    kind: str
    number: str
    start_day: date
    end_day: date
    language: str
    state: str
    error: str
    rows: int
    total_minor: int
    difference_minor: int
    currency: str
    created_at: datetime
    made_at: datetime | None
    expires_at: datetime
    maker_label: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DocumentFile:
    name: str
    content_type: str
    data: bytes
