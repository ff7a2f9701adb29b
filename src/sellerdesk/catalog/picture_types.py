"""What crosses the border about uploads of pictures by file name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sellerdesk.catalog import picture_states
from sellerdesk.catalog.types import ImageInfo
from sellerdesk.core.errors import FieldError


@dataclass(frozen=True, slots=True)
class UploadInfo:
    """An upload, and how many of its files are in which state. `done` of `total` have been read or saved so far."""

    id: int
    file_name: str
    state: str
    mode: str
    total: int
    done: int
    actor_label: str
    created_at: datetime
    batch_id: int | None
    problem: FieldError | None
    counts: dict[str, int]

    @property
    def running(self) -> bool:
        return self.state in picture_states.RUNNING

    def count(self, *states: str) -> int:
        return sum(self.counts.get(state, 0) for state in states)

    @property
    def matched(self) -> int:
        return self.count(picture_states.MATCHED, picture_states.SAVED)

    @property
    def not_saved(self) -> int:
        return self.count(*picture_states.NOT_SAVED)


@dataclass(frozen=True, slots=True)
class FileInfo:
    """One file: what it is called, which product it means, and why it is not on the card."""

    number: int
    name: str
    state: str
    product_id: int
    matched_by: str
    position: int
    key: str
    thumb_key: str
    why: FieldError | None
    closest: Sequence[str]

    @property
    def thumb_url(self) -> str:
        return f"/media/{self.thumb_key}" if self.thumb_key else ""


def in_order(found: Sequence[FileInfo]) -> list[FileInfo]:
    """Files of one product as their pictures will stand: by the number in the name, then by the name."""
    return sorted(found, key=lambda file: (file.position, file.name))


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A product of the dry run: the pictures it has, those that come, and those that go if they replace."""

    product_id: int
    offer_id: str
    name: str
    has: Sequence[ImageInfo]
    files: Sequence[FileInfo]

    @property
    def going(self) -> list[ImageInfo]:
        coming = {file.key for file in self.files}
        return [image for image in self.has if image.key not in coming]
