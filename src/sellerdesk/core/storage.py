"""Files under made-up names, in a local folder or an S3 bucket by setting."""

from __future__ import annotations

import hashlib
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from uuid_utils import uuid7

from sellerdesk.core.errors import NotFound


def save_bytes(prefix: str, data: bytes, extension: str) -> str:
    """Store bytes; returns the key, `<prefix>/<random>.<extension>`. The caller's file name is never used."""
    return default_storage.save(f"{prefix}/{uuid7()}.{extension}", ContentFile(data))


def save_file(prefix: str, handle: IO[bytes], extension: str) -> tuple[str, str]:
    """Store a file piece by piece; returns its key and its SHA-256."""
    digest = hashlib.sha256()
    handle.seek(0)
    while chunk := handle.read(1 << 20):
        digest.update(chunk)
    handle.seek(0)
    return default_storage.save(f"{prefix}/{uuid7()}.{extension}", File(handle)), digest.hexdigest()


def open_file(key: str) -> Any:
    """The stored file, to be read piece by piece and closed. Raises NotFound when there is no such file."""
    try:
        return default_storage.open(key)
    except (FileNotFoundError, OSError):
        raise NotFound() from None


def put_bytes(key: str, data: bytes) -> None:
    """Store bytes under a key of our own making, in place of what was there."""
    if default_storage.exists(key):
        default_storage.delete(key)
    default_storage.save(key, ContentFile(data))


def open_bytes(key: str) -> bytes:
    """Raises NotFound when there is no such file."""
    try:
        with default_storage.open(key) as handle:
            return handle.read()
    except (FileNotFoundError, OSError):
        raise NotFound() from None


def delete(key: str) -> None:
    default_storage.delete(key)


def url(key: str) -> str:
    return f"/media/{key}"
