"""Files under made-up names, in a local folder or an S3 bucket by setting."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from uuid_utils import uuid7

from sellerdesk.core.errors import NotFound


def save_bytes(prefix: str, data: bytes, extension: str) -> str:
    """Store bytes; returns the key, `<prefix>/<random>.<extension>`. The caller's file name is never used."""
    return default_storage.save(f"{prefix}/{uuid7()}.{extension}", ContentFile(data))


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
