"""What colleagues do around a chat: who answers, notes, ready answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError
from django.db.models import F

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid
from sellerdesk.messaging import events, rules
from sellerdesk.messaging.errors import (
    NameTaken,
    NotAColleague,
    TemplateNotFound,
    TextLength,
    TextMissing,
    UnknownVariable,
)
from sellerdesk.messaging.models import Chat, Note, Template
from sellerdesk.messaging.services import rows
from sellerdesk.messaging.types import MOST_NOTE, MOST_TEXT
from sellerdesk.sellers.queries import team
from sellerdesk.sellers.types import SellerRef


def assign(*, seller: SellerRef, chat_id: int, user_id: int | None, actor: Actor, now: datetime,
           only_in: Sequence[int] = ()) -> None:
    """Give a chat to a colleague, or to nobody. Raises ChatNotFound, NotAColleague."""
    names = {id_: name for id_, name, _role in team.members(seller)}
    if user_id is not None and user_id not in names:
        raise NotAColleague()
    with atomic():
        chat = rows.chat_of(seller, chat_id, only_in)
        if chat.assignee_id == user_id:
            return
        name = names[user_id] if user_id is not None else ""
        Chat.objects.filter(pk=chat.pk).update(assignee_id=user_id, assignee=name[:200], version=F("version") + 1)
        activity.record_many([rows.entry(events.CHAT_ASSIGNED, chat, now, actor, assignee=name or "—",
                                         assignee_id=user_id or 0)])


def write_note(*, seller: SellerRef, chat_id: int, text: str, actor: Actor, now: datetime,
               only_in: Sequence[int] = ()) -> int:
    """Keep a note that only colleagues read; its id. Raises ChatNotFound, TextMissing, TextLength."""
    said = text.strip()
    if not said:
        raise TextMissing()
    if len(said) > MOST_NOTE:
        raise TextLength(len(said), 1, MOST_NOTE)
    with atomic():
        chat = rows.chat_of(seller, chat_id, only_in)
        note = Note.objects.create(seller_id=seller.id, chat_id=chat.pk, author=actor.label[:200], text=said, at=now)
        Chat.objects.filter(pk=chat.pk).update(version=F("version") + 1)
        activity.record_many([rows.entry(events.NOTE_WRITTEN, chat, now, actor)])
        return note.pk


def save_template(*, seller: SellerRef, name: str, text: str, actor: Actor, now: datetime,
                  template_id: int | None = None) -> int:
    """Keep a ready answer, or change one; its id.

    Raises Invalid without a name, TextMissing, TextLength, UnknownVariable, NameTaken, TemplateNotFound.
    """
    title, said = name.strip()[:60], text.strip()
    if not title:
        raise Invalid("name_missing", field="name")
    if not said:
        raise TextMissing()
    if len(said) > MOST_TEXT:
        raise TextLength(len(said), 1, MOST_TEXT)
    if wrong := rules.unknown_variable(said):
        raise UnknownVariable(wrong, ", ".join(f"{{{one}}}" for one in rules.VARIABLES))
    with atomic():
        try:
            with atomic():
                if template_id is None:
                    template_id = Template.objects.create(seller_id=seller.id, name=title, text=said).pk
                elif not Template.objects.filter(pk=template_id, seller_id=seller.id).update(name=title, text=said):
                    raise TemplateNotFound()
        except IntegrityError:
            raise NameTaken(title) from None
        activity.record(events.TEMPLATE_SAVED, now=now, actor=actor, seller_id=seller.id, target_type="template",
                        target_id=template_id, target_label=title)
        return template_id


def delete_template(*, seller: SellerRef, template_id: int, actor: Actor, now: datetime) -> None:
    """Raises TemplateNotFound."""
    with atomic():
        row = Template.objects.filter(pk=template_id, seller_id=seller.id).first()
        if row is None:
            raise TemplateNotFound()
        row.delete()
        activity.record(events.TEMPLATE_DELETED, now=now, actor=actor, seller_id=seller.id, target_type="template",
                        target_id=template_id, target_label=row.name)
