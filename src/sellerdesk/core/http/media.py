"""Stored pictures. Names are random, content types come from our own re-encoding, and nothing is ever executed."""

from __future__ import annotations

import mimetypes
import re

from django.http import HttpResponse

from sellerdesk.core import storage
from sellerdesk.core.errors import NotFound
from sellerdesk.core.http.request import WebRequest

PUBLIC_PREFIXES = ("pictures/",)
_SIZE = re.compile(r"-(card|list)\.webp$")


def media(request: WebRequest, key: str) -> HttpResponse:
    """Product pictures are public, as in any shop window. Other prefixes are served by their own views."""
    if not key.startswith(PUBLIC_PREFIXES) or ".." in key:
        raise NotFound()
    kind = mimetypes.guess_type(key)[0] or "application/octet-stream"
    data, lasting = _of_size(key)
    response = HttpResponse(data, content_type=kind)
    response["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "public, max-age=60"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def download(number: int, kind: str, storage_key: str) -> HttpResponse:
    """A file that somebody sent, to be saved: nothing of it runs in the browser. Raises NotFound when it is gone."""
    answer = HttpResponse(storage.open_bytes(storage_key), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="file-{number}.{storage_key.rpartition(".")[2]}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def _of_size(key: str) -> tuple[bytes, bool]:
    """The bytes of a key, and whether they will stay the same. A size not made yet is stood in for by the whole."""
    try:
        return storage.open_bytes(key), True
    except NotFound:
        size = _SIZE.search(key)
        if size is None:
            raise
        return storage.open_bytes(f"{key[:size.start()]}.webp"), False
