"""Imports: tasks, columns, rows and their errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sellerdesk.core.errors import FieldError


@dataclass(frozen=True, slots=True)
class ImportTaskInfo:
    """`state` is one of import_states; `problems` say what is wrong with the file as a whole.

    While it runs, `stage_done` of `total` rows are through the present stage. `forecast` are the counts of the dry run;
    of its rows `limited` are refused by a limit for the time being, the last of them until `again_at` (epoch seconds of
    real time).
    `idle_seconds` is how long nothing has moved.
    """

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
    kind: str = "product"
    file_format: str = ""
    ask: bool = False
    stage_done: int = 0
    forecast: Mapping[str, int] = field(default_factory=dict)
    columns: tuple[ImportColumn, ...] = ()
    idle_seconds: int = 0

    @property
    def running(self) -> bool:
        """A worker is at it, or will be soon."""
        return self.state in ("waiting", "parsing", "checking", "applying")

    @property
    def saved(self) -> int:
        return self.created + self.updated

    @property
    def pending(self) -> int:
        return max(0, self.total - self.done)


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """A column of a file as it was understood; `key` empty means that it is left out."""

    index: int
    heading: str
    key: str = ""


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
    # Of the column in which it is corrected.
    key: str = ""


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
