"""Answering with papers that sellers handed in: looked at, never run."""

from __future__ import annotations

from django.http import HttpResponse

_EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def answer(name: str, kind: str, data: bytes) -> HttpResponse:
    """A paper for the browser. Pictures are shown; a PDF is saved, so that nothing in it runs beside the console."""
    response = HttpResponse(data, content_type=kind)
    place = "attachment" if kind == "application/pdf" else "inline"
    response["Content-Disposition"] = f'{place}; filename="paper.{_EXTENSIONS.get(kind, "bin")}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response
