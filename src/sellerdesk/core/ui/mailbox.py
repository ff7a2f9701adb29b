"""The captured mailbox of a demonstration: what would have been sent, newest first. Never mounted in production."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import NotFound
from sellerdesk.core.http.access import public_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.models import Message

_PAGE = 30


@public_view
def mailbox(request: WebRequest) -> HttpResponse:
    """The list. `to` narrows it to one address, `c` is the paging cursor."""
    to = request.GET.get("to", "").strip()[:320]
    cursor = request.GET.get("c", "")
    rows = Message.objects.order_by("-id")
    if to:
        rows = rows.filter(to=to)
    if cursor:
        rows = rows.filter(pk__lt=cursor_decode(cursor, 1)[0])
    found = list(rows.values("id", "channel", "to", "subject", "text", "created_at")[: _PAGE + 1])
    more = cursor_encode(found[_PAGE - 1]["id"]) if len(found) > _PAGE else ""
    return render(request, "core/mailbox.html", {"rows": found[:_PAGE], "to": to, "more": more})


@public_view
def message(request: WebRequest, message_id: int) -> HttpResponse:
    row = Message.objects.filter(pk=message_id).first()
    if row is None:
        raise NotFound("message_not_found")
    return render(request, "core/mailbox_message.html", {"message": row})
