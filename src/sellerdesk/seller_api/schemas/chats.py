"""Chats with buyers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from sellerdesk.seller_api.schemas.base import INT64_MAX, Answer, Request, Time

#: Message numbers stand as text in answers, and as either in requests.
MessageId = Annotated[int, Meta(ge=0, le=INT64_MAX)]


class ChatListFilter(Request):
    chat_status: Literal["ALL", "OPENED", "CLOSED", "All", "Opened", "Closed", ""] = "ALL"
    unread_only: bool = False


class ChatListRequest(Request):
    limit: Annotated[int, Meta(ge=1, le=100)] = 30
    filter: ChatListFilter = msgspec.field(default_factory=ChatListFilter)
    cursor: str = ""


class Chat(Answer, frozen=True):
    created_at: Time
    chat_id: str
    chat_status: str
    chat_type: str = "BUYER_SELLER"


class ListedChat(Answer, frozen=True):
    chat: Chat
    first_unread_message_id: str
    last_message_id: str
    unread_count: int


class ChatListResponse(Answer, frozen=True):
    chats: Sequence[ListedChat]
    total_unread_count: int
    cursor: str
    has_next: bool


class HistoryFilter(Request):
    message_ids: Sequence[MessageId] = ()


class ChatHistoryRequest(Request):
    chat_id: Annotated[str, Meta(min_length=1)]
    direction: Literal["Forward", "Backward", ""] = "Backward"
    filter: HistoryFilter = msgspec.field(default_factory=HistoryFilter)
    from_message_id: MessageId = 0
    limit: Annotated[int, Meta(ge=1, le=1000)] = 50


class Context(Answer, frozen=True):
    order_number: str
    sku: str


class User(Answer, frozen=True):
    id: str
    type: str


class Message(Answer, frozen=True):
    """`data` holds Markdown; a picture is a link that works for a week."""

    context: Context
    created_at: Time
    data: Sequence[str]
    is_image: bool
    is_read: bool
    message_id: str
    user: User
    moderate_image_status: str = "SUCCESS"


class ChatHistoryResponse(Answer, frozen=True):
    has_next: bool
    messages: Sequence[Message]


class ChatReadRequest(Request):
    chat_id: Annotated[str, Meta(min_length=1)]
    from_message_id: MessageId = 0


class ChatReadResponse(Answer, frozen=True):
    unread_count: int


class ChatStartRequest(Request):
    posting_number: Annotated[str, Meta(min_length=1)]


class StartedChat(Answer, frozen=True):
    chat_id: str


class ChatStartResponse(Answer, frozen=True):
    result: StartedChat


class ChatSendMessageRequest(Request):
    chat_id: Annotated[str, Meta(min_length=1)]
    text: Annotated[str, Meta(min_length=1, max_length=1000)]


class ChatSendFileRequest(Request):
    """`base64_content` is the file itself."""

    base64_content: Annotated[str, Meta(min_length=1)]
    chat_id: Annotated[str, Meta(min_length=1)]
    name: Annotated[str, Meta(min_length=1)]


class Sent(Answer, frozen=True):
    result: str = "success"
