"""Files in chats and photos of reviews: looked at by their bytes, pictures encoded anew, names of our own making."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sellerdesk.catalog.errors import PictureRefused
from sellerdesk.catalog.services import imaging
from sellerdesk.core import storage
from sellerdesk.messaging.errors import FileRefused
from sellerdesk.messaging.types import MOST_FILE_BYTES, MOST_PHOTOS, Photo
from sellerdesk.sellers.types import SellerRef

PREFIX = "chat-files"
_MEGABYTE = 1024 * 1024
_NAME = re.compile(r"[^\w.()+ -]+", re.UNICODE)
# A file that is a PDF to us and a page to somebody who guesses.
_PAGE = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|object|embed)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that has been kept: `kind` is image or file."""

    kind: str
    key: str
    name: str
    size_bytes: int


def store(*, seller: SellerRef, name: str, data: bytes, now: datetime) -> Stored:
    """Keep a picture or a PDF for a chat. Raises FileRefused for anything else, too large or broken."""
    shown = shown_name(name)
    if not data or len(data) > MOST_FILE_BYTES:
        raise FileRefused(shown, MOST_FILE_BYTES // _MEGABYTE)
    if data.startswith(b"%PDF-") and not _PAGE.search(data[:4096]):
        return Stored("file", storage.save_bytes(f"{PREFIX}/{seller.id}", data, "pdf"), shown, len(data))
    try:
        made = imaging.make(data, imaging.rules_at(now))
    except PictureRefused:
        raise FileRefused(shown, MOST_FILE_BYTES // _MEGABYTE) from None
    key = storage.save_bytes(f"{PREFIX}/{seller.id}", made.picture, "webp")
    return Stored("image", key, shown, len(made.picture))


def store_photos(*, seller: SellerRef, files: Sequence[bytes], now: datetime) -> tuple[Photo, ...]:
    """Keep photos of a review, which everybody may see. Raises PictureRefused."""
    limits = imaging.rules_at(now)
    made = [imaging.make(data, limits) for data in files[:MOST_PHOTOS]]
    return tuple(Photo(storage.save_bytes(f"pictures/reviews/{seller.id}", one.picture, "webp"), one.width, one.height)
                 for one in made)


def shown_name(name: str) -> str:
    """A file's name as it may be shown and sent on: no paths, no signs that mean something elsewhere."""
    last = re.split(r"[\\/]", name)[-1]
    return _NAME.sub("_", last).strip(" .")[-100:] or "file"
