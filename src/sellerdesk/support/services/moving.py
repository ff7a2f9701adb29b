"""The moves of a ticket: one guarded UPDATE each, one word said, one act recorded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat

from sellerdesk.core import activity, words
from sellerdesk.core.actor import Actor
from sellerdesk.support import states
from sellerdesk.support.errors import TicketState
from sellerdesk.support.models import Ticket, TicketMessage
from sellerdesk.support.types import TicketRow


def move(ticket: TicketRow, name: str, *, now: datetime, **values: Any) -> str:
    """Make a move in the caller's transaction. Returns the new state. Raises TicketState where somebody was faster."""
    to = states.target(name, ticket.state)
    if to is None or not Ticket.objects.filter(pk=ticket.id, state=ticket.state).update(
            state=to, last_at=now, **values):
        raise TicketState(ticket.number)
    return to


def say(ticket_id: int, *, side: str, author: str, text: str, now: datetime, user_id: int | None = None,
        via: str = "page", mail_id: str | None = None) -> int:
    """One thing said, in the caller's transaction. Returns its id. Notes are not found by searching: shops see none."""
    made = TicketMessage.objects.create(ticket_id=ticket_id, at=now, side=side, author=author[:200], user_id=user_id,
                                        text=text, via=via, mail_id=mail_id)
    if side != "note" and (said := words.indexed(text)):
        Ticket.objects.filter(pk=ticket_id).update(search_text=Concat(F("search_text"), Value(f" {said}")))
    return made.pk


def told(event: str, ticket: TicketRow, *, actor: Actor, now: datetime) -> None:
    """Record an act on a ticket. What was said is not repeated."""
    activity.record(event, now=now, actor=actor, seller_id=ticket.seller_id, target_type="ticket", target_id=ticket.id,
                    target_label=ticket.number, data={"topic": ticket.topic, "subject": ticket.subject
                                                      if ticket.seller_id else ""})
