"""Reading chats. Each function needs a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db.models import Count, F, Min, Q, QuerySet, Sum

from sellerdesk.core import rules as dated
from sellerdesk.core import scope, tally
from sellerdesk.core.db import of_shop
from sellerdesk.core.tally import Tally
from sellerdesk.core.types import Page
from sellerdesk.messaging import rules
from sellerdesk.messaging.errors import ChatNotFound, MessageNotFound
from sellerdesk.messaging.models import Chat, Message, Note, Template, Translation
from sellerdesk.messaging.queries import paging
from sellerdesk.messaging.queries.searching import CHATS, searched
from sellerdesk.messaging.types import (
    BUYER,
    ChatFilter,
    ChatRow,
    Facts,
    MessageRow,
    NoteRow,
    TemplateRow,
    Windows,
)
from sellerdesk.orders.types import PostingCard
from sellerdesk.sellers.types import SellerRef

_ROW = ("id", "posting_number", "order_number", "product_id", "sku", "offer_id", "name", "buyer_name", "scheme",
        "opened", "created_at", "last_at", "last_id", "last_by", "last_text", "unread", "awaiting", "write_until",
        "seller_read_id", "buyer_read_id", "assignee_id", "assignee", "version")
_MESSAGE = ("id", "chat_id", "by", "author", "kind", "text", "file_key", "file_name", "size_bytes", "at", "edited_at",
            "masked")

_LINKS = "messaging.files"
_LINK_SECONDS = 7 * 24 * 3600


def chats_page(seller: SellerRef, *, filter: ChatFilter, cursor: str | None = None, limit: int = 50,
               warehouse_ids: Sequence[int] = ()) -> Page[ChatRow]:
    """Chats, the latest word first. One query, two with words. Raises Invalid `cursor_invalid`."""
    return paging.newest(_filtered(seller, filter, warehouse_ids), _ROW, lambda row: ChatRow(*row), "last_at", cursor,
                         limit)


def _filtered(seller: SellerRef, where: ChatFilter, warehouse_ids: Sequence[int] = ()) -> QuerySet[Chat]:
    rows = _mine(seller, warehouse_ids)
    tabs = {"awaiting": Q(awaiting=True, opened=True), "unread": Q(unread__gt=0), "open": Q(opened=True),
            "closed": Q(opened=False), "mine": Q(assignee_id=where.user_id)}
    if where.tab in tabs:
        rows = rows.filter(tabs[where.tab])
    if where.assignee_id:
        rows = rows.filter(assignee_id=where.assignee_id)
    if where.posting_number:
        rows = rows.filter(posting_number=where.posting_number)
    if where.since:
        rows = rows.filter(last_at__gte=where.since)
    if where.to:
        rows = rows.filter(last_at__lt=where.to)
    return searched(CHATS, rows, seller, where.search) if where.search else rows


def _mine(seller: SellerRef, warehouse_ids: Sequence[int]) -> QuerySet[Chat]:
    rows = Chat.objects.filter(seller_id=seller.id)
    return rows.filter(warehouse_id__in=warehouse_ids) if warehouse_ids else rows


def chat_counts(seller: SellerRef, user_id: int = 0, warehouse_ids: Sequence[int] = ()) -> dict[str, int]:
    """How many chats each tab of the list has. One query."""
    found: dict[str, int] = _mine(seller, warehouse_ids).aggregate(
        awaiting=Count("id", filter=Q(awaiting=True, opened=True)), unread=Count("id", filter=Q(unread__gt=0)),
        mine=Count("id", filter=Q(assignee_id=user_id)), open=Count("id", filter=Q(opened=True)),
        closed=Count("id", filter=Q(opened=False)), all=Count("id"))
    return found


def chats_awaiting(seller: SellerRef, warehouse_ids: Sequence[int] = ()) -> Tally:
    """How many open chats wait for the shop's word, for the menu. Over an index."""
    return tally.rows(_mine(seller, warehouse_ids).filter(awaiting=True, opened=True))


def chat(seller: SellerRef, chat_id: int, warehouse_ids: Sequence[int] = ()) -> ChatRow:
    """Raises ChatNotFound, also for one outside these warehouses. One query."""
    row = _mine(seller, warehouse_ids).filter(pk=chat_id).values_list(*_ROW).first()
    if row is None:
        raise ChatNotFound()
    return ChatRow(*row)


def chat_of_posting(seller: SellerRef, posting_number: str) -> ChatRow | None:
    """The conversation about a posting, if there is one. One query."""
    row = Chat.objects.filter(seller_id=seller.id, posting_number=posting_number).values_list(*_ROW).first()
    return ChatRow(*row) if row else None


def may_start(card: PostingCard, now: datetime) -> bool:
    """Whether the shop may begin a chat about a posting now. No query once the rules are read."""
    facts = Facts(card.in_process_at, card.delivered_at or card.cancelled_at)
    return rules.may_start(policy(card.scheme, now)[0], facts, now)


def policy(scheme: str, at: datetime) -> tuple[Windows, dated.Source]:
    """The windows in force for a scheme, with where they come from."""
    rule = dated.get("messaging.windows", scheme, at)
    return rules.windows(rule.value), rule.source


def messages(seller: SellerRef, chat_id: int, *, before: int = 0, limit: int = 100,
             language: str = "") -> tuple[list[MessageRow], bool]:
    """The latest messages before one (0: all), oldest first, and whether older ones follow. Two queries.

    `language`: with translations into it where there are some.
    """
    rows = Message.objects.filter(seller_id=seller.id, chat_id=chat_id)
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id").values_list(*_MESSAGE)[:limit + 1])
    shown = found[:limit][::-1]
    known: dict[int, str] = dict(Translation.objects.filter(
        seller_id=seller.id, message_id__in=[row[0] for row in shown], language=language).values_list(
        "message_id", "text")) if language else {}
    return [replace(MessageRow(*row), translation=known.get(row[0], "")) for row in shown], len(found) > limit


def history(seller: SellerRef, chat_id: int, *, from_id: int = 0, forward: bool = False, limit: int = 50,
            ids: Sequence[int] = ()) -> tuple[list[MessageRow], bool]:
    """Messages for programs: from one (with it) onwards or backwards, and whether more follow. One query."""
    rows = Message.objects.filter(seller_id=seller.id, chat_id=chat_id)
    if ids:
        rows = rows.filter(id__in=ids)
    if from_id:
        rows = rows.filter(id__gte=from_id) if forward else rows.filter(id__lte=from_id)
    found = list(rows.order_by("id" if forward else "-id").values_list(*_MESSAGE)[:limit + 1])
    return [MessageRow(*row) for row in found[:limit]], len(found) > limit


def message(seller: SellerRef, message_id: int, chat_id: int = 0) -> MessageRow:
    """One message, of this chat where one is named. Raises MessageNotFound. One query."""
    rows = Message.objects.filter(seller_id=seller.id, pk=message_id)
    row = (rows.filter(chat_id=chat_id) if chat_id else rows).values_list(*_MESSAGE).first()
    if row is None:
        raise MessageNotFound()
    return MessageRow(*row)


def messages_by_id(seller: SellerRef, message_ids: Iterable[int]) -> dict[int, MessageRow]:
    """Messages of any of the shop's chats, by id. One query."""
    return {row[0]: MessageRow(*row) for row in Message.objects.filter(
        of_shop(seller.id), pk__in=set(message_ids)).values_list(*_MESSAGE)}


def notes(seller: SellerRef, chat_id: int) -> list[NoteRow]:
    """What colleagues wrote beside a chat, oldest first. One query."""
    return [NoteRow(*row) for row in Note.objects.filter(seller_id=seller.id, chat_id=chat_id).order_by(
        "id").values_list("id", "author", "text", "at")[:200]]


def templates(seller: SellerRef) -> list[TemplateRow]:
    """The shop's ready answers, by name. One query."""
    return [TemplateRow(*row) for row in Template.objects.filter(seller_id=seller.id).order_by("name").values_list(
        "id", "name", "text")[:200]]


def api_chats(seller: SellerRef, *, opened: bool | None = None, unread_only: bool = False, cursor: str = "",
              limit: int = 30, warehouse_ids: Sequence[int] = ()) -> tuple[list[tuple[ChatRow, int]], int, str]:
    """Chats for programs, the latest word first, and those that nobody has written in yet by when they began: each with
    its first unread message (0: none), how many messages are unread in all, and where the next page begins. Three
    queries. Raises Invalid `cursor_invalid`.
    """
    rows = _mine(seller, warehouse_ids)
    total = rows.aggregate(n=Sum("unread"))["n"] or 0
    if opened is not None:
        rows = rows.filter(opened=opened)
    if unread_only:
        rows = rows.filter(unread__gt=0)
    page = paging.newest(rows, _ROW, lambda row: ChatRow(*row), "last_at", cursor, limit)
    shown = page.rows
    first: dict[int, int] = {}
    for chat_id, message_id in Message.objects.filter(
            seller_id=seller.id, by=BUYER, chat_id__in=[row.id for row in shown if row.unread],
            id__gt=F("chat__seller_read_id")).values("chat_id").annotate(n=Min("id")).order_by().values_list(
            "chat_id", "n"):
        first[chat_id] = message_id
    return [(row, first.get(row.id, 0)) for row in shown], int(total), page.next_cursor


def templates_filled(seller: SellerRef, row: ChatRow, tracking: str) -> list[TemplateRow]:
    """The ready answers with a chat's own words in place of their variables. One query."""
    values = {"buyer": row.buyer_name.split()[0] if row.buyer_name else "", "posting": row.posting_number,
              "order": row.order_number, "product": row.name, "tracking": tracking, "shop": seller.name}
    return [TemplateRow(one.id, one.name, rules.filled(one.text, values)) for one in templates(seller)]


def link_of(message_id: int) -> str:
    """A word that opens a message's file for a week, without signing in: for programs. No query."""
    return signing.dumps(message_id, salt=_LINKS)


def file_of_link(token: str) -> MessageRow:
    """The message whose file a link opens. Raises MessageNotFound for an old or strange one. One query."""
    try:
        message_id = signing.loads(token, salt=_LINKS, max_age=_LINK_SECONDS)
    except signing.BadSignature:
        raise MessageNotFound() from None
    with scope.across_shops():
        row = Message.objects.filter(pk=message_id).exclude(file_key="").values_list(*_MESSAGE).first()
    if row is None:
        raise MessageNotFound()
    return MessageRow(*row)


def translates() -> bool:
    """Whether a translator is connected to this installation. No query."""
    return bool(settings.TRANSLATOR_URL)


def edit_minutes(at: datetime) -> int:
    """For how long a message can be changed after it was sent."""
    return int(dated.get("messaging.editing", "", at).value["minutes"])


def open_chats(seller: SellerRef, numbers: Sequence[str]) -> dict[str, ChatRow]:
    """The chats about these postings, by number. One query."""
    return {row[1]: ChatRow(*row) for row in Chat.objects.filter(
        seller_id=seller.id, posting_number__in=numbers).values_list(*_ROW)}
