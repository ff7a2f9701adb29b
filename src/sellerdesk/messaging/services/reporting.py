"""Reports to the marketplace: fake reviews, abusive chats. A shop reports, operators decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import F

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.messaging import events, rules
from sellerdesk.messaging.errors import AlreadyDecided, AlreadyReported, ReasonUnknown, ReportNotFound, ReviewNotFound
from sellerdesk.messaging.models import Chat, Report, Review
from sellerdesk.messaging.services import replying, rows
from sellerdesk.messaging.types import ABUSE_REASONS, FAKE_REASONS
from sellerdesk.sellers.types import SellerRef


def report_review(*, seller: SellerRef, review_id: int, reason: str, comment: str, actor: Actor,
                  now: datetime) -> int:
    """Say that a review is fake or breaks the rules; the report's id. Raises ReviewNotFound, ReasonUnknown,
    AlreadyReported."""
    if reason not in FAKE_REASONS:
        raise ReasonUnknown()
    with atomic():
        review = Review.objects.filter(seller_id=seller.id, pk=review_id).first()
        if review is None:
            raise ReviewNotFound()
        made = _made(seller, reason, comment, now, review_id=review.pk)
        activity.record_many([replying.entry(events.REPORTED, review, now, actor, reason=reason, report_id=made)])
        return made


def report_chat(*, seller: SellerRef, chat_id: int, reason: str, comment: str, actor: Actor, now: datetime,
                only_in: Sequence[int] = ()) -> int:
    """Say that a buyer abuses a chat; the report's id. Raises ChatNotFound, ReasonUnknown, AlreadyReported."""
    if reason not in ABUSE_REASONS:
        raise ReasonUnknown()
    with atomic():
        chat = rows.chat_of(seller, chat_id, only_in)
        made = _made(seller, reason, comment, now, chat_id=chat.pk)
        Chat.objects.filter(pk=chat.pk).update(version=F("version") + 1)
        activity.record_many([rows.entry(events.REPORTED, chat, now, actor, reason=reason, report_id=made)])
        return made


def _made(seller: SellerRef, reason: str, comment: str, now: datetime, **about: Any) -> int:
    try:
        with atomic():
            return Report.objects.create(seller_id=seller.id, reason=reason, comment=comment.strip()[:1000],
                                         created_at=now, **about).pk
    except IntegrityError:
        raise AlreadyReported() from None


def decide(*, report_id: int, upheld: bool, answer: str, actor: Actor, now: datetime) -> None:
    """An operator's word: a fake review disappears and counts no more, an abused chat is closed for the buyer too.

    Raises ReportNotFound, AlreadyDecided.
    """
    state = "upheld" if upheld else "declined"
    with atomic():
        row = Report.objects.select_related("chat", "review").filter(pk=report_id).first()
        if row is None:
            raise ReportNotFound()
        if not Report.objects.filter(pk=row.pk, state="open").update(
                state=state, answer=answer.strip()[:1000], decided_at=now):
            raise AlreadyDecided()
        if row.review:
            if upheld:
                rule = dated.get("messaging.counting", "", now)
                Review.objects.filter(pk=row.review.pk).update(
                    removed=True, counts=rules.counts(row.review.order_status, True, rule.value), rule_id=rule.id,
                    status="PROCESSED")
            activity.record_many([replying.entry(events.REPORT_DECIDED, row.review, now, actor, state=state)])
        elif row.chat:
            told = [rows.entry(events.REPORT_DECIDED, row.chat, now, actor, state=state)]
            closed = upheld and Chat.objects.filter(pk=row.chat.pk, opened=True).update(
                opened=False, awaiting=False, write_until=now)
            Chat.objects.filter(pk=row.chat.pk).update(version=F("version") + 1)
            if closed:
                told.append(rows.entry(events.CHAT_CLOSED, row.chat, now, actor))
            activity.record_many(told)
