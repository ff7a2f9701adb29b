"""Chats with buyers: lists, messages, files, read marks."""

from __future__ import annotations

import base64
import binascii

from django.urls import reverse

from sellerdesk.core.errors import Invalid
from sellerdesk.messaging import queries, services
from sellerdesk.messaging.errors import ChatNotFound
from sellerdesk.messaging.types import BUYER, ChatRow, MessageRow
from sellerdesk.seller_api import parsing, scope
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.errors import ApiError, Code
from sellerdesk.seller_api.schemas import chats as models


def chat_id_of(key: str) -> int:
    """Raises ChatNotFound for a text that never was a chat."""
    found = queries.id_of("chat", key)
    if not found:
        raise ChatNotFound()
    return found


@endpoint("/v3/chat/list", request=models.ChatListRequest, answer=models.ChatListResponse, right="chats:read")
def chat_list(call: Call, request: models.ChatListRequest) -> models.ChatListResponse:
    """Lists chats, the latest word first."""
    opened = {"OPENED": True, "CLOSED": False}.get(request.filter.chat_status.upper())
    try:
        rows, total, cursor = queries.api_chats(
            call.seller, opened=opened, unread_only=request.filter.unread_only, limit=request.limit,
            cursor=request.cursor, warehouse_ids=scope.warehouses(call))
    except Invalid:
        raise parsing.refuse(models.ChatListRequest, "cursor", "value is not a valid cursor") from None
    return models.ChatListResponse(
        chats=[
            models.ListedChat(
                chat=models.Chat(
                    created_at=row.created_at,
                    chat_id=queries.key_of("chat", row.id),
                    chat_status="OPENED" if row.opened else "CLOSED",
                ),
                first_unread_message_id=str(queries.message_number(first)),
                last_message_id=str(queries.message_number(row.last_id)),
                unread_count=row.unread,
            )
            for row, first in rows
        ],
        total_unread_count=total,
        cursor=cursor,
        has_next=bool(cursor),
    )


@endpoint("/v3/chat/history", request=models.ChatHistoryRequest, answer=models.ChatHistoryResponse, right="chats:read")
def chat_history(call: Call, request: models.ChatHistoryRequest) -> models.ChatHistoryResponse:
    """Lists messages of a chat, backwards from the latest or onwards from one."""
    forward = request.direction == "Forward"
    if forward and not request.from_message_id:
        raise parsing.refuse(models.ChatHistoryRequest, "from_message_id", "value is required")
    row = queries.chat(call.seller, chat_id_of(request.chat_id), scope.warehouses(call))
    found, more = queries.history(
        call.seller, row.id, from_id=queries.message_of(request.from_message_id), forward=forward,
        limit=request.limit, ids=[queries.message_of(one) for one in request.filter.message_ids])
    return models.ChatHistoryResponse(has_next=more, messages=[_message(call, row, one) for one in found])


def _message(call: Call, row: ChatRow, one: MessageRow) -> models.Message:
    address = ""
    if one.kind != "text":
        address = call.base_url + reverse("messaging:linked_file", args=[queries.link_of(one.id)])
    return models.Message(
        context=models.Context(order_number=row.order_number, sku=str(row.sku)),
        created_at=one.at,
        data=[queries.markdown(one, address)],
        is_image=one.kind == "image",
        is_read=queries.read_by_other(one, row.seller_read_id, row.buyer_read_id),
        message_id=str(queries.message_number(one.id)),
        user=models.User(id=row.order_number.partition("-")[0], type="Customer")
        if one.by == BUYER
        else models.User(id=str(call.seller.id), type="Seller"),
    )


@endpoint("/v2/chat/read", request=models.ChatReadRequest, answer=models.ChatReadResponse, right="chats:write")
def chat_read(call: Call, request: models.ChatReadRequest) -> models.ChatReadResponse:
    """Marks the buyer's messages as read, up to one of them or all."""
    return models.ChatReadResponse(
        unread_count=services.read(
            seller=call.seller, chat_id=chat_id_of(request.chat_id), upto=queries.message_of(request.from_message_id),
            actor=call.actor, now=call.now, only_in=scope.warehouses(call)))


@endpoint("/v1/chat/start", request=models.ChatStartRequest, answer=models.ChatStartResponse, right="chats:write")
def chat_start(call: Call, request: models.ChatStartRequest) -> models.ChatStartResponse:
    """Begins the chat about a posting, or finds the one that is open."""
    chat_id = services.start_chat(
        seller=call.seller, posting_number=request.posting_number, actor=call.actor, now=call.now,
        only_in=scope.warehouses(call))
    return models.ChatStartResponse(result=models.StartedChat(chat_id=queries.key_of("chat", chat_id)))


@endpoint("/v1/chat/send/message", request=models.ChatSendMessageRequest, answer=models.Sent, right="chats:write")
def send_message(call: Call, request: models.ChatSendMessageRequest) -> models.Sent:
    """Writes to the buyer while the chat is open."""
    services.send(seller=call.seller, chat_id=chat_id_of(request.chat_id), text=request.text, actor=call.actor,
                  now=call.now, only_in=scope.warehouses(call))
    return models.Sent()


@endpoint("/v1/chat/send/file", request=models.ChatSendFileRequest, answer=models.Sent, right="chats:write")
def send_file(call: Call, request: models.ChatSendFileRequest) -> models.Sent:
    """Sends a picture or a PDF of up to 10 MB."""
    try:
        data = base64.b64decode(request.base64_content, validate=True)
    except (binascii.Error, ValueError):
        raise ApiError(Code.INVALID_ARGUMENT, "FILE_REFUSED") from None
    services.send_file(seller=call.seller, chat_id=chat_id_of(request.chat_id), name=request.name, data=data,
                       actor=call.actor, now=call.now, only_in=scope.warehouses(call))
    return models.Sent()
