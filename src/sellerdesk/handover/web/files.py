"""Papers on their way to a browser."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from sellerdesk.handover.types import PaperFile


def answer(file: PaperFile) -> HttpResponse:
    """PDF is shown by the browser, also a phone's, and printed from there; ZPL is saved for the label printer."""
    shown = "inline" if file.content_type in ("application/pdf", "image/png") else "attachment"
    response = HttpResponse(file.data, content_type=file.content_type)
    extension = file.name.rpartition(".")[2]
    response["Content-Disposition"] = f"{shown}; filename=\"paper.{extension}\"; filename*=UTF-8''{quote(file.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
