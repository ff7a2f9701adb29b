"""Chats: begun, written in and read by both sides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from sellerdesk.core import activity, words
from sellerdesk.core import rules as dated
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.messaging import events, rules
from sellerdesk.messaging.errors import (
    ChatClosed,
    MayNotStart,
    MessageNotFound,
    TextLength,
    TextMissing,
    TooLateToEdit,
)
from sellerdesk.messaging.masking import mask
from sellerdesk.messaging.models import Chat, Message, Translation
from sellerdesk.messaging.services import files, rows
from sellerdesk.messaging.types import BUYER, MOST_TEXT, SELLER, Facts, Said
from sellerdesk.orders import queries as orders
from sellerdesk.orders.errors import PostingNotFound
from sellerdesk.orders.types import PostingCard
from sellerdesk.sellers.types import SellerRef


def start_chat(*, seller: SellerRef, posting_number: str, actor: Actor, now: datetime,
               only_in: Sequence[int] = ()) -> int:
    """Begin the chat about a posting; its id. One that is open already is simply found.

    Raises PostingNotFound, MayNotStart.
    """
    with atomic():
        found = Chat.objects.filter(seller_id=seller.id, posting_number=posting_number).first()
        if found is not None and (not only_in or found.warehouse_id in only_in) and _open_at(found, now):
            return found.pk
        card = next(iter(orders.cards(seller, [posting_number])), None)
        if card is None or (only_in and card.warehouse_id not in only_in):
            raise PostingNotFound(posting_number)
        rule, rule_id = rows.policy(card.scheme, now)
        where = _facts(card)
        if not rules.may_start(rule, where, now):
            raise MayNotStart(max(rule.start_after_payment, rule.start_after_end))
        until = rules.write_until(rule, where)
        if found is None:
            found = _opened(seller, card, now, rule_id, until)
            found.save(force_insert=True)
        else:
            Chat.objects.filter(pk=found.pk).update(opened=True, write_until=until, rule_id=rule_id,
                                                    version=F("version") + 1)
        activity.record_many([rows.entry(events.CHAT_OPENED, found, now, actor)])
        return found.pk


def _open_at(chat: Chat, now: datetime) -> bool:
    return chat.opened and (chat.write_until is None or chat.write_until > now)


def _facts(card: PostingCard) -> Facts:
    return Facts(card.in_process_at, card.delivered_at or card.cancelled_at)


def _opened(seller: SellerRef, card: PostingCard, at: datetime, rule_id: int, until: datetime | None) -> Chat:
    line = card.lines[0]
    name = rules.shown_name(card.buyer_name)
    return Chat(
        seller_id=seller.id, posting_number=card.number, order_number=card.order_number,
        warehouse_id=card.warehouse_id, product_id=line.product_id, sku=line.sku, offer_id=line.offer_id,
        name=line.name, buyer_name=name, scheme=card.scheme, created_at=at, paid_at=card.in_process_at,
        ended_at=card.delivered_at or card.cancelled_at, write_until=until, rule_id=rule_id, last_at=at,
        search_text=words.indexed(card.number, line.offer_id, str(line.sku), line.name, name))


def buyers_say(*, seller: SellerRef, said: Sequence[Said], actor: Actor) -> list[int]:
    """Buyers write about their postings, in the order given; the chats' ids, 0 where there is no such posting.

    A word of the buyer opens the chat, also one that was closed, and gives the shop time to answer by the dated rule
    messaging.windows. Contacts are taken out.
    """
    with atomic():
        known = {chat.posting_number: chat for chat in Chat.objects.select_for_update().filter(
            seller_id=seller.id, posting_number__in=[one.posting_number for one in said])}
        fresh = [one.posting_number for one in said if one.posting_number not in known]
        cards = {card.number: card for card in orders.cards(seller, fresh)} if fresh else {}
        told: list[Entry] = []
        ids = []
        for one in said:
            chat = known.get(one.posting_number)
            if chat is None and one.posting_number in cards:
                card = cards[one.posting_number]
                _rule, rule_id = rows.policy(card.scheme, one.at)
                chat = _opened(seller, card, one.at, rule_id, None)
                chat.save(force_insert=True)
                known[one.posting_number] = chat
                told.append(rows.entry(events.CHAT_OPENED, chat, one.at, actor))
            ids.append(chat.pk if chat else 0)
            if chat is not None:
                told += _buyer_says(seller, chat, one, actor)
        activity.record_many(told)
        return ids


def _buyer_says(seller: SellerRef, chat: Chat, one: Said, actor: Actor) -> list[Entry]:
    told = _buyer_reads(chat, one.at, actor) if one.read else []
    chat.buyer_at = max(one.at, chat.buyer_at or one.at)
    rule, rule_id = rows.policy(chat.scheme, one.at)
    until = rules.write_until(rule, rows.facts(chat))
    made = []
    if one.image:
        made.append(_file_message(chat, BUYER, chat.buyer_name, one.at, files.store(
            seller=seller, name="photo.jpg", data=one.image, now=one.at)))
    if one.text.strip():
        made.append(_text_message(chat, BUYER, chat.buyer_name, one.at, one.text[:MOST_TEXT]))
    for message in made:
        message.save(force_insert=True)
        _follow(chat, message, unread=F("unread") + 1, awaiting=True, opened=True, buyer_at=chat.buyer_at,
                write_until=until, rule_id=rule_id)
        told.append(_sent(chat, message, actor))
    return told


def buyers_read(*, seller: SellerRef, posting_numbers: Sequence[str], at: datetime, actor: Actor) -> int:
    """Buyers have read what the shop wrote about these postings. Returns in how many chats that was news."""
    with atomic():
        told = [entry for chat in Chat.objects.select_for_update().filter(
            seller_id=seller.id, posting_number__in=posting_numbers).order_by("pk")
            for entry in _buyer_reads(chat, at, actor)]
        activity.record_many(told)
        return len(told)


def _buyer_reads(chat: Chat, at: datetime, actor: Actor) -> list[Entry]:
    last = Message.objects.filter(chat_id=chat.pk, by=SELLER).order_by("-id").values_list("id", flat=True).first()
    if not last or not Chat.objects.filter(pk=chat.pk, buyer_read_id__lt=last).update(
            buyer_read_id=last, version=F("version") + 1):
        return []
    return [rows.entry(events.MESSAGES_READ, chat, at, actor, message_id=last, by=BUYER)]


def send(*, seller: SellerRef, chat_id: int, text: str, actor: Actor, now: datetime,
         only_in: Sequence[int] = ()) -> int:
    """Write to the buyer; the message's id. Contacts are taken out.

    Raises ChatNotFound, TextMissing, TextLength, ChatClosed.
    """
    said = _checked(text)
    with atomic():
        chat = rows.chat_of(seller, chat_id, only_in)
        return _send(chat, _text_message(chat, SELLER, actor.label, now, said), actor, now)


def send_file(*, seller: SellerRef, chat_id: int, name: str, data: bytes, actor: Actor, now: datetime,
              only_in: Sequence[int] = ()) -> int:
    """Send a picture or a PDF; the message's id. Raises ChatNotFound, ChatClosed, FileRefused."""
    chat = rows.chat_of(seller, chat_id, only_in)
    if not _open_at(chat, now):
        raise ChatClosed(chat.write_until)
    kept = files.store(seller=seller, name=name, data=data, now=now)
    with atomic():
        return _send(chat, _file_message(chat, SELLER, actor.label, now, kept), actor, now)


def _checked(text: str) -> str:
    said = text.strip()
    if not said:
        raise TextMissing()
    if len(said) > MOST_TEXT:
        raise TextLength(len(said), 1, MOST_TEXT)
    return said


def _send(chat: Chat, message: Message, actor: Actor, now: datetime) -> int:
    message.save(force_insert=True)
    # Whoever answers has read what was said before.
    if not _follow(chat, message, now=now, awaiting=False, unread=0, seller_read_id=message.pk):
        raise ChatClosed(chat.write_until)
    told = [_sent(chat, message, actor)]
    if chat.unread:
        told.insert(0, rows.entry(events.MESSAGES_READ, chat, now, actor, message_id=chat.last_id, by=SELLER))
    activity.record_many(told)
    return message.pk


def _text_message(chat: Chat, by: str, author: str, at: datetime, text: str) -> Message:
    clean = mask(text.strip())
    return Message(seller_id=chat.seller_id, chat_id=chat.pk, by=by, author=author[:200], kind="text",
                   text=clean.text[:MOST_TEXT], at=at, masked=bool(clean.kinds))


def _file_message(chat: Chat, by: str, author: str, at: datetime, kept: files.Stored) -> Message:
    return Message(seller_id=chat.seller_id, chat_id=chat.pk, by=by, author=author[:200], kind=kept.kind,
                   file_key=kept.key, file_name=kept.name, size_bytes=kept.size_bytes, at=at)


def _follow(chat: Chat, message: Message, *, now: datetime | None = None, **changed: object) -> int:
    """Let the chat's row follow a message; with `now`, only where its window is open. One guarded statement."""
    target = Chat.objects.filter(pk=chat.pk)
    if now is not None:
        target = target.filter(Q(write_until__isnull=True) | Q(write_until__gt=now), opened=True)
    said = words.indexed(message.text)
    return target.update(
        last_id=message.pk, last_at=message.at, last_by=message.by, last_text=message.text[:200],
        version=F("version") + 1, **changed,
        **({"search_text": Concat(Value(said + " "), F("search_text"))} if said else {}))


def _sent(chat: Chat, message: Message, actor: Actor) -> Entry:
    return rows.entry(events.MESSAGE_SENT, chat, message.at, actor, message_id=message.pk, by=message.by,
                      kind=message.kind)


def edit(*, seller: SellerRef, chat_id: int, message_id: int, text: str, actor: Actor, now: datetime,
         only_in: Sequence[int] = ()) -> None:
    """Change one's own message while that is possible. Raises ChatNotFound, MessageNotFound, TooLateToEdit, as send."""
    said = _checked(text)
    minutes = int(dated.get("messaging.editing", "", now).value["minutes"])
    with atomic():
        chat = rows.chat_of(seller, chat_id, only_in)
        message = Message.objects.filter(pk=message_id, chat_id=chat.pk, by=SELLER, kind="text").first()
        if message is None:
            raise MessageNotFound()
        if not _open_at(chat, now):
            raise ChatClosed(chat.write_until)
        if now >= message.at + timedelta(minutes=minutes):
            raise TooLateToEdit(minutes)
        clean = mask(said)
        if clean.text == message.text:
            return
        Message.objects.filter(pk=message.pk).update(text=clean.text, masked=bool(clean.kinds), edited_at=now)
        Translation.objects.filter(message_id=message.pk).delete()
        everything = words.indexed(
            chat.posting_number, chat.offer_id, str(chat.sku), chat.name, chat.buyer_name,
            *Message.objects.filter(chat_id=chat.pk).order_by("-id").values_list("text", flat=True)[:200])
        Chat.objects.filter(pk=chat.pk).update(
            version=F("version") + 1, search_text=everything,
            **({"last_text": clean.text[:200]} if chat.last_id == message.pk else {}))
        activity.record_many([rows.entry(events.MESSAGE_EDITED, chat, now, actor, message_id=message.pk, by=SELLER)])


def read(*, seller: SellerRef, chat_id: int, upto: int, actor: Actor, now: datetime,
         only_in: Sequence[int] = ()) -> int:
    """Mark the buyer's messages as read up to one of them (0: all). Returns how many are unread afterwards.

    Raises ChatNotFound.
    """
    with atomic():
        chat = rows.chat_of(seller, chat_id, only_in)
        last = min(upto, chat.last_id) if upto else chat.last_id
        if last <= chat.seller_read_id or not chat.unread:
            return chat.unread
        left = Message.objects.filter(chat_id=chat.pk, by=BUYER, id__gt=last).count()
        if left < chat.unread:
            Chat.objects.filter(pk=chat.pk).update(seller_read_id=last, unread=left, version=F("version") + 1)
            activity.record_many([rows.entry(events.MESSAGES_READ, chat, now, actor, message_id=last, by=SELLER)])
        return left
