"""Reports to the marketplace: a shop's own, and all of them for operators."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from sellerdesk.core import clock, tally
from sellerdesk.core.paging import keyset
from sellerdesk.core.tally import Tally
from sellerdesk.core.types import Page
from sellerdesk.messaging.models import Message, Report
from sellerdesk.messaging.types import MessageRow, ReportRow
from sellerdesk.sellers.types import SellerRef


def _rows(rows: QuerySet[Report]) -> list[ReportRow]:
    return [_row(row) for row in rows.select_related("chat", "review")]


def _row(row: Report) -> ReportRow:
    about: Any = row.chat or row.review
    excerpt = row.review.text if row.review else about.last_text
    return ReportRow(row.pk, row.seller_id, "review" if row.review else "chat", row.chat_id, row.review_id, row.reason,
                     row.comment, excerpt, row.state, row.answer, row.created_at, row.decided_at)


def reports_of(seller: SellerRef, *, chat_id: int = 0, review_id: int = 0) -> list[ReportRow]:
    """What the shop reported about one chat or review, newest first. One query."""
    rows = Report.objects.filter(seller_id=seller.id)
    rows = rows.filter(chat_id=chat_id) if chat_id else rows.filter(review_id=review_id)
    return _rows(rows.order_by("-id")[:20])


def reports(*, state: str = "open", cursor: str | None = None, limit: int = 50) -> Page[ReportRow]:
    """Reports of all shops, oldest first: operators' work. One query."""
    return keyset(Report.objects.filter(clock.shops(), state=state).select_related("chat", "review"), "id",
                  cursor=cursor, limit=limit).map(_row)


def reports_open() -> Tally:
    """How many reports wait for operators, for the menu. Over an index."""
    return tally.rows(Report.objects.filter(clock.shops(), state="open"))


def talk(chat_id: int, limit: int = 30) -> list[MessageRow]:
    """The latest messages of a reported chat, oldest first, for operators. One query."""
    rows = list(Message.objects.filter(chat_id=chat_id).order_by("-id").values_list(
        "id", "chat_id", "by", "author", "kind", "text", "file_key", "file_name", "size_bytes", "at", "edited_at",
        "masked")[:limit])
    return [MessageRow(*row) for row in rows[::-1]]
