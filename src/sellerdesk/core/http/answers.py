"""Answers that every screen gives alike: refusals as pages or toasts, toasts on success."""

from __future__ import annotations

import json
from typing import Literal

from django.http import HttpResponse
from django.shortcuts import render

from sellerdesk.core.errors import DomainError, LimitReached
from sellerdesk.core.http.request import WebRequest

STATUS = {"invalid": 422, "not_found": 404, "forbidden": 403, "conflict": 409, "limit": 429, "unavailable": 503,
          "error": 400}
Level = Literal["success", "info", "warning", "danger"]


def refuse(request: WebRequest, error: DomainError) -> HttpResponse:
    """A refusal as the caller can show it: a toast for htmx (nothing is swapped), a page otherwise."""
    status = STATUS[error.kind]
    if getattr(request, "htmx", False):
        response = HttpResponse(status=status)
        response["HX-Reswap"] = "none"
        toast(response, "danger", refusal_text(error))
    else:
        response = render(request, "core/error.html", {"status": status, "message": refusal_text(error),
                                                       "fields": error.fields, "code": error.code}, status=status)
    if isinstance(error, LimitReached):
        response["Retry-After"] = str(error.retry_after_seconds)
    return response


def refusal_text(error: DomainError) -> str:
    """The refusal in one line, with the first wrong field's own words where there are any."""
    if error.fields and error.code == "invalid":
        return " ".join(field.text for field in error.fields[:3])
    return error.text


def toast(response: HttpResponse, level: Level, text: str) -> HttpResponse:
    """Show a toast after an htmx swap. Header values are ASCII, so the text travels escaped."""
    events = json.loads(response.headers.get("HX-Trigger", "{}"))
    events.setdefault("toast", []).append({"level": level, "text": text})
    response["HX-Trigger"] = json.dumps(events)
    return response
