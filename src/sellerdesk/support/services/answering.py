"""What operators do with tickets: answers go by mail, too, with an address that leads back into the ticket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts.services import problems
from sellerdesk.core import activity, mail
from sellerdesk.core.actor import Actor
from sellerdesk.core.attachments import Upload
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.core.i18n import localized
from sellerdesk.support import events, queries, rules, states
from sellerdesk.support.errors import TextTooShort, TicketState
from sellerdesk.support.models import Macro, Ticket
from sellerdesk.support.services import keeping, moving
from sellerdesk.support.types import MacroRow, TicketRow


def answer(*, ticket_id: int, text: str, files: Sequence[Upload], solved: bool, actor: Actor, now: datetime) -> None:
    """An operator's words, by mail too. With `solved` the ticket is solved by them, else it waits for the shop.

    Raises TicketNotFound, TextTooShort, TicketState, what `keeping.checked` raises.
    """
    ticket = queries.any_ticket(ticket_id)
    said = text.strip()[:rules.TEXT_MOST]
    if len(said) < rules.TEXT_LEAST:
        raise TextTooShort(rules.TEXT_LEAST)
    kept = keeping.checked(files, now)
    values = {"solved_at": now} if solved else {}
    if ticket.first_answered_at is None:
        values["first_answered_at"] = now
    with atomic():
        moving.move(ticket, "solve" if solved else "answer", now=now, **values)
        if ticket.assigned_to_id is None:
            Ticket.objects.filter(pk=ticket.id).update(assigned_to_id=int(actor.id))
        keeping.keep(moving.say(ticket.id, side="operator", author=actor.label, text=said, now=now,
                                user_id=int(actor.id)), kept)
        if ticket.problem_id is not None:
            problems.note_answered(problem_id=ticket.problem_id, text=said, actor=actor, now=now)
        moving.told(events.SOLVED if solved else events.ANSWERED, ticket, actor=actor, now=now)
        _send(ticket, said, solved)


def _send(ticket: TicketRow, text: str, solved: bool) -> None:
    name, _at, host = settings.SUPPORT_ADDRESS.partition("@")
    mail.send(ticket.email, "support/mail/answer", {
        "number": ticket.number, "subject_line": ticket.subject, "text": text, "solved": solved,
        "reply_line": rules.REPLY_LINE, "path": f"/support/tickets/{ticket.id}/" if ticket.seller_id else ""},
        ticket.language, reply_to=f"{name}+{queries.reply_mark(ticket.id)}@{host}")


def filled(macro: MacroRow, ticket: TicketRow, *, name: str, shop: str) -> str:
    """A ready answer in the ticket's language, its variables filled: name, number, shop, object, topic."""
    text = localized({"en": macro.text_en, "ru": macro.text_ru, "zh-hans": macro.text_zh}, ticket.language)
    with translation.override(ticket.language):
        topic = queries.topic_names([ticket.topic]).get(ticket.topic, "")
    return rules.fill_macro(text, {"name": name, "number": ticket.number, "shop": shop, "object": ticket.object_label,
                                   "topic": topic})


def note(*, ticket_id: int, text: str, actor: Actor, now: datetime) -> None:
    """A note for operators only; shops never see it. Raises TicketNotFound, TextTooShort."""
    ticket = queries.any_ticket(ticket_id)
    if len(text.strip()) < 2:
        raise TextTooShort(2)
    with atomic():
        moving.say(ticket.id, side="note", author=actor.label, text=text.strip()[:rules.TEXT_MOST], now=now,
                   user_id=int(actor.id))
        # The shop's history says nothing of it.
        activity.record(events.NOTED, now=now, actor=actor, target_type="ticket", target_id=ticket.id,
                        target_label=ticket.number)


def assign(*, ticket_id: int, to_user_id: int | None, actor: Actor, now: datetime) -> None:
    """Who looks after it; None puts it back. Taking a new ticket opens it. Raises TicketNotFound, TicketState."""
    ticket = queries.any_ticket(ticket_id)
    with atomic():
        if not Ticket.objects.filter(pk=ticket.id, assigned_to_id=ticket.assigned_to_id).update(
                assigned_to_id=to_user_id):
            raise TicketState(ticket.number)
        if to_user_id is not None and ticket.state == states.NEW:
            Ticket.objects.filter(pk=ticket.id, state=states.NEW).update(state=states.target("take", states.NEW))
        activity.record(events.ASSIGNED, now=now, actor=actor, target_type="ticket", target_id=ticket.id,
                        target_label=ticket.number)


def save_macro(*, macro_id: int | None, name: str, texts: dict[str, str], actor: Actor, now: datetime) -> int:
    """A ready answer in three languages. Raises Invalid for an empty text or a name that is taken."""
    name = " ".join(name.split())[:80]
    wrong = [FieldError(f"text_{code}", "empty", _("Write the answer in all three languages."))
             for code in ("en", "ru", "zh") if not texts.get(code, "").strip()]
    if not name:
        wrong.append(FieldError("name", "empty", _("Give the answer a name.")))
    if wrong:
        raise Invalid.many(wrong)
    values = {"name": name, **{f"text_{code}": texts[code].strip() for code in ("en", "ru", "zh")}}
    try:
        with atomic():
            row, _made = Macro.objects.update_or_create(pk=macro_id, defaults=values) if macro_id else (
                Macro.objects.create(**values), True)
            activity.record(events.MACRO_SAVED, now=now, actor=actor, target_type="macro", target_id=row.pk,
                            target_label=name)
    except IntegrityError:
        raise Invalid("macro_name_taken", _("There is a ready answer of this name."), field="name",
                      data={"value": name}) from None
    return row.pk
