"""The list of chats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core.ui import tables as t
from sellerdesk.messaging import texts
from sellerdesk.messaging.types import BUYER, ChatRow

STATES = {"awaiting": t.Badge(_("Waits for you"), "warning"), "answered": t.Badge(_("Answered"), "neutral"),
          "quiet": t.Badge(pgettext_lazy("chat", "Open"), "neutral"),
          "closed": t.Badge(pgettext_lazy("chat", "Closed"), "neutral", "lock")}


def state_of(row: ChatRow) -> str:
    if not row.opened:
        return "closed"
    return "awaiting" if row.awaiting else "answered" if row.last_by else "quiet"


@dataclass(frozen=True, slots=True)
class ChatView:
    """One chat as the list shows it."""

    row: ChatRow
    thumb_url: str
    due: Any

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def href(self) -> str:
        return reverse("messaging:chat", args=[self.row.id])

    @property
    def said(self) -> Any:
        row = self.row
        text = row.last_text or (__("A file") if row.last_by else "—")
        mine = "" if row.last_by in ("", BUYER) else format_html('<span class="chat-you">{}</span> ', __("You:"))
        unread = format_html(' <span class="chat-unread num" title="{}">{}</span>', __("Unread messages"),
                             row.unread) if row.unread else ""
        return format_html('<span class="chat-said{}">{}{}</span>{}', " is-unread" if row.unread else "", mine, text,
                           unread)


def views(rows: list[ChatRow], thumbs: Mapping[int, str], dues: Mapping[int, Any]) -> list[ChatView]:
    return [ChatView(row, thumbs.get(row.product_id, ""), dues.get(row.id)) for row in rows]


class ChatTable(t.Table):
    page = "messaging.chats"
    caption = _("Chats with buyers")
    columns = (
        t.Column("thumb", _("Picture"), kind="image", value=lambda view: view.thumb_url,
                 sub=lambda view: view.row.name),
        t.Column("buyer", _("Buyer"), primary=True, kind="link", value=lambda view: view.row.buyer_name or "—",
                 sub=lambda view: view.row.name, href="href"),
        t.Column("said", _("Last message"), kind="html"),
        t.Column("state", _("Status"), kind="badge", value=lambda view: state_of(view.row), choices=STATES),
        t.Column("due", pgettext_lazy("messaging", "Answer by"), kind="due"),
        t.Column("posting", _("Posting"), kind="html", hide_on_phone=True, value=lambda view: format_html(
            '<span class="num text-nowrap">{}</span>', view.row.posting_number)),
        t.Column("scheme", _("Scheme"), hidden=True, value=lambda view: texts.SCHEMES.get(view.row.scheme, "")),
        t.Column("assignee", _("Answers"), hide_on_phone=True, value=lambda view: view.row.assignee),
        t.Column("last_at", _("When"), kind="ago", value=lambda view: view.row.last_at),
    )
    tabs = (t.Tab("awaiting", _("Waits for you"), tone="warning"), t.Tab("unread", pgettext_lazy("chats", "Unread")),
            t.Tab("mine", pgettext_lazy("chats", "Mine")), t.Tab("open", pgettext_lazy("chats", "Open")),
            t.Tab("closed", pgettext_lazy("chats", "Closed")), t.Tab("all", pgettext_lazy("chats", "All")))
    filters = (
        t.SearchFilter("q", _("Words of the chat, posting, buyer, goods")),
        t.DateRangeFilter("since", _("Last message")),
    )
    row_href = "href"
    row_name = staticmethod(lambda view: view.row.buyer_name or view.row.posting_number)
    live_seconds = 2
    empty = t.Empty("messages", _("No chats here"),
                    _("When a buyer writes about an order, the conversation opens here. You can write first from the "
                      "page of an order, soon after payment or delivery."))
