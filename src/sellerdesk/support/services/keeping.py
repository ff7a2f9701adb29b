"""Files of messages: looked at by their bytes, kept under made-up names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellerdesk.core import attachments, storage
from sellerdesk.core import rules as dated
from sellerdesk.core.attachments import Upload
from sellerdesk.support.errors import FileRefused, FileTooLarge, TooManyFiles
from sellerdesk.support.models import TicketFile

PREFIX = "support"
_MEBI = 1024 * 1024


def checked(files: Sequence[Upload], now: datetime) -> list[tuple[Upload, str, str]]:
    """Files with content type and extension. Raises TooManyFiles, FileTooLarge, FileRefused; nothing is kept yet."""
    limits = dated.get("support.files", "", now).value
    if len(files) > limits["most"]:
        raise TooManyFiles(limits["most"])
    found = []
    for file in files:
        name = attachments.file_name(file.name)
        if len(file.data) > limits["bytes"]:
            raise FileTooLarge(name, limits["bytes"] // _MEBI)
        kind = attachments.sniff(file.data)
        if kind is None:
            raise FileRefused(name)
        found.append((Upload(name, file.data), *kind))
    return found


def keep(message_id: int, files: Sequence[tuple[Upload, str, str]]) -> None:
    """Store checked files with their message, in the caller's transaction."""
    TicketFile.objects.bulk_create([
        TicketFile(message_id=message_id, name=file.name, kind=kind, size_bytes=len(file.data),
                   storage_key=storage.save_bytes(PREFIX, file.data, extension))
        for file, kind, extension in files])
